"""What is asked of the network, and how politely: the only room of httpx."""
