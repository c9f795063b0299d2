"""The commands of reading, through the program's own entry point."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Clock, Result

Run = Callable[..., Result]
pytestmark = pytest.mark.quick


def events(home: Path) -> list[dict[str, object]]:
    """What the journal of the tests' device holds."""
    journal = tomllib.loads((home / "progress" / "desk.toml").read_text("utf-8"))
    found: list[dict[str, object]] = journal.get("event", [])
    return found


def test_the_first_suggestion_is_the_beginning_of_the_curriculum(roadmap: Run) -> None:
    """Someone new is told to start at the start, with a link and a reason."""
    first = roadmap("next").rows[0]

    assert first[0] == "mlp"
    assert first[6] == "https://www.tensorflow.org/guide/core/mlp_core"
    assert first[7].startswith(
        "next in the curriculum: Neural Networks Inference and Training"
    )


def test_next_gives_one_paper_and_two_alternatives_unless_told_otherwise(
    roadmap: Run,
) -> None:
    """Three lines by default, as many as asked for with -n."""
    assert len(roadmap("next").rows) == 3
    assert len(roadmap("next", "-n", "1").rows) == 1


def test_what_is_suggested_can_be_read_at_once(roadmap: Run) -> None:
    """Alternatives need nothing that is still to do."""
    roadmap("mark-read", "mlp")
    keys = [row[0] for row in roadmap("next", "-n", "50").rows]

    assert "cnn" in keys
    assert "vit" not in keys


def test_a_mark_goes_to_the_journal_in_the_promised_format(
    roadmap: Run, home: Path
) -> None:
    """Header first, then an event with time, full name and status."""
    done = roadmap("mark-read", "lora", "--rating", "4", "--on", "2026-02-20")
    text = (home / "progress" / "desk.toml").read_text("utf-8")

    assert done.code == 0
    assert done.rows == [
        ["lora", "todo", "read", "LoRA: Low-Rank Adaptation of Large Language Models"]
    ]
    assert text == (
        'format = "roadmap-journal"\nversion = 1\ndevice = "desk"\n'
        '\n[[event]]\npaper = "genai/lora"\nstatus = "read"\non = 2026-02-20\nrating = 4\n'
        "at = 2026-03-01T12:00:00.000000+00:00\n"
    )


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("mark-read", "read"),
        ("mark-reading", "reading"),
        ("mark-known", "known"),
        ("mark-skipped", "skipped"),
    ],
)
def test_every_mark_is_seen_by_show(roadmap: Run, command: str, status: str) -> None:
    """What was said of a paper is what `show` says."""
    roadmap(command, "lora")
    shown = json.loads(roadmap("show", "lora", "--json").out)

    assert shown["papers"][0]["status"] == status
    assert shown["papers"][0]["since"] == "2026-03-01"


def test_marking_unread_takes_a_mark_back(roadmap: Run) -> None:
    """Afterwards the paper is to do, as if nothing had been said."""
    roadmap("mark-read", "lora")
    done = roadmap("mark-unread", "lora")

    assert done.rows[0][:3] == ["lora", "read", "todo"]
    assert roadmap("list", "--status", "read").out == ""


def test_marking_again_what_is_so_writes_nothing(roadmap: Run, home: Path) -> None:
    """The journal stays as it is, and the program says why."""
    roadmap("mark-read", "lora")
    before = (home / "progress" / "desk.toml").read_bytes()
    again = roadmap("mark-read", "LoRA")

    assert (again.code, again.out, again.err) == (0, "", "lora is already read\n")
    assert (home / "progress" / "desk.toml").read_bytes() == before


def test_many_papers_are_marked_as_one_command(roadmap: Run, home: Path) -> None:
    """All events of a command bear one time, so that it can be taken back as one."""
    roadmap("mark-read", "mlp", "2106.09685", "https://arxiv.org/pdf/1706.03762v7")
    written = events(home)

    assert [one["paper"] for one in written] == [
        "genai/mlp",
        "genai/lora",
        "genai/attention",
    ]
    assert len({str(one["at"]) for one in written}) == 1


def test_two_commands_at_one_moment_have_different_times(
    roadmap: Run, home: Path
) -> None:
    """An event made after seeing another sorts after it, though the clock stands still."""
    roadmap("mark-read", "lora")
    roadmap("mark-unread", "lora")
    first, second = events(home)

    assert str(first["at"]) < str(second["at"])


def test_one_unclear_name_among_many_changes_nothing(roadmap: Run, home: Path) -> None:
    """Either all names are understood or nothing is written."""
    done = roadmap("mark-read", "lora", "nonsense-name")

    assert done.code == 1
    assert not (home / "progress").exists()


def test_an_ambiguous_name_lists_the_candidates_and_changes_nothing(
    roadmap: Run, home: Path
) -> None:
    """Two topics are called Evaluation."""
    done = roadmap("mark-read", "evaluation")

    assert done.code == 1
    assert "`llm/evaluation`, `diffusion/evaluation`" in done.err
    assert not (home / "progress").exists()


