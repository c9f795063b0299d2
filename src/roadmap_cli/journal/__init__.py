"""Appends, reads and joins journals: the only module that writes the user's progress.

A journal is `progress/<device>.toml` in the data folder: a header, then `[[event]]` tables.
Every device appends to its own and reads all, so that folders shared between machines
never conflict.
"""
