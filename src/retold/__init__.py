"""Retold: who said what, who copied whom, what changed in the retelling, and where each side stands."""

__version__ = "0.1.0"
