"""Build the wheel and use it as a new user would: in a fresh environment, outside the checkout."""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[1]
CALLS = (
    ("next",),
    ("list", "llm"),
    ("list", "training-and-reasoning"),
    ("search", "lora"),
    ("mark-read", "lora"),
    ("mark-reading", "attention"),
    ("mark-read",),
    ("show", "lora"),
)
OTHER_NAMES = (("genai-roadmap", "next"), ("python", "-m", "roadmap_cli", "next"))


def run(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a command that has to succeed."""
    return subprocess.run(command, check=True, text=True, **more)


def main() -> None:
    """Build, install, call; the first failure ends it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        build = ("-m", "build", "--wheel", "--outdir", folder, CHECKOUT)
        run(sys.executable, *build, stdout=subprocess.DEVNULL)
        (wheel,) = place.glob("*.whl")
        venv.create(place / "env", with_pip=True)
        python = place / "env" / "bin" / "python"
        run(
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            wheel,
        )
        for page in ("roadmap.1", "genai-roadmap.1"):
            if not (place / "env" / "share" / "man" / "man1" / page).is_file():
                sys.exit(f"the wheel brings no {page}")
        environment = {**os.environ, "ROADMAP_HOME": str(place / "home")}
        for program, *call in [*(["roadmap", *call] for call in CALLS), *OTHER_NAMES]:
            here = {"cwd": place, "env": environment, "capture_output": True}
            done = run(python.with_name(program), *call, **here)
            if not done.stdout:
                sys.exit(f"{program} {' '.join(call)} printed nothing")
        print(f"{wheel.name}: {len(CALLS) + len(OTHER_NAMES)} calls went well")


if __name__ == "__main__":
    main()
