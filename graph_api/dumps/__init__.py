"""The whole graph in one file, and back into either engine."""
