"""How the reader moves about the main screen."""

from roadmap_cli.program.spots import Depth
from roadmap_cli.tui.looking import Looking
from roadmap_cli.tui.panes import Pane


class Moving(Looking):
    """Keys and clicks that change what is looked at, and nothing else."""

    def tell(self, text: str) -> None:
        """Say something above the keys, until the reader moves on."""
        self.said = text
        self.show()

    def _move(self, by: int) -> None:
        desk = self.desk
        self.said = ""
        if desk.depth is Depth.PLACES:
            desk.places.go(desk.places.at + by)
            desk.show_place()
        elif desk.depth is Depth.PAPERS:
            desk.papers.go(desk.papers.at + by)
        else:
            self.pane("paper").turn(by)
        self.show()

    def action_down(self) -> None:
        """Go one down."""
        self._move(1)

    def action_up(self) -> None:
        """Go one up."""
        self._move(-1)

    def action_page_down(self) -> None:
        """Go a screen down."""
        self._move(self._screenful)

    def action_page_up(self) -> None:
        """Go a screen up."""
        self._move(-self._screenful)

    @property
    def _screenful(self) -> int:
        name = ("places", "papers", "paper")[self.desk.depth]
        return max(self.pane(name).size.height - 1, 1)

    def action_first(self) -> None:
        """Go to the first."""
        self._move(-(10**9))

    def action_last(self) -> None:
        """Go to the last."""
        self._move(10**9)

    def action_in(self) -> None:
        """Go further in."""
        is_in = self.desk.enter() or self.desk.depth is Depth.PAPER
        self.tell("" if is_in else "no paper is here to go to")

    def action_out(self) -> None:
        """Go back out."""
        self.said = ""
        self.desk.leave()
        self.show()

    def action_depth(self, depth: int) -> None:
        """Go to the topics, the papers, or the paper."""
        while self.desk.depth > depth and self.desk.leave():
            pass
        while self.desk.depth < depth and self.desk.enter():
            pass
        is_there = self.desk.depth == depth
        self.tell("" if is_there else "no paper is here to go to")

    def action_scroll(self, lines: int) -> None:
        """Scroll the paper."""
        self.pane("paper").turn(lines)

    def on_pane_picked(self, event: Pane.Picked) -> None:
        """Go to the row that was clicked; to go there twice is to go in."""
        depth = {"places": Depth.PLACES, "papers": Depth.PAPERS}.get(
            event.pane.id or ""
        )
        if depth is None:
            return
        desk = self.desk
        column = desk.places if depth is Depth.PLACES else desk.papers
        is_there = desk.depth is depth and column.at == event.row
        desk.depth = depth
        if is_there:
            self.action_in()
        else:
            self._move(event.row - column.at)
