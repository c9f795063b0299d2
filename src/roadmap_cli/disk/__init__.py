"""Files, whole or not at all: where they are, what stands there, and how they are written."""
