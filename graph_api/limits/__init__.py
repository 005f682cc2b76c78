"""What is too much: limits on documents, on requests at once, and on requests in a time."""
