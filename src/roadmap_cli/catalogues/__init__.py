"""Catalogue files: what one may say, and how it is read into a library.

The only home of pydantic. `reading` finds and reads files, `check` takes what the TOML parser
read and returns the same document, complete and typed, or raises `DataFileError` with up to
twenty problems.
"""
