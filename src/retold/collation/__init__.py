"""Collation: two tellings side by side, what they share, what changed, what only one of them has."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.collation.collation import Change, Collation, Link, Passage, QuotationCheck, Retelling, Support
    from retold.collation.passages import Collator, collate
    from retold.collation.primary import check_quotations
    from retold.collation.retellings import group_retellings
    from retold.collation.search import Shelf
    from retold.collation.support import find_support
    from retold.collation.witness import Witness, make_witness

# Where each name lives. They are loaded when they are first asked for: who compares two tellings needs no search.
_HOMES = {
    "Change": "retold.collation.collation",
    "Collation": "retold.collation.collation",
    "Link": "retold.collation.collation",
    "Passage": "retold.collation.collation",
    "QuotationCheck": "retold.collation.collation",
    "Retelling": "retold.collation.collation",
    "Support": "retold.collation.collation",
    "Collator": "retold.collation.passages",
    "collate": "retold.collation.passages",
    "check_quotations": "retold.collation.primary",
    "group_retellings": "retold.collation.retellings",
    "Shelf": "retold.collation.search",
    "find_support": "retold.collation.support",
    "Witness": "retold.collation.witness",
    "make_witness": "retold.collation.witness",
}

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


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'retold.collation' has no attribute {name!r}")
