"""A server on this machine that plays all services, for tests and for trying."""
