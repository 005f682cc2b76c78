"""How the service starts, listens, works in several processes, and ends."""
