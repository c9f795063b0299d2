"""The terminal: its streams, and the programs that take it over for a while."""
