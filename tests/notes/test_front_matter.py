"""The front matter of a Markdown file: whatever YAML spells a name, the name is read."""

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmap_cli.notes import frontmatter
from spellings import SPELLINGS

NAME = "genai/lora"


@pytest.mark.parametrize("ending", ["---", "...", "---  "])
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_every_spelling_of_a_name_is_read(spelling: str, ending: str) -> None:
    """The value is the name, and what stands below is the text."""
    front = frontmatter.read(f"---\n{spelling}\n{ending}\nMine.\n", key="roadmap")

    assert (front.fields.get("roadmap"), front.text, front.problem) == (
        NAME,
        "Mine.\n",
        "",
    )


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("title: LoRA: low-rank\nroadmap: genai/lora", "line 2: mapping values"),
        ("a: b\nroadmap: 'genai/lora", "while scanning"),
        ("roadmap: genai/lora\nroadmap: genai/mlp", "line 3: `roadmap` stands there"),
        ("roadmap: [genai/lora, genai/mlp]", "line 2: `roadmap` is no single name"),
        ("roadmap:\n  - genai/lora", "line 3: `roadmap` is no single name"),
        ("roadmap: *nowhere", "line 2: found undefined alias"),
        ("roadmap: genai/lora\nx: " + "[" * 5000, "nested too deeply"),
        ("roadmap: genai/lora\n\x1b: x", "special characters"),
        ("tags: [a]\n\troadmap: genai/lora", "line 3: "),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_stays_text(
    head: str, problem: str
) -> None:
    """With the line where it is; nothing of the file is left out of its text."""
    text = f"---\n{head}\n---\nMine.\n"
    front = frontmatter.read(text, key="roadmap")

    assert (front.fields, front.text) == ({}, text)
    assert problem in front.problem or front.problem.startswith("line ")
    assert "\n" not in front.problem


@pytest.mark.parametrize(
    "text",
    [
        "",
        "roadmap: genai/lora\n",
        "---\nroadmap: genai/lora\n",
        " ---\nroadmap: genai/lora\n---\n",
        "Mine.\n---\nroadmap: genai/lora\n---\n",
        "---\nroadmap\n---\nMine.\n",
        "---\n- roadmap: genai/lora\n---\n",
        "----\nroadmap: genai/lora\n---\n",
    ],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    """Lines without an end, rulers, lists: as they are."""
    assert frontmatter.read(text, key="roadmap") == ({}, text, "")


ODD = """\
roadmap: genai/mlp|roadmap:|a:|a: b|b: c: d|- e|  - f g|   - h|  i|'j'|# k|  # l||  |n: 'o|p: #q
r: s#t|u: v # w|x: "y|z: [a, b|c: [,]|\td|roadmap: ~|e: - f|roadmap: a: b|g: ]|h: 'i' j|k: @l
roadmap: ''|m: \x85n|o:p|..: q"""
HEADS = st.lists(
    st.sampled_from([*SPELLINGS.values(), *re.split("[|\n]", ODD)])
    | st.text("ab:#-'\"[], \t\\/|>&*!{}?~", max_size=12).map(
        lambda text: f"roadmap{text}"
    )
    | st.text("ab:#-'\"[], \t\\/|>&*!{}?~", max_size=12),
    max_size=5,
).map("\n".join)


@settings(max_examples=1500)
@given(HEADS)
@example("a:\n  - b\n   - c\nroadmap: x")
@example("a: b\n\nc\nroadmap: x")
def test_plain_lines_are_read_as_the_parser_reads_them(head: str) -> None:
    """Where the parser is spared, and where it is not: the same name, or the same problem."""
    front = frontmatter.read(f"---\n{head}\n---\n", key="roadmap")
    if re.search(r"(?m)^(---|\.\.\.)[ \t]*$", head):
        return
    text = re.sub(r"[ \t]+$", "", head + "\n", flags=re.MULTILINE)
    try:  # YAML 1.2 lets tabs be where PyYAML, of 1.1, does not
        node = yaml.compose(re.sub(r":\t[ \t]*", ": ", text), yaml.SafeLoader)
    except yaml.YAMLError:
        assert front.problem
        return
    names = {
        value.value.strip() if isinstance(value, yaml.ScalarNode) else None
        for key, value in (node.value if isinstance(node, yaml.MappingNode) else ())
        if isinstance(key, yaml.ScalarNode) and key.value == "roadmap"
    }
    names = {"" if name in ("~", "null") else name for name in names}

    if names and (len(names) > 1 or names == {None}):
        assert front.problem
    else:
        assert (front.problem, front.fields.get("roadmap", "")) == (
            "",
            next(iter(names), ""),
        )


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Nothing is raised, and nothing is lost but the front matter."""
    for whole in (text, f"---\n{text}\n---\n{text}"):
        front = frontmatter.read(whole, key="roadmap")

        assert whole.endswith(front.text)
