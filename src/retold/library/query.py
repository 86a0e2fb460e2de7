"""What is searched for: words, "phrases", alternatives (OR) and what must not be there (-word)."""

import re
from typing import NamedTuple

from retold.article import Span
from retold.language.words import Word, words_in
from retold.library.errors import LibraryError

Phrase = tuple[str, ...]
"""Roots that stand one after the other, but for function words between them."""


class Query(NamedTuple):
    """All of `wanted` must be there, of each group one phrase, and none of `unwanted`."""

    wanted: tuple[tuple[Phrase, ...], ...]
    unwanted: tuple[Phrase, ...] = ()

    @property
    def phrases(self) -> frozenset[Phrase]:
        """All that may be there."""
        return frozenset(phrase for group in self.wanted for phrase in group)


_PART = re.compile(r'(-?)(?:"([^"]*)"|“([^”]*)”|(\S+))')


def read_query(words: str) -> Query:
    """Read a search as a user writes it: `cash payment OR swap -oil "security guarantees"`.

    Raises LibraryError where no word of it can be searched for.
    """
    wanted: list[list[Phrase]] = []
    unwanted: list[Phrase] = []
    joined = False
    for match in _PART.finditer(words):
        minus, *forms = match.groups()
        raw = next(form for form in forms if form is not None)
        if raw == "OR" and not minus:
            joined = bool(wanted)
            continue
        phrase = phrase_of(raw)
        if not phrase:
            continue
        if minus:
            unwanted.append(phrase)
        elif joined:
            wanted[-1].append(phrase)
        else:
            wanted.append([phrase])
        joined = False
    if not wanted:
        raise LibraryError(f"nothing in {words!r} can be searched for: give a word that says something")
    return Query(tuple(map(tuple, wanted)), tuple(unwanted))


def phrase_of(words: str) -> Phrase:
    """The roots of the content words of a phrase; empty: it has none."""
    found = (term(word) for word in words_in(words, (Span(0, len(words)),)) if word.content)
    return tuple(filter(None, found))


def term(word: Word) -> str:
    """How a word is searched for, and stands in the index: its root, letters and digits only; "": it has none."""
    return "".join(filter(str.isalnum, word.root))
