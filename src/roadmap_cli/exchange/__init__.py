"""Other formats, text to text, one file for each."""