def test_a_whole_topic_is_marked_but_what_is_settled_stays(roadmap: Run) -> None:
    """A skipped paper is not turned into a read one by a bulk mark."""
    roadmap("mark-skipped", "mergekit")
    done = roadmap("mark-read", "llm/model-merging")

    assert [row[0] for row in done.rows] == ["model-soups", "task-arithmetic"]
    assert done.err == "mergekit stays skipped\n"


def test_a_whole_area_needs_a_yes(roadmap: Run) -> None:
    """Without a person to ask, --yes has to be said."""
    refused = roadmap("mark-known", "background")
    done = roadmap("mark-known", "background", "--yes")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(
        "error: marking 26 papers of Background Knowledge has to be confirmed"
    )
    assert "--yes" in refused.err
    assert len(done.rows) == 26


def test_only_what_would_change_is_asked_about_and_told(roadmap: Run) -> None:
    """Papers in two areas count once; where nothing would move there is no question."""
    roadmap("mark-read", "mlp")
    asked = roadmap("mark-read", "background", "llm").err
    done = roadmap("mark-read", "background", "llm", "--yes")
    again = roadmap("mark-read", "llm")

    assert (
        f"marking {len(done.rows)} papers of Background Knowledge and Large Language"
        in asked
    )
    assert done.err == "mlp is already read\n"
    assert (again.code, again.out) == (0, "")
    assert re.fullmatch(r"(\S+, ){4}\S+ and 75 more are already read\n", again.err)


def test_without_a_name_the_one_being_read_is_meant(roadmap: Run) -> None:
    """Begin one paper, then just say that it is read."""
    roadmap("mark-reading", "lora")
    done = roadmap("mark-read")

    assert done.rows[0][:3] == ["lora", "reading", "read"]


def test_without_a_name_and_nothing_begun_a_name_is_asked_for(roadmap: Run) -> None:
    """Not a guess, but a clear error: nobody is there to choose."""
    done = roadmap("mark-read")

    assert done.code == 2
    assert done.err.startswith("error: no paper was named, and you are reading none\n")


def test_without_a_name_and_two_begun_both_are_named(roadmap: Run) -> None:
    """The error names what could be meant."""
    roadmap("mark-reading", "lora", "mlp")
    done = roadmap("mark-read")

    assert done.code == 2
    assert done.err == (
        "error: no paper was named, and you are reading 2\nhint: name one: `mlp`, `lora`\n"
    )


def test_topics_of_the_same_title_are_told_apart(roadmap: Run, terminal: Run) -> None:
    """Where a sentence names one, its area stands behind; other titles stand alone."""
    marked = terminal("mark-read", "bleu", "fid", "lora").out
    why = roadmap("next", "--topic", "llm/evaluation", "--why", "--json").out

    assert "Evaluation (llm): 1 of 15 done" in marked
    assert "Evaluation (diffusion): 1 of 3 done" in marked
    assert "\nEfficient Fine-tuning: 1 of" in marked.replace("\r", "")
    assert "next in Evaluation (llm)" in why
    assert "Goal  Evaluation (llm)" in terminal("goal", "set", "llm/evaluation").out


def test_on_a_terminal_a_choice_is_offered(roadmap: Run, terminal: Run) -> None:
    """With two papers begun, the person picks one by its number."""
    roadmap("mark-reading", "lora", "mlp")
    done = terminal("mark-read", answer="2\n")

    assert done.code == 0
    assert (
        json.loads(roadmap("show", "lora", "--json").out)["papers"][0]["status"]
        == "read"
    )


@pytest.mark.parametrize("answer", ["\n", "7\n4-9\nq\n"])
def test_a_choice_can_be_left_without_choosing(
    terminal: Run, home: Path, answer: str
) -> None:
    """Enter or q leaves it; what is no number of the list is asked for again."""
    done = terminal("mark-read", answer=answer, columns=40)

    assert done.code == 1
    assert "Which ones? (1-5 or keys, Enter" in done.out
    assert done.out.count("that is not one of 1-5\n") == answer.count("\n") - 1
    assert done.out.endswith("nothing was changed\n")
    assert "  1  mlp  " in done.out
    assert "genai/" not in done.out
    assert not (home / "progress").exists()


@pytest.mark.parametrize("command", ["mark-known llm", "restore"])
def test_whoever_says_no_is_told_that_nothing_was_changed(
    roadmap: Run, terminal: Run, home: Path, command: str
) -> None:
    """Status 1: no failure, and no interruption either."""
    roadmap("mark-read", "mlp")
    roadmap("backup")
    before = (home / "progress" / "desk.toml").read_bytes()
    done = terminal(*command.split(), answer="n\n")

    assert done.code == 1
    assert done.out.endswith("nothing was changed\n")
    assert "error" not in done.out
    assert (home / "progress" / "desk.toml").read_bytes() == before


def test_a_question_without_an_answer_is_an_interruption(terminal: Run) -> None:
    """Which is something else than to say no."""
    done = terminal("mark-known", "llm", answer="\x04")

    assert done.code == 130
    assert done.out.endswith("interrupted\n")


