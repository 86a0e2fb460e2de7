"""Collation: two tellings side by side, what they share, what changed, what only one of them has."""

from retold.collation.collation import Change, Collation, Link, Passage, QuotationCheck, Retelling, Support
from retold.collation.passages import Collator, collate
from retold.collation.primary import check_quotations
from retold.collation.retellings import group_retellings
from retold.collation.search import Shelf
from retold.collation.support import find_support
from retold.collation.witness import Witness, make_witness

__all__ = [
    "Change",
    "Collation",
    "Collator",
    "Link",
    "Passage",
    "QuotationCheck",
    "Retelling",
    "Shelf",
    "Support",
    "Witness",
    "check_quotations",
    "collate",
    "find_support",
    "group_retellings",
    "make_witness",
]
