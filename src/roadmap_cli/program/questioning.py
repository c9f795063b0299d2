"""A sitting with somebody at the other end: question, think, hint, answer."""

from roadmap_cli.curriculum.questions import Posed
from roadmap_cli.program.asking import Dialogue
from roadmap_cli.program.sitting import Sitting
from roadmap_cli.progress.reviews import Answer

_HINT, _BACK, _ASIDE, _QUIT = "Enter=hint", "u=undo", "s=set aside", "q=quit"
_GRADES = {"1=missed": Answer.MISSED, "2=hard": Answer.HARD, "3=knew": Answer.KNEW}


class Questioning:
    """Asks the questions of a sitting one after the other."""

    def __init__(self, sitting: Sitting, dialogue: Dialogue) -> None:
        self._sitting = sitting
        self._dialogue = dialogue

    def ask(self) -> bool:
        """Ask all of them in order; false if the reader stopped before the end."""
        sitting, say = self._sitting, self._dialogue.say
        while asked := sitting.asked:
            say("")
            say(f"{sitting.count + 1}/{len(sitting.questions)}  {asked.title}")
            say(asked.question.ask)
            if not self._is_answered(asked):
                return False
        return True

    def _is_answered(self, asked: Posed) -> bool:
        """Whether something was said of a question; not where the reader stops."""
        is_first = self._sitting.count == 0
        keys = [_HINT, *_GRADES, *([] if is_first else [_BACK]), _ASIDE, _QUIT]
        while True:
            key = self._dialogue.pressed(f"[{', '.join(keys)}]", keys)
            if key == _QUIT:
                return False
            if key != _HINT:
                self._take(key, asked)
                return True
            self._dialogue.say(asked.question.hint or "there is no hint")
            self._dialogue.say("almost right counts as missed")
            keys = [key for key in keys if key != _HINT]

    def _take(self, key: str, asked: Posed) -> None:
        """Do what a key means that answers."""
        if key == _BACK:
            self._sitting.take_back()
        elif key == _ASIDE:
            self._sitting.set_aside(asked)
            self._dialogue.say("set aside; to be asked it again:")
            self._dialogue.say(f"  roadmap answer {asked.name} again")
        elif said := self._sitting.answer(asked, _GRADES[key]):
            self._dialogue.say(said)
