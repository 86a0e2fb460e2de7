"""How good the ledger is: acts, their status and voice, event types, codebooks, and codes learned from a coder."""

from benchmarks.ledger.command import add_command

__all__ = ["add_command"]
