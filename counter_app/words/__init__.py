"""States and errors in the words that people read."""
