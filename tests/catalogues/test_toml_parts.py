"""A file that is read in parts is what it is read whole, or it is not read in parts."""

from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from roadmap_cli.disk import toml
from roadmap_cli.errors import IndivisibleError

SHIPPED = Path(__file__).parents[2] / "data" / "roadmap.toml"
PLAIN_VALUES = ['"text"', '""', '"# [paper.b]"', '["a", "b"]', "[]", '[ "a" , ]', "0"]
PLAIN_VALUES += ["2024", "9999999999999999", "true", "false", '"é\u2028\x85\xa0"']
OTHER_VALUES = [r'"a\"b"', r'"\u00e9\\"', "'text'", "''", '"\t"', "-1", "+7", "-0"]
OTHER_VALUES += ["1_000", "12345678901234567890", "1.5", "1e3", "0x1F", "inf", "nan"]
OTHER_VALUES += ["1979-05-27", "1979-05-27 07:32:00", "07:32:00", "[1, true]", "[[]]"]
OTHER_VALUES += ['"""a\nb"""', "'''\n[paper.b]\n'''", '"""\n[paper.a]\nx = 1\n"""']
OTHER_VALUES += ['[\n  "a", # of\n  "b",\n]', "{}", '{ x = 1, y.z = ["a"] }', '"a" # b']
OTHER_VALUES += ['"""a\\\n  b"""', '""""a"""""', "[\n['paper']\n]"]
NO_VALUES = ["", "007", "01", "[,]", '"a', "'a", '"a" "b"', '["a" "b"]', '["a",,]']
NO_VALUES += ["truely", "True", r'"\q"', '"\x7f"', '"\x00"', "[\n[paper.b]\n]", '"""']
NO_VALUES += ["{ x = 1, x = 2 }", "12a", "١", '"a"b', "'''", '["a"']
KEYS = ["title", "year", "a-b", "A_1", "1", "paper", "true", "x", "-", "y", "z", "007"]
OTHER_KEYS = [
    "x.y",
    "x.y.z",
    "'x'",
    '"title"',
    '"\\u0078"',
    "' '",
    "paper.a",
    "title.x",
]
NO_KEYS = ["é", "", "a b", "x..y", "=", "²"]
HEADERS = [f"[paper.{key}]" for key in ("a", "b", "c", "d-1", "E_2")]
OTHER_HEADERS = ["[paper]", "[[paper]]", "[ paper.b ]", "[paper . 'a']", '["paper".b]']
OTHER_HEADERS += ["[paper.a.sub]", "[paper.b.x]", "[[paper.a.x]]", "[[paper.c]]"]
OTHER_HEADERS += ["[paper.a] # of", "[paper.b] ", " [paper.c]", "[[area]]", "[area]"]
OTHER_HEADERS += ["[area.paper.a]", "['paper']", "[[area.topic]]", '["\\u0070aper"]']
OTHER_LINES = ["", " \t", "# of", "# [paper.a]"]
NO_LINES = ["#\x00", "]", "}", '"""', "'''", "\x0c", "[paper.]", "[paper.é]"]
NO_LINES += ["[paper.a]]", "[paper.a", "\ufeff", "x", "\\"]
LINE_ENDS = ["\n", "\n", "\n", "\r\n", "\n\n", "\r\r\n", "\r", "\u2028", "\x0b", "\x85"]
VALUES = PLAIN_VALUES * 3 + OTHER_VALUES
EQUALS = st.sampled_from([" = ", " = ", "=", "\t=  "])
FIELDS = st.dictionaries(
    st.sampled_from(KEYS), st.tuples(EQUALS, st.sampled_from(VALUES)), max_size=4
).map(lambda fields: "".join(f"{key}{''.join(rest)}\n" for key, rest in fields.items()))
ANY_LINES = st.one_of(
    st.sampled_from(HEADERS),
    st.sampled_from(HEADERS + OTHER_HEADERS),
    st.sampled_from(OTHER_LINES * 8 + NO_LINES),
    *[
        st.builds(
            "{}{}{}".format, st.sampled_from(keys), EQUALS, st.sampled_from(values)
        )
        for keys, values in [
            (KEYS, VALUES),
            (KEYS, VALUES),
            (KEYS * 3 + OTHER_KEYS, VALUES),
            (KEYS * 6 + NO_KEYS, VALUES * 3 + NO_VALUES),
        ]
    ],
)


def extract() -> str:
    """The last topic and the first papers of the shipped catalogue."""
    text = SHIPPED.read_text(encoding="utf-8")
    first = text.index("\n[paper.")
    start = text.rindex("\n[[area.topic]]", 0, first)
    return text[start : text.index("\n[paper.", first + 5000) + 1]


def in_parts(text: str) -> str | None:
    """All that can be told of a file read in parts: values, types, order; or nothing."""
    try:
        head, papers = toml.parse_in_parts(text.encode(), "paper")
        each = dict(papers)
    except IndivisibleError:
        return None
    return repr({**head, "paper": each} if each else head)


def whole(text: str) -> str | None:
    """The same of the file read whole; nothing if it is no TOML."""
    try:
        return repr(tomli.loads(text.removeprefix("\ufeff")))
    except (tomli.TOMLDecodeError, ValueError):
        return None


def assert_same(text: str) -> None:
    """What is read in parts is what is read whole, the order of papers and fields included."""
    assert in_parts(text) in (None, whole(text))


