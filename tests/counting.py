"""Work counted in calls of functions, which is the same on every machine.

Three sizes tell what further parts cost: twice as many may take twice the work, with some to
spare, but not four times.
"""

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise

SIZES = (40, 80, 160)
LIMIT = 2.8
"""What the second doubling may add, of what the first does: 2 is linear, 4 is quadratic."""


def calls_of(action: Callable[..., object], *arguments: object) -> int:
    """How many functions an action calls, those written in C included."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        action(*arguments)
    finally:
        sys.setprofile(before)
    return count


def growth(measured: Sequence[float]) -> float:
    """How much more the second doubling adds than the first: 2 where all parts cost the same.

    What is less than a hundredth of all is nothing.
    """
    first, second = (after - before for before, after in pairwise(measured))
    return second / max(first, measured[0] / 100)
