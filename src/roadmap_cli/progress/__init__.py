"""What the reader said of papers, and what follows from it."""
