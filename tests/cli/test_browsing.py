"""The commands of looking around, through the program's own entry point."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import HEAD
from conftest import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.quick


def test_list_shows_every_area_and_topic_with_progress(roadmap: Run) -> None:
    """5 areas and 28 topics, each with what is done of it."""
    roadmap("mark-read", "mlp")
    rows = roadmap("list").rows

    assert len(rows) == 33
    assert rows[0][:3] == ["background", "1", "24"]
    assert rows[1][:3] == ["background/neural-networks", "1", "6"]


def test_list_of_an_area_gives_its_papers_in_reading_order(roadmap: Run) -> None:
    """`roadmap list llm`: all of them, the first topic's first."""
    rows = roadmap("list", "llm").rows

    assert len(rows) == 80
    assert [row[0] for row in rows[:3]] == ["bert", "gpt-3", "flan"]
    assert rows[0][7] == "https://arxiv.org/abs/1810.04805"


@pytest.mark.parametrize(
    "name",
    ["efficient-finetuning", "PEFT", "Effiziente Feinabstimmung", "llm/efficient-f"],
)
def test_a_topic_answers_to_many_names(roadmap: Run, name: str) -> None:
    """Its id, other names, German ones, the beginning."""
    if name == "PEFT":
        name = "parameter-efficient fine-tuning"

    assert roadmap("list", name).rows[2][0] == "lora"


def test_filters_narrow_a_list(roadmap: Run) -> None:
    """By status, kind, level and year; together they all have to hold."""
    roadmap("mark-read", "lora", "rlhf")

    assert [row[0] for row in roadmap("list", "--status", "read").rows] == [
        "rlhf",
        "lora",
    ]
    assert {row[4] for row in roadmap("list", "--kind", "survey").rows} == {"survey"}
    assert {row[5] for row in roadmap("list", "llm", "--year", "2021..2022").rows} == {
        "2021",
        "2022",
    }
    assert [
        row[0]
        for row in roadmap("list", "llm", "--status", "read", "--level", "intro").rows
    ] == ["rlhf"]


def test_a_status_goes_by_the_words_of_marks_and_counts_too(roadmap: Run) -> None:
    """`unread` as the mark says, `done` as the counts do: read, known or skipped."""
    roadmap("mark-read", "lora")
    roadmap("mark-known", "bert")
    roadmap("mark-skipped", "flan")
    roadmap("mark-reading", "gpt-3")
    keys = {row[0] for row in roadmap("list", "--status", "done").rows}

    assert keys == {"lora", "bert", "flan"}
    assert {row[0] for row in roadmap("search", "status:done").rows} == keys
    unread = roadmap("list", "llm", "--status", "unread").out
    assert unread == roadmap("list", "llm", "--where", "status:todo").out


def test_a_filtered_list_has_each_paper_once(roadmap: Run, terminal: Run) -> None:
    """However many topics it stands in: so they can be counted."""
    roadmap("mark-read", "mamba")
    unread = [row[0] for row in roadmap("list", "--status", "todo").rows]

    assert len(unread) == len(set(unread)) == 171
    assert len(roadmap("list", "--where", "mamba").rows) == len(["mamba", "mamba-2"])
    assert terminal("list", "--status", "read").out.count("mamba ") == 1
    stands_in = json.loads(roadmap("show", "mamba", "--json").out)["papers"][0][
        "topics"
    ]
    for topic in stands_in:
        assert "mamba" in [row[0] for row in roadmap("list", topic).rows]


SORTED = """\
[paper.late]
title = "the \u00c4rger"
minutes = 30
year = 2021
[paper.short]
title = "Zebra"
minutes = 5
[paper.old]
title = "Apple"
minutes = 30
year = 1999
[paper.bare]
title = "ZEBRA!"
[paper.outside]
title = "Mango"
minutes = 5
year = 2021
"""


