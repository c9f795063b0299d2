"""The index of words: which papers may answer a search, and how words are spelt."""
