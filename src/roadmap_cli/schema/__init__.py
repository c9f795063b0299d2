"""What a catalogue file may say, and its complaints in our words.

The only home of pydantic. `check` takes what a TOML parser read and gives back the same
document, complete and typed, or raises `DataFileError` with up to twenty problems.
"""

from roadmap_cli.schema.check import FORMAT, VERSION, check, check_in_parts

__all__ = ["FORMAT", "VERSION", "check", "check_in_parts"]
