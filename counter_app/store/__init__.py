"""The encrypted local store: event log, caches, search, upgrades."""
