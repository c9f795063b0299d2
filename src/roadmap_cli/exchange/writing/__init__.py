"""Entries written in the formats of others, as text; what comes in is read by its readers."""
