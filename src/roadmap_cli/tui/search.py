"""The palette as a screen; what it offers stands in `palette`."""

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette


class Search(CommandPalette):
    """The palette; what is typed after an answer, before it is gone, answers no more."""

    _is_answered = False

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave once: Textual's own would take the screen behind away, too."""
        if self._is_answered:
            return AwaitComplete()
        self._is_answered = True
        return super().dismiss(result)
