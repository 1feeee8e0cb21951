"""Offline-first one-stop counter: dossiers, return dates, receipts, and their exchange."""

__version__ = "0.1.0"
