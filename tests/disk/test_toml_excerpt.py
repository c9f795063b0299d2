"""What is shown of a TOML file that cannot be read."""

import pytest

from roadmap_cli.disk import toml
from roadmap_cli.errors import DataFileError


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("title = T\n", "  1 | title = T"),
        ('a = ["x",\n "y"\n\n\n[paper]\n', '  2 |  "y"\n  5 | [paper]'),
        ("x = 1\n" + "y = " + "[" * 300, f"  1 | x = 1\n  2 | y = {'[' * 96}"),
    ],
)
def test_a_mistake_is_shown_with_its_line_and_the_one_before(
    text: str, shown: str
) -> None:
    """The cause often stands above the line at which it shows; long lines are cut."""
    with pytest.raises(DataFileError) as caught:
        toml.parse(text.encode(), path="my.toml")

    said = str(caught.value)
    assert said.startswith("my.toml: not valid TOML: ")
    assert said.endswith("\n" + shown)
    assert "mend line" in str(caught.value.hint)
