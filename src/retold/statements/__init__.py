"""Articles in, statements out: who says what, by which words, to whom and when; and whom an article names."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from retold.statements.statement import Quotation, Speaker, Statement

if TYPE_CHECKING:
    from retold.statements.find import find_entities, find_statements

__all__ = ["Quotation", "Speaker", "Statement", "find_entities", "find_statements"]


def __getattr__(name: str) -> Any:
    if name in __all__:  # who only reads statements that are there need not load all that finds them
        return getattr(import_module("retold.statements.find"), name)
    raise AttributeError(f"module 'retold.statements' has no attribute {name!r}")
