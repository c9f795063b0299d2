"""The commands, a module for each kind: a signature, one call, one `show`."""
