"""Rows become text: for pipes, for programs, and drawn for people on a terminal.

The one place where data turns into terminal text. `text` needs nothing but the standard
library; `draw` is the home of rich and is loaded only for a terminal.
"""