@pytest.fixture
def sortable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two topics whose order is not that of the file; `late` stands in both."""
    topics = '[[area]]\nid = "a"\ntitle = "A"\n' + "".join(
        f'[[area.topic]]\nid = "{name}"\ntitle = "{name}"\npapers = {json.dumps(keys)}\n'
        for name, keys in (("t", ["bare", "late"]), ("u", ["old", "late", "short"]))
    )
    text = re.sub(r"(paper\.(\w+)\])", r'\1\nurl = "https://example.org/\2"', SORTED)
    path = tmp_path / "sortable.toml"
    path.write_text(f"{HEAD}{topics}{text}", "utf-8")
    monkeypatch.setenv("ROADMAP_CATALOGUE", str(path))


@pytest.mark.usefixtures("sortable")
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("minutes", "short outside late old bare"),
        ("year", "old late outside bare short"),
        ("title", "old outside late bare short"),
        ("added", "outside bare old short late"),
        ("status", "short bare outside old late"),
    ],
)
def test_a_list_is_sorted_and_equals_stay_in_the_order_of_the_curriculum(
    roadmap: Run, sort: str, order: str
) -> None:
    """Each paper once; what has no value is last; the same to programs and in a pipe."""
    roadmap("mark-reading", "short")
    roadmap("mark-read", "old")
    roadmap("mark-skipped", "late")
    keys = order.split()
    found = json.loads(roadmap("list", "--sort", sort, "--json").out)

    assert [row["key"] for row in found["papers"]] == keys
    assert [row[0] for row in roadmap("list", "--sort", sort).rows] == keys
    assert found["papers"][keys.index("late")]["section"] == "test/a/t"
    assert found["papers"][keys.index("outside")]["section"] == ""


@pytest.mark.usefixtures("sortable")
def test_sorting_goes_with_names_and_conditions(roadmap: Run) -> None:
    """However the topics are named, and whatever lets papers through."""
    sort = ("--sort", "minutes")

    assert [row[0] for row in roadmap("list", "u", "t", *sort).rows] == [
        "short", "late", "old", "bare",
    ]  # fmt: skip
    wanted = ("--where", "minutes:..29 OR title:apple")
    assert [row[0] for row in roadmap("list", *wanted, *sort).rows] == [
        "short", "outside", "old",
    ]  # fmt: skip
    assert roadmap("list", "--sort", "size").code == 2


@pytest.mark.usefixtures("sortable")
@pytest.mark.parametrize("columns", [40, 80])
def test_a_sorted_list_is_one_list_and_shows_what_it_is_sorted_by(
    terminal: Run, columns: int
) -> None:
    """No topic stands above papers that are not its own; the year is seen where it decides."""
    by_year = terminal("list", "--sort", "year", columns=columns).out

    assert "of" not in re.findall(r"\w+", by_year)
    assert by_year.index("1999") < by_year.index("2021")
    assert "1999" in terminal("list", "--year", "1999", columns=columns).out
    assert "5 min" in terminal("list", "--sort", "minutes", columns=columns).out


def test_only_a_sorted_list_loads_what_sorts() -> None:
    """Who does not ask for it does not pay for it."""
    run = "from roadmap_cli.cli import main; import sys; main(sys.argv[1:])"
    tell = f"{run}; print('roadmap_cli.program.sorting' in sys.modules)"
    ran = [
        subprocess.run(
            [sys.executable, "-c", tell, "list", "agents", *more],
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()[-1]
        for more in ([], ["--sort", "year"])
    ]  # fmt: skip

    assert ran == ["False", "True"]


def test_a_list_where_nothing_fits_is_empty_and_no_error(roadmap: Run) -> None:
    """An empty answer is an answer."""
    done = roadmap("list", "--status", "read")

    assert (done.code, done.out) == (0, "")


def test_a_header_comes_only_when_asked_for(roadmap: Run) -> None:
    """`--header` names the columns of the tab-separated form."""
    assert roadmap("list", "agents", "--header").rows[0] == [
        "key", "status", "minutes", "level", "kind", "year", "title", "url",
    ]  # fmt: skip
    assert roadmap("list", "agents").rows[0][0] == "generative-agents"


def test_a_paper_is_no_topic_and_list_says_where_to_look(roadmap: Run) -> None:
    """`list lora` is a likely slip."""
    done = roadmap("list", "lora")

    assert done.code == 1
    assert (
        done.err
        == "error: no topic answers to `lora`\nhint: `lora` is a paper: roadmap show lora\n"
    )


def test_a_misspelt_paper_gets_a_hint(roadmap: Run) -> None:
    """The nearest spelling comes first."""
    done = roadmap("show", "attenton")

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[1].startswith("hint: did you mean `attention`")


def test_a_name_that_is_only_mentioned_leads_to_what_mentions_it(roadmap: Run) -> None:
    """A three-letter word is not taken for a slip for another one."""
    done = roadmap("goal", "set", "cot")

    assert done.code == 1
    assert "none is named so; these mention it: `" in done.err
    assert "(roadmap search cot)" in done.err
    assert "`oft`" not in done.err
    assert "did you mean `lora`?" in roadmap("show", "lroa").err


def test_a_search_says_that_nothing_is_named_as_asked(roadmap: Run) -> None:
    """Neither by its name, nor by a word of the title, an author, a venue or a year."""
    for word in ("rag", "ddpm"):
        done = roadmap("search", word)
        assert done.err == f"no paper is named `{word}`; these mention it\n"
        assert done.out
    for word in ("lora", "memory", "vaswani", "2017", "neurips", "kv cache"):
        assert roadmap("search", word).err == ""


def test_show_of_a_topic_has_its_questions_and_groups(roadmap: Run) -> None:
    """Everything about a topic in one object."""
    topic = json.loads(roadmap("show", "llm/evaluation", "--json").out)["topics"][0]

    assert [group["title"] for group in topic["groups"]][:2] == [
        "Automatic Evaluation Metrics",
        "Human Evaluation",
    ]
    assert len(topic["groups"][1]["methods"]) == 3
    assert all(question["hint"] for question in topic["questions"])


def test_show_credits_the_source_of_the_list(roadmap: Run) -> None:
    """The selection is not ours, and the program says so."""
    paper = json.loads(roadmap("show", "lora", "--json").out)["papers"][0]

    assert "pittisl/Generative-AI-Tutorial (MIT License)" in paper["credit"]


def test_search_puts_the_paper_of_that_name_first(roadmap: Run) -> None:
    """Key, acronym, title, link and id each lead to the paper itself."""
    for words in (
        "lora",
        "LoRA",
        "low-rank adaptation",
        "2106.09685v2",
        "arxiv.org/abs/2106.09685",
    ):
        assert roadmap("search", words).rows[0][0] == "lora", words


def test_search_finds_what_a_title_does_not_say(roadmap: Run) -> None:
    """Words that practitioners use are in the catalogue's synonyms."""
    assert roadmap("search", "stable diffusion").rows[0][0] == "ldm"
    assert "gpt-3" in [row[0] for row in roadmap("search", "in-context learning").rows]


