"""The library: articles that are kept, their stories, and what can be asked across all of them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from retold.library.errors import LibraryError
from retold.library.library import Library

if TYPE_CHECKING:
    from retold.library.adding import Added
    from retold.library.answers import Hit, Hits, Quote, Quotes, Trace, TracedTelling
    from retold.library.storing import Outcome

__all__ = [
    "Added",
    "Hit",
    "Hits",
    "Library",
    "LibraryError",
    "Outcome",
    "Quote",
    "Quotes",
    "Trace",
    "TracedTelling",
]

_ANSWERS = "retold.library.answers"
# They are loaded when they are first asked for: what adding needs takes longer to import than a question takes.
_HOMES = {
    "Added": "retold.library.adding",
    "Hit": _ANSWERS,
    "Hits": _ANSWERS,
    "Outcome": "retold.library.storing",
    "Quote": _ANSWERS,
    "Quotes": _ANSWERS,
    "Trace": _ANSWERS,
    "TracedTelling": _ANSWERS,
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'retold.library' has no attribute {name!r}")
