"""The first run: a wizard from nothing to the first receipt, a file a step."""
