"""A wish that is remembered: what it leaves out is suggested no more, until it is forgotten."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, a_library, a_paper, a_topic, after, libraries, markings
from conftest import Result
from roadmap_cli.curriculum.model import Kind, Level
from roadmap_cli.journal.text import header
from roadmap_cli.progress.events import Progress
from roadmap_cli.suggest import Goal, Remembered, Wishes, advise, suggestions

Run = Callable[..., Result]
NO_SURVEYS = ("next", "--where", "-kind:survey", "--remember")
SAID = (
    "by your wish only what matches `-kind:survey` is suggested;"
    " to end it: roadmap next --forget\n"
)
SURVEYS = ("embodied-ai-survey", "normalizing-flows", "hallucination-survey")


def answer(roadmap: Run, *arguments: str) -> dict[str, Any]:
    """What a command says to programs."""
    found: dict[str, Any] = json.loads(roadmap(*arguments, "--json").out)
    return found


def kinds(roadmap: Run, *arguments: str, of: str = "suggestions") -> set[str]:
    """The kinds of papers that a command lists."""
    return {row["kind"] for row in answer(roadmap, *arguments)[of]}


def test_a_wish_is_followed_by_all_that_is_suggested_until_it_is_forgotten(
    roadmap: Run,
) -> None:
    """`next`, the home screen, plans and what follows a mark; each says so, but for the last."""
    before = kinds(roadmap, "next", "-n", "99")
    set_ = roadmap(*NO_SURVEYS)
    calls = (("next",), (), ("plan", "--hours", "4"), ("goal",))
    said = [roadmap(*call) for call in calls]
    told = [answer(roadmap, *call)["wish"] for call in calls]
    during = kinds(roadmap, "next", "-n", "99")
    planned = kinds(roadmap, "plan", "--hours", "40", of="steps")
    ended = roadmap("next", "--forget")

    assert "survey" in before
    assert (set_.code, set_.err) == (0, SAID)
    assert all(result.err.endswith(SAID) for result in said)
    assert told == ["-kind:survey"] * 4
    assert "survey" not in during | planned
    assert "tutorial" in during & planned
    assert ended.err == "everything is suggested again\n"
    assert kinds(roadmap, "next", "-n", "99") == before
    assert answer(roadmap, "goal")["wish"] is None


def test_a_wish_leaves_alone_what_is_no_suggestion(roadmap: Run) -> None:
    """The way to a goal, all of a plan, lists and counts."""
    calls = (
        ("path", "diffusion/open-challenges"),
        ("plan", "--all", "--hours", "9"),
        ("list", "llm"),
        ("stats",),
    )
    before = [roadmap(*call, "--json").out for call in calls]
    roadmap(*NO_SURVEYS)

    assert [roadmap(*call, "--json").out for call in calls] == before


def test_what_is_asked_for_in_so_many_words_is_offered_beside_the_wish(
    roadmap: Run,
) -> None:
    """And it is said; so is a survey that was begun, or made the goal."""
    roadmap(*NO_SURVEYS)
    asked = roadmap("next", "--kind", "survey", "-n", "1")
    goal = [row[0] for row in roadmap("next", "--goal", "embodied-ai-survey").rows]
    roadmap("mark-reading", "embodied-ai-survey")

    assert [row[3] for row in asked.rows] == ["survey"]
    assert asked.err.startswith(
        "Nothing like that matches your wish `-kind:survey`; beside it there is:\n"
    )
    assert goal == ["embodied-ai-survey"]
    assert roadmap("next").rows[0][0] == "embodied-ai-survey"


def test_where_a_wish_leaves_nothing_it_is_said(roadmap: Run) -> None:
    """Nothing is left, but what is left out."""
    roadmap(*NO_SURVEYS)
    roadmap("mark-known", "--where=-kind:survey", "--yes")
    said = roadmap("next")

    assert said.out == ""
    assert said.err == (
        f"Nothing that matches your wish `-kind:survey` can be begun here.\n{SAID}"
    )


def test_undo_and_redo_take_a_wish_back_and_give_it_again(roadmap: Run) -> None:
    """It is an event like any other."""
    roadmap(*NO_SURVEYS)
    undone, without = roadmap("undo"), answer(roadmap, "goal")["wish"]
    redone, again = roadmap("redo"), answer(roadmap, "goal")["wish"]
    history = [row[3] for row in roadmap("history").rows]

    assert undone.err == "no wish is set any more; the wish so far: `-kind:survey`\n"
    assert redone.err == "your wish is `-kind:survey` again\n"
    assert (without, again) == (None, "-kind:survey")
    assert history[-1] == "wish set: only what matches `-kind:survey`"


def test_of_wishes_of_several_devices_the_last_holds(roadmap: Run, home: Path) -> None:
    """Whatever the clocks show, and also where it ended one."""
    roadmap(*NO_SURVEYS)
    path = home / "progress" / "phone.toml"
    event = '\n[[event]]\nwish = "{}"\nat = {}\n'
    later = event.format("level:intro", "2026-03-01T03:00:00-12:00")
    earlier = event.format("", "2026-03-01T23:00:00+14:00")
    path.write_text(header("phone") + earlier + later, encoding="utf-8")
    last = answer(roadmap, "goal")["wish"]
    roadmap("undo")
    still = answer(roadmap, "goal")["wish"]
    path.write_text(header("phone") + later + earlier, encoding="utf-8")
    merged = roadmap("export", "--progress").out

    assert (last, still) == ("level:intro", "level:intro")
    assert [event["said"].get("wish") for event in tomllib.loads(merged)["event"]] == [
        "", "-kind:survey", "level:intro", None,
    ]  # fmt: skip


def test_a_wish_that_cannot_be_followed_is_said_and_everything_suggested(
    roadmap: Run, home: Path
) -> None:
    """It may name what another version knows, or a catalogue that is not loaded."""
    path = home / "progress" / "phone.toml"
    path.parent.mkdir(parents=True)
    wish = '\n[[event]]\nwish = "kind:hologram"\nat = 2026-03-01T12:00:00Z\n'
    path.write_text(header("phone") + wish, encoding="utf-8")
    said = roadmap("next")

    assert (said.code, len(said.rows)) == (0, 3)
    assert said.err.startswith("your wish `kind:hologram` is not followed: ")
    assert said.err.endswith("; to end it: roadmap next --forget\n")


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (("--remember",), "--remember needs --where"),
        (("--remember", "--where", ""), "nothing to search for"),
        (("--forget", "--where", "x"), "--forget takes no --where"),
        (("--forget", "--remember"), "--remember needs --where"),
        (("--where", "kind:hologram", "--remember"), "hologram"),
    ],
)
def test_a_wish_that_is_none_is_refused(
    roadmap: Run, home: Path, asked: tuple[str, ...], problem: str
) -> None:
    """Wrong usage, with an example; nothing is written."""
    said = roadmap("next", *asked)

    assert said.code == 2
    assert problem in said.err.splitlines()[0]
    assert not (home / "progress" / "desk.toml").exists()


def test_a_rehearsed_wish_is_followed_and_not_written(roadmap: Run, home: Path) -> None:
    """As any other rehearsal."""
    said = roadmap(*NO_SURVEYS, "--dry-run")

    assert said.err == f"only a rehearsal: nothing is written\n{SAID}"
    assert not (home / "progress" / "desk.toml").exists()


def test_after_several_skips_of_a_kind_it_is_said_how_to_leave_it_out(
    roadmap: Run,
) -> None:
    """Once, and again after as many more; the call that it names does it, beside an older wish."""
    said = [roadmap("mark-skipped", survey).err for survey in SURVEYS]
    more = roadmap("mark-skipped", "compression-survey").err
    roadmap("next", "--where", "-kind:video", "--remember")
    many = roadmap("mark-skipped", "fairness-survey", "knowledge-survey").err
    call = many.strip().rpartition("roadmap ")[2].replace("'", "")
    start, _, query = call.partition(" --where ")
    roadmap(start, "--where", query.removesuffix(" --remember"), "--remember")
    after_it = roadmap("mark-skipped", "--where", "kind:survey", "--yes").err

    assert [*said[:2], more] == ["", "", ""]
    assert said[2] == (
        "3 surveys are skipped; to be offered no more of them: "
        "roadmap next --where -kind:survey --remember\n"
    )
    assert answer(roadmap, "goal")["wish"] == "-kind:video -kind:survey"
    assert "roadmap next" not in after_it


def test_papers_are_no_kind_to_be_left_out(roadmap: Run) -> None:
    """Nearly everything is one."""
    assert roadmap("mark-skipped", "meprop", "resprop", "vit", "dino").err == ""


A_SURVEY = a_paper("survey", kind=Kind.SURVEY)
LIBRARY = a_library(
    [A_SURVEY, a_paper("deep", requires=("survey",)), a_paper("other")],
    [a_topic("m/one", ["survey", "deep"]), a_topic("m/two", ["other"])],
)
WISHES = Wishes(remembered=Remembered("x", lambda paper: paper.kind is not Kind.SURVEY))


def test_what_a_wish_leaves_out_holds_up_nothing() -> None:
    """As what is skipped does not."""
    offers = advise(LIBRARY, Progress(), TODAY, WISHES, 9).offers
    goal = Goal("deep", "Deep", ("test/deep",))
    way = advise(LIBRARY, Progress(), TODAY, WISHES._replace(goal=goal), 9).offers

    assert [offer.paper.key for offer in offers] == ["deep", "other"]
    assert [offer.paper.key for offer in way] == ["deep"]


LEVELS = st.sets(st.sampled_from(Level), max_size=2)


@given(libraries(enough=True), LEVELS, st.data())
def test_a_wish_takes_papers_out_and_keeps_the_order_of_the_rest(
    library: Any, levels: set[Level], data: st.DataObject
) -> None:
    """But where something was pulled to the front only for what is left out."""
    progress = after(library, data.draw(markings(library)))
    wishes = Wishes(remembered=Remembered("x", lambda paper: paper.level in levels))
    everything = {offer.paper.name for offer in suggestions(library, progress, TODAY)}
    wished = [*suggestions(library, progress, TODAY, wishes)]
    left_out = {
        name
        for name in everything
        if library.papers[name].level not in levels
        and name not in {library.papers[work].name for work in progress.begun}
    }

    assert {offer.paper.name for offer in wished} == everything - left_out
    assert all(not left_out & set(offer.waits_for) for offer in wished)
