"""Clauses that tell the same inside sentences that do not: a rewriter takes half of a sentence and leaves the rest."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retold.article import Span
from retold.collation.witness import Rarity, Sentence, Witness
from retold.language.words import Word

# Marks and words at which a clause may end. Source: compiled for this project.
_BORDER = re.compile(
    r"[,;:—–]\s|\s(?=(?:and|but|while|although|though|because|which|who|after|before|when|as|saying|adding)\s)"
)
_MIN_ROOTS = 3  # content words of a clause: fewer are a name or a date
_MIN_LIKENESS = 0.6  # weighted Dice of two clauses; most of both, or they would not be called the same
_MIN_PLAIN = 2  # of the shared words, those that are no names


class ClausePair(NamedTuple):
    """A clause of one witness beside one of the other. `likeness` as of sentences, 0 to 1."""

    a: Span
    b: Span
    likeness: float


class _Clause(NamedTuple):
    span: Span
    roots: frozenset[str]
    plain: frozenset[str]


def pair_clauses(a: Witness, b: Witness, rest: Sequence[int], rarity: Rarity) -> tuple[ClausePair, ...]:
    """For each of the sentences `rest` of `b` its clause that is most like a clause of `a`.

    Sentences of a single clause are left out: they were compared as sentences. In b's order; empty: none is alike.
    """
    clauses_a = [clause for sentence in a.sentences for clause in _clauses(a, sentence)]
    found = []
    for index in rest:
        pairs = [
            ClausePair(one.span, other.span, likeness)
            for other in _clauses(b, b.sentences[index])
            for one in clauses_a
            if len(one.plain & other.plain) >= _MIN_PLAIN
            and (likeness := _likeness(one, other, rarity)) >= _MIN_LIKENESS
        ]
        found += [max(pairs, key=lambda pair: pair.likeness)] if pairs else []
    return tuple(found)


def _likeness(one: _Clause, other: _Clause, rarity: Rarity) -> float:
    whole = rarity.of(one.roots) + rarity.of(other.roots)
    return 2 * rarity.of(one.roots & other.roots) / whole if whole else 0.0


def _clauses(witness: Witness, sentence: Sentence) -> Iterator[_Clause]:
    """The clauses of a body sentence that has several, each with enough words to tell something."""
    text = witness.article.text
    parts = list(_parts(text, sentence))
    if sentence.heading or len(parts) < 2:
        return
    for words in parts:
        content = [word for word in words if word.content]
        yield _Clause(
            Span(words[0].start, words[-1].end),
            frozenset(word.root for word in content),
            frozenset(word.root for word in content if text[word.start].islower()),
        )


def _parts(text: str, sentence: Sentence) -> Iterator[list[Word]]:
    """The words of a sentence between borders; a part with too few goes with the next, the last with the one before."""
    borders = [match.start() for match in _BORDER.finditer(text, *sentence.span)]
    part: list[Word] = []
    whole: list[list[Word]] = []
    for word in sentence.words:
        if borders and word.start >= borders[0]:
            borders = [border for border in borders if border > word.start]
            if len({one.root for one in part if one.content}) >= _MIN_ROOTS:
                whole.append(part)
                part = []
        part.append(word)
    if len({one.root for one in part if one.content}) >= _MIN_ROOTS:
        whole.append(part)
    elif whole:
        whole[-1] += part
    yield from whole
