"""The full screen: what the command line does, for who would rather look around."""
