"""TAB in real shells: typed on a terminal, read from the shell's own line."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from builders import HEAD, paper_text
from conftest import Result

Run = Callable[..., Result]
PROGRAMS = Path(sys.executable).parent
SHELLS = ("bash", "zsh", "fish")
START = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
SWITCH_ON = {
    "bash": 'eval "$({program} completion bash)"',
    "zsh": 'eval "$({program} completion zsh)"',
    "fish": "{program} completion fish | source",
}
SHOW_LINE = {  # Ctrl-T prints what the line has become, and empties it
    "bash": """bind -x '"\\C-t": echo "<$READLINE_LINE>"; READLINE_LINE='""",
    "zsh": """show() { print -r "<$BUFFER>"; BUFFER= }; zle -N show; bindkey '^T' show""",
    "fish": """bind \\ct 'echo "<"(commandline)">"; commandline ""'""",
}
PATIENCE = 60


class Terminal:
    """A shell that somebody types in."""

    def __init__(self, shell: str, child: "pexpect.spawn[str]") -> None:
        self.shell = shell
        self.child = child

    def run(self, command: str) -> None:
        """Run a command, and wait until it is done."""
        self.child.sendline(f"{command}; echo do''ne")
        self.child.expect_exact("done")

    def press(self, typed: str) -> tuple[str, str]:
        """Type something, with TABs; the line that comes of it, and what was shown till then."""
        self.child.send(f"{typed}\x14")
        self.child.expect(r"<([^<>\r\n]*)>")
        found = self.child.match
        assert isinstance(found, re.Match)
        return found.group(1), self.child.before or ""


@contextmanager
def typing_in(
    shell: str, folder: Path, program: str | None = "roadmap"
) -> Iterator[Terminal]:
    """A fresh shell in a folder that is also its home; TAB completion switched on."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    environment = {
        **os.environ,
        "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }
    environment.pop("COLUMNS")
    child = pexpect.spawn(
        path,
        START[shell],
        env=environment,
        cwd=str(folder),
        encoding="utf-8",
        timeout=PATIENCE,
        dimensions=(50, 150),
    )
    terminal = Terminal(shell, child)
    try:
        terminal.run(SHOW_LINE[shell])
        if program:
            terminal.run(SWITCH_ON[shell].format(program=program))
        yield terminal
    finally:
        child.close(force=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the shell is started."""
    place = tmp_path / "here"
    place.mkdir()
    return place


COMPLETED = {
    "roadmap mark-k\t": "roadmap mark-known ",
    "roadmap where --he\t": "roadmap where --he",
    "roadmap where --hea\t": "roadmap where --header ",
    "roadmap list --status kn\t": "roadmap list --status known ",
    "roadmap list --status=kn\t": "roadmap list --status=known ",
    "roadmap --plain show attent\t": "roadmap --plain show attention ",
    "roadmap show genai/attent\t": "roadmap show genai/attention ",
    "roadmap list llm/ag\t": "roadmap list llm/agents ",
    "roadmap next --topic llm/ag\t": "roadmap next --topic llm/agents ",
    "roadmap next --topic=llm/ag\t": "roadmap next --topic=llm/agents ",
    "roadmap note --json 'attent\t": "roadmap note --json 'attention' ",
    "roadmap mark-read lora lora-\t": "roadmap mark-read lora lora-learns-less ",
    "roadmap search auth\tx": "roadmap search author:x",
    "roadmap search author:x status:kn\t": "roadmap search author:x status:known ",
    "echo | roadmap completion fi\t": "echo | roadmap completion fish ",
    "roadmap --catalogue my\t": r"roadmap --catalogue my\ file.toml ",
    "roadmap --catalogue=my\t": r"roadmap --catalogue=my\ file.toml ",
    "roadmap frobnicate my\t": "roadmap frobnicate my",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_completes_what_is_typed(shell: str, folder: Path) -> None:
    """Commands, options, their values, papers, topics, fields of a search; files where files go."""
    (folder / "my file.toml").touch()
    with typing_in(shell, folder) as terminal:
        lines = {typed: terminal.press(typed)[0] for typed in COMPLETED}

    assert lines == COMPLETED


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_what_was_typed_becomes_the_name_that_it_means(
    shell: str, folder: Path
) -> None:
    """Fish does not let a candidate replace what it does not continue."""
    with typing_in(shell, folder) as terminal:
        assert terminal.press("roadmap show 2106.09685\t")[0] == "roadmap show lora "
        assert terminal.press("roadmap list agents\t")[0] == "roadmap list llm/agents "


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_likeliest_stands_first(shell: str, folder: Path, roadmap: Run) -> None:
    """The shell does not put the candidates in another order."""
    roadmap("mark-read", "prefix-tuning")
    roadmap("mark-reading", "prompt-tuning")
    with typing_in(shell, folder) as terminal:
        shown = terminal.press("roadmap mark-read pr\t\t")[1]

    assert -1 < shown.find("prompt-tuning") < shown.find("prefix-tuning")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_titles_and_sentences_stand_beside_the_names(shell: str, folder: Path) -> None:
    """Bash has no place for them."""
    with typing_in(shell, folder) as terminal:
        commands = terminal.press("roadmap mark-r\t\t")[1]
        papers = terminal.press("roadmap show lora\t\t")[1]

    assert "Mark papers as begun" in commands
    assert "LoRA Learns Less and Forgets Less" in papers


@pytest.mark.parametrize("shell", SHELLS)
def test_the_other_name_of_the_program_completes_too(shell: str, folder: Path) -> None:
    """Each name has a script of its own: another `roadmap` may be on the machine."""
    with typing_in(shell, folder, "genai-roadmap") as terminal:
        line, _ = terminal.press("genai-roadmap show attent\t")
        other, _ = terminal.press("roadmap show attent\t")

    assert line == "genai-roadmap show attention "
    assert other == "roadmap show attent"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_program_that_is_called_by_its_path_completes_too(
    shell: str, folder: Path
) -> None:
    """As after `make next`: `.venv/bin/roadmap`."""
    (folder / "bin").symlink_to(PROGRAMS)
    with typing_in(shell, folder, "./bin/roadmap") as terminal:
        line, _ = terminal.press("./bin/roadmap show attent\t")
        home, _ = terminal.press("~/bin/roadmap show attent\t")

    assert line == "./bin/roadmap show attention "
    assert home == "~/bin/roadmap show attention "


@pytest.mark.parametrize("shell", SHELLS)
def test_titles_are_never_run_and_never_obeyed(shell: str, folder: Path) -> None:
    """Whatever a catalogue from the net calls its papers."""
    title = r"$(touch owned)`touch owned`';touch owned;' %F{red} \u001b]0;OWNED\u0007"
    paper = paper_text("xenon").replace('"T"', f'"{title}"')
    other = paper_text("xerox").replace('"T"', '"[/] :: \\\\: $IFS"')
    (folder / "evil.toml").write_text(HEAD + paper + other, "utf-8")
    with typing_in(shell, folder) as terminal:
        line, shown = terminal.press("roadmap --catalogue evil.toml show xe\t\t\t")
        whole, _ = terminal.press("roadmap --catalogue evil.toml show xen\t")

    assert line.startswith("roadmap --catalogue evil.toml show xe")
    assert whole == "roadmap --catalogue evil.toml show xenon "
    assert "xerox" in shown
    assert "\x1b]0;OWNED" not in shown
    assert "OWNED\x07" not in shown
    assert [path.name for path in folder.rglob("owned")] == []


@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_is_said_between_what_is_typed(
    shell: str, folder: Path, home: Path, roadmap: Run
) -> None:
    """A damaged journal and a damaged catalogue: the line stays as it was."""
    roadmap("mark-read", "lora")
    (journal,) = (home / "progress").glob("*.toml")
    journal.write_text("<<<<<<<", "utf-8")
    (folder / "bad.toml").write_text("[[[", "utf-8")
    with typing_in(shell, folder) as terminal:
        line, shown = terminal.press("roadmap mark-read attent\t")
        bad, silence = terminal.press("roadmap --catalogue bad.toml show b\t\t")

    assert line == "roadmap mark-read attention "
    assert bad == "roadmap --catalogue bad.toml show b"
    assert "error" not in shown + silence
    assert "warning" not in shown + silence


def test_zsh_finds_the_script_as_a_file_too(folder: Path, process: Run) -> None:
    """In a folder of `fpath`, under the name `_roadmap`."""
    (folder / "functions").mkdir()
    script = process("completion", "zsh").out
    (folder / "functions" / "_roadmap").write_text(script, "utf-8")
    with typing_in("zsh", folder, None) as terminal:
        terminal.run("fpath=(~/functions $fpath); autoload -Uz compinit")
        terminal.run("compinit -D -u")
        first, _ = terminal.press("roadmap show attent\t")
        second, _ = terminal.press("roadmap show attent\t")

    assert first == second == "roadmap show attention "
