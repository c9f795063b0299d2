"""Lists in Markdown."""
