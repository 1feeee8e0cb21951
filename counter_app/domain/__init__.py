"""Rules and values of the one-stop counter; the standard library only."""
