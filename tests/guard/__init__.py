"""What no test may do, in this process and in all that it starts."""
