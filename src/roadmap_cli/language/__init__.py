"""How words are compared, and how counts and lengths of time are read and written."""
