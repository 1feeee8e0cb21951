"""Keys, signatures, sealing and words for secrets, over the `cryptography` package."""
