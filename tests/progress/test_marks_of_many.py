"""Marks of many papers: by a query, from standard input, with unknown names, by asking."""

import io
import json
import sys
from collections.abc import Callable, Iterator

import pytest

from conftest import Result
from roadmap_cli.cli.session import Session
from roadmap_cli.cli.terminal import streams

Run = Callable[..., Result]
MARKS = {
    "mark-read": "read",
    "mark-reading": "reading",
    "mark-known": "known",
    "mark-skipped": "skipped",
}


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Somebody sits there and gives these answers; what is asked is kept."""

    def sits(*answers: str | BaseException) -> list[str]:
        asked: list[str] = []
        rest: Iterator[str | BaseException] = iter(answers)

        def ask(question: str) -> str:
            asked.append(question)
            answer = next(rest)
            if isinstance(answer, BaseException):
                raise answer
            return answer

        monkeypatch.setattr(streams, "ask", ask)
        monkeypatch.setattr(Session, "can_ask", True)
        return asked

    return sits


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """What standard input holds."""

    def holds(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return holds


def keys(done: Result) -> list[str]:
    """The papers that a mark changed."""
    return [row[0] for row in done.rows]


@pytest.mark.parametrize("mark", sorted(MARKS))
def test_unknown_names_are_left_out_where_that_is_wanted(
    roadmap: Run, mark: str
) -> None:
    """Else nothing is marked, and the way out is said."""
    refused = roadmap(mark, "lora", "no-such-a", "no-such-b", "rope")
    marked = roadmap(mark, "lora", "no-such-a", "no-such-b", "rope", "--skip-unknown")

    assert (refused.code, refused.out) == (1, "")
    assert "2 names are not clear; nothing was marked" in refused.err
    assert "hint: --skip-unknown marks the others" in refused.err
    assert keys(marked) == ["lora", "rope"]
    assert "2 unknown names left out: `no-such-a` and `no-such-b`" in marked.err


def test_a_name_of_several_things_is_never_left_out(roadmap: Run) -> None:
    """Nor is there anything to mark where all names are unknown."""
    assert roadmap("mark-read", "lora", "ga", "--skip-unknown").code == 1
    assert roadmap("mark-read", "no-such", "--skip-unknown").code == 1
    assert roadmap("undo").code == 1


@pytest.mark.parametrize(("answer", "marked"), [("y", ["lora", "rope"]), ("", [])])
def test_on_a_terminal_the_other_names_are_offered(
    roadmap: Run, person: Callable[..., list[str]], answer: str, marked: list[str]
) -> None:
    """One question, `--yes` or not: that is for what is much."""
    asked = person(answer)
    done = roadmap("mark-read", "lora", "no-such", "rope", "--yes")

    assert asked == ["Mark the other 2? [y/N]:"]
    assert "no paper or topic answers to `no-such`" in done.err
    assert keys(done) == marked


def test_a_query_marks_what_answers_it_and_is_undone_at_once(roadmap: Run) -> None:
    """Many papers are confirmed, as a whole area is."""
    refused = roadmap("mark-known", "--where", "kind:survey")
    marked = roadmap("mark-known", "--where", "kind:survey", "--yes")
    listed = roadmap("list", "--where", "kind:survey")
    undone = roadmap("undo")

    assert refused.code == 2
    assert "marking 17 papers that answer `kind:survey`" in refused.err
    assert sorted(keys(marked)) == sorted(keys(listed)) == sorted(keys(undone))


def test_few_papers_that_answer_are_marked_at_once(roadmap: Run) -> None:
    """And none, where none answers: that is no failure."""
    few = roadmap("mark-read", "llm", "--where", "author:hu kind:paper")
    none = roadmap("mark-read", "--where", "xyzzyfoo")

    assert "lora" in keys(few)
    assert (none.code, none.out) == (0, "")
    assert "no paper answers xyzzyfoo" in none.err


def test_a_query_changes_what_is_settled_only_where_it_speaks_of_it(
    roadmap: Run,
) -> None:
    """As a topic does; but who asks for what was skipped means it."""
    roadmap("mark-read", "lora")
    roadmap("mark-skipped", "rope")

    assert "lora" not in keys(roadmap("mark-skipped", "--where", "lora", "--yes"))
    roadmap("undo")
    assert keys(roadmap("mark-known", "--where", "status:skipped")) == ["rope"]


@pytest.mark.parametrize(
    "text",
    [
        b"lora\nrope\nattention\n",
        b"lora rope attention",
        b"lora, rope,attention,",
        b"\xef\xbb\xbf# mine\r\n\r\nlora\r\nrope # second\r\nAttention is all you need\r\n",
        b"lora\tread\tx, y\nrope, attention\n",
        b"LoRA: Low-Rank Adaptation of Large Language Models\nrope\nattention\nlora\n",
    ],
)
def test_names_are_read_from_standard_input(
    roadmap: Run, typed: Callable[[bytes], None], text: bytes
) -> None:
    """One a line or several, whole titles, comments, lists of this program."""
    typed(text)

    assert sorted(keys(roadmap("mark-known", "-"))) == ["attention", "lora", "rope"]


def test_an_empty_standard_input_marks_nothing(
    roadmap: Run, typed: Callable[[bytes], None]
) -> None:
    """Not what is being read, and not all that a query answers."""
    roadmap("mark-reading", "lora")
    typed(b"# nothing\n")
    done = roadmap("mark-read", "-")
    typed(b"")
    found = roadmap("mark-read", "-", "--where", "kind:survey", "--yes")

    assert (done.code, done.out, found.out) == (0, "", "")
    assert "standard input names nothing" in done.err


def test_standard_input_that_is_no_text_is_refused(
    roadmap: Run, typed: Callable[[bytes], None]
) -> None:
    """Half a name might be another's."""
    typed(b"lora\n\xff\xfe")

    assert roadmap("mark-read", "-").code == 2


