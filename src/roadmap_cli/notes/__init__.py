"""The format of a note: its front matter and its encoding."""
