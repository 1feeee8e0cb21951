"""The server above the communes, and its command line."""