def test_a_day_to_come_is_refused(roadmap: Run, home: Path) -> None:
    """Nobody has read anything tomorrow."""
    done = roadmap("mark-read", "lora", "--on", "2026-03-02")

    assert (done.code, done.err) == (2, "error: 2026-03-02 is still to come\n")
    assert not (home / "progress").exists()


def test_what_is_being_read_comes_first(roadmap: Run) -> None:
    """Whatever the curriculum says, finish what you began."""
    roadmap("mark-known", "background", "gpt-3", "--yes")
    roadmap("mark-reading", "lora")
    first = json.loads(roadmap("next", "--json").out)["suggestions"][0]

    assert first["key"] == "lora"
    assert first["reasons"][0] == {
        "term": "reading",
        "text": "you are reading it since 1 March 2026",
    }


def test_what_a_begun_paper_needs_comes_before_it(roadmap: Run) -> None:
    """Even then nothing ranks above what it requires; but what is begun is offered."""
    roadmap("mark-reading", "lora")
    rows = roadmap("next").rows

    assert [row[0] for row in rows[:2]] == ["mlp", "lora"]
    assert rows[0][7].startswith("needed for LoRA, which you are reading")


def test_next_stays_in_the_topic_and_fetches_what_it_needs(roadmap: Run) -> None:
    """In the middle of a topic, its next paper; before Mamba, the state space tutorial."""
    roadmap("mark-known", "background", "llm/pretraining", "--yes")
    roadmap("mark-read", "longformer")
    stays = roadmap("next").rows[0]
    roadmap("mark-read", "reformer", "linear-attention", "performer")
    fetches = roadmap("next").rows[0]

    assert stays[0] == "linear-attention"  # reformer is deep, and can wait
    assert stays[7].startswith("continues Dealing with Long Context, 2 of 9 done")
    assert fetches[0] == "annotated-s4"
    assert fetches[7].startswith(
        "needed for Mamba, which comes next in Dealing with Long Context"
    )


def test_after_a_break_next_says_where_you_were(roadmap: Run, clock: Clock) -> None:
    """Three weeks later nobody remembers."""
    roadmap("mark-read", "mlp")
    clock.pass_days(21)

    assert "; 21 days ago you read MLP" in roadmap("next").rows[0][7]


def test_next_within_a_topic_begins_with_what_the_topic_needs(roadmap: Run) -> None:
    """Someone who only wants agents is led there from the start."""
    first = json.loads(roadmap("next", "--topic", "agents", "--json").out)[
        "suggestions"
    ][0]

    assert first["key"] == "mlp"
    assert first["reasons"][0]["term"] == "needed"


def test_following_next_to_the_end_reads_everything_once(roadmap: Run) -> None:
    """The whole curriculum can be walked, and says so when it is done."""
    for area in ("background", "llm", "diffusion", "multimodal"):
        roadmap("mark-known", area, "--yes")
    walked = []
    while rows := roadmap("next", "-n", "1").rows:
        walked.append(rows[0][0])

        assert roadmap("mark-read", rows[0][0]).code == 0
    done = roadmap("next")

    assert walked == [
        "annotated-s4", "hyena", "rwkv", "retnet", "kan", "mamba-2", "monarch-mixer"
    ]  # fmt: skip
    assert (done.code, done.out, done.err) == (0, "", "Nothing left to read.\n")


def test_a_quiet_mark_says_what_it_did_and_no_more(
    terminal: Callable[..., Result], roadmap: Callable[..., Result]
) -> None:
    """Neither how far the topic is nor what is next; JSON stays whole."""
    usual = terminal("mark-read", "mlp", env={"ROADMAP_DEVICE": "other"}).out
    quiet = terminal("-q", "mark-read", "cnn").out
    whole = json.loads(roadmap("-q", "mark-read", "rnn", "--json").out)

    assert len(usual.splitlines()) == 3
    assert [line.split()[0] for line in quiet.splitlines()] == ["cnn"]
    assert whole["touched"]
    assert whole["next"]


def test_days_are_called_today_and_yesterday_too(
    roadmap: Callable[..., Result], clock: Clock
) -> None:
    """Of the reader's own calendar, wherever a day is asked for."""
    assert roadmap("mark-read", "mlp", "--on", "Yesterday").code == 0
    assert roadmap("mark-read", "cnn", "--on", "today").code == 0
    told = {
        key: json.loads(roadmap("show", key, "--json").out)["papers"][0]["since"]
        for key in ("mlp", "cnn")
    }

    assert told == {"mlp": "2026-02-28", "cnn": "2026-03-01"}
    assert roadmap("plan", "--hours", "4", "--until", "yesterday").err.startswith(
        "error: 2026-02-28 is over"
    )
    assert roadmap("history", "--since", "today").rows
    clock.pass_days(1)
    assert not roadmap("history", "--since", "today").rows


def test_another_day_is_said(terminal: Callable[..., Result]) -> None:
    """Where nothing else changed, too."""
    terminal("mark-read", "lora")
    shown = terminal("mark-read", "lora", "--on", "2025-02-01").out

    assert shown.startswith("lora  read since 2025-02-01  ")
