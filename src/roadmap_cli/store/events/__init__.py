"""The events of all journals in SQLite, read only as far as they are new."""
