"""Build the wheel and use it as a new user would: in a fresh environment, outside the checkout."""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
CALLS = (
    ("next",),
    ("list", "llm"),
    ("search", "lora"),
    ("mark-read", "lora"),
    ("mark-reading", "attention"),
    ("mark-read",),
    ("show", "lora"),
)


def main() -> None:
    """Build, install, call; the first failure ends it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        build = [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--outdir",
            folder,
            str(CHECKOUT),
        ]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        (wheel,) = place.glob("*.whl")
        venv.create(place / "env", with_pip=True)
        python = place / "env" / "bin" / "python"
        install = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*install, wheel], check=True)
        environment = {**os.environ, "ROADMAP_HOME": str(place / "home")}
        for call in CALLS:
            for program in (
                ("roadmap",),
                ("genai-roadmap",),
                ("python", "-m", "roadmap_cli"),
            ):
                if call[0].startswith("mark") and program != ("roadmap",):
                    continue
                command = [str(python.with_name(program[0])), *program[1:], *call]
                done = subprocess.run(
                    command,
                    check=True,
                    cwd=place,
                    env=environment,
                    capture_output=True,
                    text=True,
                )
                if not done.stdout:
                    sys.exit(f"{' '.join(command)} printed nothing")
        print(f"{wheel.name}: {len(CALLS)} calls went well")


if __name__ == "__main__":
    main()