def test_search_knows_fields_and_negation(roadmap: Run) -> None:
    """The grammar narrows what is found."""
    with_author = [row[0] for row in roadmap("search", "author:vaswani").rows]
    without = [row[0] for row in roadmap("search", "hallucination", "-survey").rows]

    assert with_author == ["attention"]
    assert "hallucination-survey" not in without


def test_a_search_without_result_says_so_and_exits_1(roadmap: Run) -> None:
    """Not an empty success."""
    done = roadmap("search", "xyzzy")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: nothing matches `xyzzy`")


def test_a_misspelt_search_that_finds_nothing_offers_the_nearest_spelling(
    roadmap: Run,
) -> None:
    """What is too far off to be guessed at is offered."""
    done = roadmap("search", "attenshun")

    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[1] == "hint: did you mean `attention`?"


def test_a_hit_says_which_words_it_was_found_by(roadmap: Run) -> None:
    """In JSON as a list; the score goes down."""
    hits = json.loads(roadmap("search", "low-rnak", "adaptation", "--json").out)["hits"]

    assert hits[0]["key"] == "lora"
    assert {"low", "rank", "adaptation"} <= set(hits[0]["matched"])
    assert [one["score"] for one in hits] == sorted(
        (one["score"] for one in hits), reverse=True
    )


def test_a_hit_shows_its_words_on_a_terminal(terminal: Run) -> None:
    """In the title; where they stand elsewhere, they are quoted with their source."""
    in_title = terminal("search", "low-rank", env={"NO_COLOR": ""}).out
    elsewhere = terminal("search", "davinci", env={"NO_COLOR": "1"}).out

    assert "\x1b[1;4mLow" in in_title
    assert 'said elsewhere: "davinci"' in " ".join(elsewhere.split())


def test_the_grammar_of_search_filters_lists_too(roadmap: Run) -> None:
    """`--where`: the same fields, words and OR; with a topic and without."""
    surveys = roadmap("list", "--where", "kind:survey -year:2023").rows
    agents = roadmap("list", "llm", "--where", "minecraft OR webarena").rows

    assert {row[4] for row in surveys} == {"survey"}
    assert {row[5] for row in surveys} & {"2023"} == set()
    assert {row[0] for row in agents} == {"voyager", "webarena", "mobile-env"}
    assert roadmap("list", "--where", "kind:papr").code == 2


def test_the_grammar_of_search_filters_what_is_next(roadmap: Run) -> None:
    """Only what answers is offered."""
    rows = roadmap("next", "--where", "level:intro -author:amidi", "--header").rows

    keys = [row[rows[0].index("key")] for row in rows[1:]]
    assert keys[0] == "mlp"
    assert {"cnn", "rnn"} & set(keys) == set()


