"""The program without a face: what the command line and every other face drive."""
