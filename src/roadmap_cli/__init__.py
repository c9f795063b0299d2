"""A curriculum in the terminal: what to read next, and why."""

__version__ = "0.1.0"
