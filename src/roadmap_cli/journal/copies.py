"""The names of copies: each is the time when it was made, so that names sort as times do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from roadmap_cli.disk import probe

FOLDER = "backups"
"""The folder of copies in the data folder."""
_NAME = "%Y-%m-%dT%H%M%S.%fZ"
_OFTEN = timedelta(days=1)


def path_of(data: Path, made: datetime) -> Path:
    """The file of a copy of a data folder that was made then."""
    return data / FOLDER / f"{made.astimezone(UTC).strftime(_NAME)}.zip"


def made_at(path: Path) -> datetime:
    """When a copy was made; raises `ValueError` if the name is none of ours."""
    made = datetime.fromisoformat(path.stem)  # `strptime` loads much, at every mark
    if made.tzinfo is None or f"{made.astimezone(UTC):{_NAME}}" != path.stem:
        raise ValueError(path.stem)
    return made


def copies_of(data: Path) -> dict[datetime, Path]:
    """The copies of a data folder by their times; raises `DataFileError` for no folder of them."""
    found: dict[datetime, Path] = {}
    for path in probe.files_in(data / FOLDER, ".zip"):
        try:
            found[made_at(path)] = path
        except ValueError:
            continue  # not one of ours
    return found


def is_copied(data: Path, now: datetime) -> bool:
    """Whether a copy was made within the last day; raises as `copies_of`."""
    return any(now - _OFTEN < made <= now for made in copies_of(data))
