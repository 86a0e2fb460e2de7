"""The library: articles that are kept, their stories, and what can be asked across all of them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from retold.library.errors import LibraryError
from retold.library.library import Library
from retold.library.selecting import Wanted

if TYPE_CHECKING:
    from retold.library.adding import Added
    from retold.library.asking.answers import Hit, Hits, Quote, Quotes, Trace, TracedTelling
    from retold.library.storing import Outcome
    from retold.library.story_list import NotedChange, Story, StoryArticle, StoryPage

__all__ = [
    "Added",
    "Hit",
    "Hits",
    "Library",
    "LibraryError",
    "NotedChange",
    "Outcome",
    "Quote",
    "Quotes",
    "Story",
    "StoryArticle",
    "StoryPage",
    "Trace",
    "TracedTelling",
    "Wanted",
]

_ANSWERS, _STORIES = "retold.library.asking.answers", "retold.library.story_list"
# They are loaded when they are first asked for: what adding needs takes longer to import than a question takes.
_HOMES = {
    "Added": "retold.library.adding",
    "Hit": _ANSWERS,
    "Hits": _ANSWERS,
    "NotedChange": _STORIES,
    "Outcome": "retold.library.storing",
    "Quote": _ANSWERS,
    "Quotes": _ANSWERS,
    "Story": _STORIES,
    "StoryArticle": _STORIES,
    "StoryPage": _STORIES,
    "Trace": _ANSWERS,
    "TracedTelling": _ANSWERS,
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'retold.library' has no attribute {name!r}")
