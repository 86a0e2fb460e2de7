"""Retellings of known change and descent, made from real reports; what of it is found. See README.md here."""

from benchmarks.retelling.command import add_command

__all__ = ["add_command"]
