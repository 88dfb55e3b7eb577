"""What can be wrong with the file of another system."""

from __future__ import annotations


class ExchangeError(ValueError):
    """Marks or feedback can't be exchanged with a system; the message says why, and what to do."""
