"""Whether the reader chose among the shipped catalogues, for who must not load all of events."""

import sqlite3
from contextlib import closing
from pathlib import Path

from roadmap_cli.store import database


def may_choose(cache: Path) -> bool:
    """Whether events that choose catalogues were indexed: `EventIndex.settings` has which.

    It is a hint: what another device said since the last command is not seen.
    """
    path = cache / "events.sqlite"
    try:
        if not path.exists():
            return False
        with closing(database.connect(path)) as connection:
            query = "SELECT 1 FROM event WHERE setting = 'uses' LIMIT 1"
            return connection.execute(query).fetchone() is not None
    except (
        sqlite3.OperationalError
    ):  # no such table: of another version, or of none yet
        return False
    except OSError:
        return False
    except database.DAMAGE as error:
        database.raise_if_misused(error)
        return False
