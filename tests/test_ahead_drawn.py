"""What lies ahead as a person sees it: plans, ways and reasons on a terminal."""

import json
from collections.abc import Callable

from conftest import Result

Run = Callable[..., Result]


def test_a_plan_leaves_no_few_minutes_of_a_paper_for_another_week(roadmap: Run) -> None:
    """Two hours a week: five minutes over in the first, made up for by the others."""
    found = json.loads(roadmap("plan", "--hours", "2", "--goal", "mamba", "--json").out)
    steps = [(one["week"], one["key"], one["minutes"]) for one in found["steps"]]

    assert steps[:5] == [
        (1, "mlp", 45),
        (1, "cnn", 40),
        (1, "rnn", 40),
        (2, "attention", 90),
        (2, "annotated-s4", 25),
    ]
    assert found["minutes"] == sum(minutes for *_, minutes in steps) == 395
    assert found["end"] == "2026-03-23"
