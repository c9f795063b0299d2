"""The SQLite cache: what catalogues, journals and notes say, ready to be asked.

Never the truth: it is found by the contents of the files themselves, so it cannot be stale;
deleting it is always safe, and where there is no place to write one, answers are only slower.
"""