@given(FIELDS, st.lists(FIELDS, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_a_catalogue_reads_as_if_whole(head: str, papers: list[str], end: str) -> None:
    """Plain or not, with either kind of line end."""
    tables = zip(HEADERS, papers, strict=False)
    text = head + "".join(f"{header}\n{fields}" for header, fields in tables)

    assert_same(text.replace("\n", end))


@given(st.lists(st.tuples(ANY_LINES, st.sampled_from(LINE_ENDS[:5])), max_size=12))
def test_lines_in_any_order_read_as_if_whole(lines: list[tuple[str, str]]) -> None:
    """Tables and keys that come twice, headers in arrays and in strings, and nonsense."""
    assert_same("".join(map("".join, lines)))


@given(st.lists(ANY_LINES, max_size=6), st.lists(ANY_LINES, max_size=4), st.data())
def test_only_toml_says_what_ends_a_line(
    first: list[str], last: list[str], data: st.DataObject
) -> None:
    """Python knows more line ends than TOML has."""
    end = data.draw(st.sampled_from(LINE_ENDS))

    assert_same("\n".join(first) + end + "\n".join(last))


@given(st.data())
def test_a_damaged_file_reads_as_if_whole(data: st.DataObject) -> None:
    """Characters and lines that were lost, doubled, or came from somewhere else."""
    text = extract()
    assert in_parts(text) is not None
    pieces = st.one_of(
        st.sampled_from(["", "\n", '"', "'", '"""', "'''", "[", "]", "\\", "#", "="]),
        st.sampled_from(
            [*LINE_ENDS, "\n[paper.mlp]\n", "\n[paper]\n", "\n[paper.z]\n"]
        ),
        st.sampled_from(text.splitlines(keepends=True)),
        st.characters(exclude_categories=["Cs"]),
    )
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        if data.draw(st.booleans()):  # whole lines
            start = text.rfind("\n", 0, start) + 1
        lost = data.draw(st.sampled_from([0, 1, 2, 30, 200]))
        text = text[:start] + data.draw(pieces) + text[start + lost :]

    assert_same(text)


@pytest.mark.parametrize("value", PLAIN_VALUES + OTHER_VALUES + NO_VALUES)
@pytest.mark.parametrize("key", ["x", "x.y", '"x"'])
def test_every_value_reads_as_if_whole(key: str, value: str) -> None:
    """In a table, between others, at the end of the file, and before the first table."""
    line = f"{key} = {value}"

    assert_same(f"[paper.a]\n{line}\n")
    assert_same(f"[paper.a]\n{line}")
    assert_same(f"{line}\n[paper.a]\n{line}\n[paper.b]\n{line}\n")
    assert_same(f"[paper.a]\nx = 1\n{line}\n[paper.b]\n")


@pytest.mark.parametrize("other", OTHER_HEADERS + OTHER_LINES + NO_LINES)
@pytest.mark.parametrize("again", ["", "x = 1\n[paper.d]\n"])
def test_every_line_reads_as_if_whole(other: str, again: str) -> None:
    """Before, between and behind plain tables, once and twice."""
    assert_same(f"{other}\n{again}[paper.a]\nx = 1\n")
    assert_same(f"[paper.a]\nx = 1\n{other}\n{again}[paper.b]\n[paper.c]\n")
    assert_same(f"[paper.a]\n{other}\n{again}[paper.b]\n{other}\n")


@pytest.mark.parametrize(
    "text",
    [
        "[paper.a]\n[paper.b]\n[paper.a]\n",
        "[paper.a]\nx = 1\nx = 1\n",
        "[paper.a]\n[paper]\n[paper.b]\n[paper]\n",
        "[paper.a]\n[paper]\na.x = 1\n[paper.b]\n",
        "[paper.a]\n[paper]\n[paper.b]\n",
        "paper = 1\n[paper.a]\n",
        "paper.a = 1\n[paper.b]\n",
        "[paper.b.x]\n[paper.a]\n[paper.b]\n",
        "[paper.a]\ny = '\\'\r\r\n[paper.b]\n",
        "[paper.a]\r[paper.b]\r\n",
        'x = """\n[paper.a]\n"""\n[paper.a]\ny = """\n[paper.a]\n"""\n',
        "[paper.a]\n[area]\n[paper.b]\n[area]\n",
        "[[area]]\n[paper.a]\n[[area]]\n[paper.b]\n",
        "[paper.a]\nx = [\n[paper.b]\n]\n",
        "[paper.a]x = 1\n[paper.b]\n",
        "\ufeff[paper.a]\n",
        "\ufeff\ufeff[paper.a]\n",
        "",
    ],
)
def test_what_could_be_overlooked_reads_as_if_whole(text: str) -> None:
    """Each of these is wrong, or right, only because of what stands elsewhere."""
    assert_same(text)


def test_the_shipped_catalogue_is_read_in_parts() -> None:
    """And is as if read whole."""
    text = SHIPPED.read_text(encoding="utf-8")

    assert in_parts(text) is not None
    assert_same(text)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_plain_catalogue_is_read_in_parts(end: str) -> None:
    """With values of every kind, and with either kind of line end."""
    fields = "".join(
        f"x-{number} = {value}\n"
        for number, value in enumerate(PLAIN_VALUES + OTHER_VALUES)
        if "[paper." not in value
    )
    text = "".join(f"{header}\n{fields}\n" for header in ("id = 1", *HEADERS))
    text = text.replace("\n", end)

    assert in_parts(text) == whole(text) != None  # noqa: E711 - a chain


@pytest.mark.parametrize(
    "text", ["[paper]\n[paper.a]\n", "[paper.a]\n[area]\n", "[paper.a]\nx\n"]
)
def test_what_is_no_catalogue_or_wrong_is_left_whole(text: str) -> None:
    """So that its messages name the right line."""
    assert in_parts(text) is None
