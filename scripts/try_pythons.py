"""Run the quick tests on every supported Python of this machine but the one that runs this."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
SUPPORTED = ("3.11", "3.12", "3.13")


def usable(version: str) -> str | None:
    """The interpreter of that version, if it is there and really starts."""
    found = shutil.which(f"python{version}")
    candidates = [
        found,
        *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python")),
    ]
    for candidate in filter(None, candidates):
        started = subprocess.run(
            [candidate, "-c", ""], check=False, capture_output=True
        )
        if started.returncode == 0:
            return candidate
    return None


def main() -> None:
    """Make an environment for each, and run the tests marked `quick`."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    environment = {
        name: one
        for name, one in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE"
    }
    for version in SUPPORTED:
        interpreter = None if version == here else usable(version)
        if interpreter is None:
            print(
                f"Python {version}: {'runs the whole suite' if version == here else 'not here'}"
            )
            continue
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([interpreter, "-m", "venv", folder], check=True)
            python = str(Path(folder) / "bin" / "python")
            install = [
                python,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ]
            subprocess.run([*install, f"{CHECKOUT}[test]"], check=True)
            tests = [
                python,
                "-m",
                "pytest",
                "-q",
                "-m",
                "quick",
                "-p",
                "no:cacheprovider",
            ]
            print(f"Python {version}:", flush=True)
            subprocess.run(tests, check=True, cwd=CHECKOUT, env=environment)


if __name__ == "__main__":
    main()
