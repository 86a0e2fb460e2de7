"""`python -m benchmarks reading`: how well pages, plain texts and dates are read, beside peers, in one run."""

from benchmarks.reading.command import add_command

__all__ = ["add_command"]