@pytest.mark.parametrize("answer", ["1 2", "1-2", "1, lora", "mlp lora", "2,mlp"])
def test_several_are_chosen_at_once(
    roadmap: Run, person: Callable[..., list[str]], answer: str
) -> None:
    """By numbers, ranges of them, and keys; undo takes all back."""
    roadmap("mark-reading", "lora", "mlp")
    asked = person("6", "no-such-key", answer)
    done = roadmap("mark-read")

    assert len(asked) == 3
    assert sorted(keys(done)) == ["lora", "mlp"]
    assert sorted(keys(roadmap("undo"))) == ["lora", "mlp"]


@pytest.mark.parametrize("answer", ["q", "Q", "quit", ""])
def test_the_choice_is_left_by_q(
    roadmap: Run, person: Callable[..., list[str]], answer: str
) -> None:
    """Nothing is marked then."""
    person(answer)

    assert roadmap("mark-read").err.endswith("nothing was changed\n")


def test_placement_goes_through_topics(
    roadmap: Run, person: Callable[..., list[str]]
) -> None:
    """All of one, some of the next, none of the third; one undo takes it all back."""
    topics = ["background/neural-networks", "llm/efficient-finetuning", "llm/agents"]
    some = [row[0] for row in roadmap("list", topics[1]).rows]
    asked = person("y", "s", "y", *["n"] * (len(some) - 2), "y", "n")
    done = roadmap("mark-known", "--ask", *topics)
    first = [row[0] for row in roadmap("list", topics[0]).rows]

    assert keys(done) == [*first, some[0], some[-1]]
    assert asked.count("Known? [y/N/s/q]:") == len(topics)
    assert keys(roadmap("undo")) == keys(done)


@pytest.mark.parametrize("end", ["q", "quit"])
def test_what_was_said_is_kept_when_placement_ends(
    roadmap: Run, person: Callable[..., list[str]], end: str
) -> None:
    """In the middle of a topic, too; what is known is not asked about again."""
    person("s", "y", end)
    done = roadmap("mark-known", "--ask")
    asked = person("s", "q")
    roadmap("mark-known", "--ask")

    assert keys(done) == ["mlp"]
    assert "topics not answered" in done.err
    assert len(asked) == 2
    assert "Multilayer" not in asked[1]


def test_what_was_said_is_kept_when_the_run_is_ended(
    roadmap: Run, person: Callable[..., list[str]]
) -> None:
    """By a signal in the middle of a question."""
    person("s", "y", KeyboardInterrupt())
    done = roadmap("mark-known", "--ask")

    assert done.code == 130
    assert keys(roadmap("list", "--status", "known")) == ["mlp"]


def test_what_was_said_is_kept_when_the_terminal_ends(terminal: Run) -> None:
    """Ctrl-D ends the dialogue as `q` does."""
    done = terminal("mark-known", "--ask", answer="s\ny\n\x04")

    assert done.code == 0
    assert "mlp  todo → known" in done.out


def test_placement_is_refused_where_nobody_answers(roadmap: Run) -> None:
    """With the way out; nothing is marked."""
    done = roadmap("mark-known", "--ask", "llm")

    assert (done.code, done.out) == (2, "")
    assert "nobody can answer here\nhint: " in done.err


def test_placement_asks_only_about_what_is_open(
    roadmap: Run, person: Callable[..., list[str]]
) -> None:
    """And, with a query, only about what answers it."""
    roadmap("mark-known", "background", "--yes")
    asked = person(*["n"] * 99)
    nothing = roadmap("mark-known", "--ask", "background")
    few = roadmap("mark-known", "--ask", "llm", "--where", "author:vaswani")

    assert "nothing is left to ask about" in nothing.err
    assert not asked
    assert few.code == 0
    assert json.loads(roadmap("next", "--json").out)["suggestions"]
