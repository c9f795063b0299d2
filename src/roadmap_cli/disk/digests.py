"""The digest by which contents are told apart: BLAKE2, without OpenSSL, a fortieth of a run."""

try:  # what hashlib would give
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
