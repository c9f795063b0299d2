"""All catalogues as one list to read from: papers, topics, works, and what they are called."""