def test_open_calls_the_readers_browser_with_the_link(
    process: Run, tmp_path: Path
) -> None:
    """A real program named in BROWSER gets exactly the link."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$*" > {tmp_path}/visited\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    done = process("open", "lora", "--pdf", env={"BROWSER": os.fspath(browser)})

    assert (done.code, done.out) == (0, "https://arxiv.org/pdf/2106.09685\n")
    assert (tmp_path / "visited").read_text() == "https://arxiv.org/pdf/2106.09685"


def test_open_print_only_prints(process: Run, tmp_path: Path) -> None:
    """No browser is started, not even one that would fail."""
    done = process(
        "open", "lora", "--print", env={"BROWSER": os.fspath(tmp_path / "nothing")}
    )

    assert (done.code, done.out) == (0, "https://arxiv.org/abs/2106.09685\n")


def test_open_without_code_known_says_what_there_is(roadmap: Run) -> None:
    """A link that is not known is refused, not invented."""
    done = roadmap("open", "mlp", "--code", "--print")

    assert done.code == 1
    assert "https://www.tensorflow.org/guide/core/mlp_core" in done.err


def test_where_prints_every_place_and_needs_none_of_them(
    roadmap: Run, home: Path
) -> None:
    """Also before anything has been written."""
    rows = {row[0]: row[1:] for row in roadmap("where").rows}

    assert rows["journal"] == [os.fspath(home / "progress" / "desk.toml"), "no"]
    assert rows["catalogue"][1] == "yes"


def test_where_prints_the_notes_and_the_copies_too(
    roadmap: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the notes are in a folder of their own."""
    monkeypatch.setenv("ROADMAP_NOTES", os.fspath(home / "vault"))
    roadmap("backup")
    rows = {row[0]: row[1:] for row in roadmap("where").rows}

    assert rows["notes"] == [os.fspath(home / "vault"), "no"]
    assert rows["backups"] == [os.fspath(home / "backups"), "yes"]


def test_the_bare_program_shows_where_you_stand(roadmap: Run) -> None:
    """Counts of everything and the next step in one object."""
    roadmap("mark-read", "mlp")
    roadmap("mark-skipped", "cnn")
    stand = json.loads(roadmap("--json").out)

    assert stand["standing"]["total"] == 164
    assert (stand["standing"]["done"], stand["standing"]["skipped"]) == (1, 1)
    assert stand["suggestions"][0]["key"] == "rnn"


def test_another_catalogue_takes_the_place_of_the_shipped_one(
    roadmap: Run, tmp_path: Path
) -> None:
    """`--catalogue FILE`, and only that file."""
    own = tmp_path / "own.toml"
    own.write_text(OWN, "utf-8")
    rows = roadmap("--catalogue", os.fspath(own), "list", "all/first").rows

    assert [row[0] for row in rows] == ["one", "lora"]


def test_a_catalogue_in_the_data_folder_joins_the_shipped_one(
    roadmap: Run, home: Path
) -> None:
    """The same paper in two catalogues is read once."""
    (home / "catalogues").mkdir(parents=True)
    (home / "catalogues" / "own.toml").write_text(OWN, "utf-8")
    roadmap("mark-read", "mine/lora")

    assert [row[1] for row in roadmap("list", "all/first").rows] == ["todo", "read"]
    assert roadmap("list", "--status", "read").rows[0][0] == "lora"


def test_a_paper_called_as_an_area_has_its_full_name_to_type(
    roadmap: Run, home: Path
) -> None:
    """The key that JSON tells is a name that means just this paper."""
    (home / "catalogues").mkdir(parents=True)
    text = OWN.replace("[paper.one]", "[paper.llm]").replace('"one"', '"llm"')
    (home / "catalogues" / "own.toml").write_text(text, "utf-8")
    (row, _) = json.loads(roadmap("list", "all/first", "--json").out)["papers"]

    assert (roadmap("show", "llm").code, row["key"]) == (1, "mine/llm")
    assert roadmap("show", row["key"]).code == 0


def test_one_bad_catalogue_does_not_take_down_the_rest(
    roadmap: Run, home: Path
) -> None:
    """It is reported and left out."""
    (home / "catalogues").mkdir(parents=True)
    (home / "catalogues" / "own.toml").write_text(
        OWN.replace("title", "titel", 1), "utf-8"
    )
    done = roadmap("list", "llm")

    assert (done.code, len(done.rows)) == (0, 80)
    assert "own.toml: 2 problems" in done.err
    assert "did you mean `title`?" in done.err


OWN = """\
format = "roadmap-catalogue"
version = 1
id = "mine"
title = "Mine"
[[area]]
id = "all"
title = "All"
[[area.topic]]
id = "first"
title = "First"
papers = ["one", "lora"]
[paper.one]
title = "One"
url = "https://example.org/one"
[paper.lora]
title = "The LoRA paper, in my own list"
url = "https://arxiv.org/abs/2106.09685"
arxiv = "2106.09685"
"""
