"""Catalogues laid down in SQLite, and the library that looks up what it is asked."""
