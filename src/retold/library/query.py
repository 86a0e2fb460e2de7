"""What is searched for: words, "phrases", alternatives (OR) and what must not be there (-word)."""

import re
from collections.abc import Iterable
from itertools import islice, product
from typing import NamedTuple

from retold.article import Span
from retold.language.words import Word, root_of, words_in
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
        phrases = phrases_of(raw)
        if not phrases:
            continue
        if minus:
            unwanted += phrases
        elif joined:
            wanted[-1] += phrases
        else:
            wanted.append(list(phrases))
        joined = False
    if not wanted:
        raise LibraryError(f"nothing in {words!r} can be searched for: give a word that says something")
    return Query(tuple(map(tuple, wanted)), tuple(unwanted))


def phrases_of(words: str) -> tuple[Phrase, ...]:
    """The content words of a phrase as the index may have them, first as they are written; empty: it has none."""
    return forms_of(word for word in words_in(words, (Span(0, len(words)),)) if word.content)


def forms_of(words: Iterable[Word]) -> tuple[Phrase, ...]:
    """The forms under which the index may have a run of content words; empty: none of them has a root."""
    found = list(filter(None, map(terms, words)))
    return tuple(islice(product(*found), _MOST_FORMS)) if found else ()


_MOST_FORMS = 16  # of a phrase: four of its words may have two roots


def terms(word: Word) -> tuple[str, ...]:
    """The roots under which a word may stand in the index: a name has another one than the same word in lower case, and
    nobody searches in capitals."""
    forms = (word.root, root_of(word.norm, True), root_of(word.norm, False))
    return tuple(dict.fromkeys(filter(None, map(_plain, forms))))


def term(word: Word) -> str:
    """How a word is searched for, and stands in the index: its root, letters and digits only; "": it has none."""
    return _plain(word.root)


def _plain(root: str) -> str:
    return "".join(filter(str.isalnum, root))
