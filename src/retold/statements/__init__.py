"""Articles in, statements out: who says what, by which words, to whom and when; and whom an article names."""

from retold.statements.find import find_entities, find_statements
from retold.statements.statement import Quotation, Speaker, Statement

__all__ = ["Quotation", "Speaker", "Statement", "find_entities", "find_statements"]
