"""Scenes of the full screen, each reached by keys from its start."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from screens import Seen

FRAMES = Path(__file__).parent / "data" / "frames"
SIZES = ((40, 12), (80, 24), (120, 40), (200, 50))
SCENES: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "topics": (("", "Transformer"),),
        "papers": (("j", "3/"), ("l", "1/12")),
        "paper": (("j", "3/"), ("l", "1/12"), ("l", "Attention Is All")),
        "marked": (("l", "1/6"), ("j", "2/6"), ("r", "u takes it back")),
        "suggested": (("n", "next: mlp"),),
        "found": (("/", "find:"), ("lora", "found: lora")),
        "keys": (("?", "one down"),),
        "question": (("R", "no question"), ("R", "question 1")),
    }
)
"""The keys of each scene, and after them what has to be on the screen."""


def drawn(scene: str, size: tuple[int, int]) -> str:
    """The screen of a scene once it stands still."""
    with Seen("tui", size=size) as seen:
        seen.wait_for("quit").settle()
        for keys, shown in SCENES[scene]:
            seen.press(*keys).wait_for(shown)
        return seen.settle().frame
