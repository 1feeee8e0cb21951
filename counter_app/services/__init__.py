"""What an officer does; the same calls serve the window and the command line."""
