"""No text of data is ever read by rich as markup: the source is looked through for it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "roadmap_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))
READS_MARKUP = {
    "Panel", "Prompt", "IntPrompt", "FloatPrompt", "Confirm", "Status", "status", "Progress",
    "add_task", "track", "rule", "Rule", "from_markup", "from_ansi", "render_markup", "Markdown",
    "Tree", "Columns", "Static", "Label", "OptionList", "notify", "Group", "Align", "log",
}  # fmt: skip
"""What takes a plain text for markup, in rich and in textual, whatever the console's settings."""
MAKES_PARTS = {
    "segments",
    "styled",
    "line",
    "whole",
    "indented",
    "together",
    "status_of",
    "bar_of",
    "facts_of",
}
"""Our own functions that make a text of data, by way of `safe_text`."""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call of a module."""
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    """What is called, without what it belongs to."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def around(call: ast.Call, tree: ast.AST) -> ast.AST:
    """The function that a call stands in, where its names mean something."""
    scopes = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and call in ast.walk(node)
    ]
    return scopes[-1] if scopes else tree


def is_safe(part: ast.expr, tree: ast.AST) -> bool:
    """Whether an argument is a constant or a text made by us, directly or under a name."""
    if isinstance(part, ast.Constant):
        return True
    if isinstance(part, ast.Starred | ast.IfExp | ast.List | ast.Tuple):
        inner = (one for one in ast.iter_child_nodes(part) if isinstance(one, ast.expr))
        test = getattr(part, "test", None)
        return all(is_safe(one, tree) for one in inner if one is not test)
    if isinstance(part, ast.Call):
        return name_of(part) in MAKES_PARTS or (
            name_of(part) == "Text" and not part.args
        )
    if isinstance(part, ast.Name):
        given = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and any(getattr(one, "id", "") == part.id for one in node.targets)
        ]
        return bool(given) and all(is_safe(one, tree) for one in given)
    return False


def offences(source: str) -> list[str]:
    """The calls by which data could become markup, with their lines."""
    tree = ast.parse(source)
    if "rich" not in source and "textual" not in source:
        return []
    found = []
    for call in calls(tree):
        name, where = name_of(call), f"line {call.lineno}: {name_of(call)}"
        if name in READS_MARKUP:
            found.append(where)
        if name == "add_row" and not all(
            is_safe(one, around(call, tree)) for one in call.args
        ):
            found.append(where)
        if name == "add_column" and call.args:
            found.append(where)
        if name == "Console" and not all(
            any(
                word.arg == one and getattr(word.value, "value", None) is False
                for word in call.keywords
            )
            for one in ("markup", "emoji", "highlight")
        ):
            found.append(where)
        if name in ("Text", "assemble"):
            found += [where for part in call.args if not _is_text(part)]
    return found


def _is_text(part: ast.expr) -> bool:
    """Whether what a rich text is made of is constant, or has been through `safe_text`."""
    if isinstance(part, ast.Tuple):
        return _is_text(part.elts[0])
    if isinstance(part, ast.BinOp):  # so many blanks
        return isinstance(part.left, ast.Constant)
    return isinstance(part, ast.Constant) or (
        isinstance(part, ast.Call) and name_of(part) == "safe_text"
    )


@pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_data_reaches_rich_as_plain_text(path: Path) -> None:
    """Rows, texts and titles are made of `Text`; the console reads no markup (D5)."""
    assert offences(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "grid.add_row(row['title'])",
        "grid.add_row(styled(a), f'{row}')",
        "title = row['title']; grid.add_row(title)",
        "grid.add_column(row['title'])",
        "Panel(part, title=row['title'])",
        "progress.add_task(row['title'])",
        "Text(row['title'])",
        "Text.assemble((row['title'], 'bold'))",
        "Text.from_markup(x)",
        "Console(markup=False)",
        "Console(markup=True, emoji=False, highlight=False)",
    ],
)
def test_the_search_finds_what_it_is_for(line: str) -> None:
    """Each of the ways in which data would become markup is an offence."""
    assert len(offences(f"import rich\n{line}")) == 1
