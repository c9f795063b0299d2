"""What a TAB in the shell offers, found without the framework of the command line.

The shell's function (`scripts`) calls the program with the words typed so far; `line` knows
which of them the cursor is at, `offers` what can stand there, `answer` says it.
"""

VARIABLE = "_ROADMAP_COMPLETE"
"""In the environment of a run it says that a shell is asking, and which one."""
