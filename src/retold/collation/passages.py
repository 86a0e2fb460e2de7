"""The collation of two articles: the passages they share and the statements they both report."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from retold.article import Article, Span
from retold.collation.alignment import Pairing, Pairings, align, sureness
from retold.collation.clauses import pair_clauses
from retold.collation.collation import Collation, Link, Passage
from retold.collation.comparing import compare
from retold.collation.links import find_links
from retold.collation.witness import Telling, Witness, make_witness, telling
from retold.statements.statement import Statement


class Aligned(NamedTuple):
    """A sentence of `b` (index) with the sentences of `a` it retells, and the passage made of them."""

    pairings: tuple[Pairing, ...]
    sentence: int
    passage: Passage


def collate(a: Article, b: Article, statements: Sequence[Statement] | None = None) -> Collation:
    """Compare two articles fully: aligned passages, shared statements, and what changed from `a` to `b`.

    `statements` are those found in the two articles; None: they are looked for here. Only the articles' own words
    are compared. Both tuples of the result are empty where the two tell nothing in common. Raises: nothing.

    >>> from retold import read_text
    >>> one = read_text("The lock stayed shut for 14 days. Nobody paid the pilots for it.", name="one")
    >>> other = read_text("The lock stayed shut for 40 days. The millers wrote to the mayor.", name="other")
    >>> [(found.relation, found.changes[0].note) for found in collate(one, other).passages]
    [('altered', '“40” where the other has “14”')]
    """
    if statements is None:
        from retold.statements.find import read_article
        from retold.statements.shipped import load_network

        witnesses = [make_witness(one, *read_article(one, load_network(fast=False))) for one in (a, b)]
    else:
        witnesses = [make_witness(x, [s for s in statements if s.article == x.id]) for x in (a, b)]
    return Collator().collate(witnesses[0], witnesses[1])


class Collator:
    """The comparisons of witnesses, each made when it is first asked for, and then kept."""

    def __init__(self) -> None:
        self.pairings = Pairings()
        self._aligned: dict[tuple[str, str], tuple[Aligned, ...]] = {}

    def aligned(self, a: Witness, b: Witness) -> tuple[Aligned, ...]:
        """The passages that `b` shares with `a`, in b's order, one for each sentence of `b` that retells `a`."""
        key = (a.article.id, b.article.id)
        if key not in self._aligned:
            chosen = align(a, b, self.pairings)
            self._aligned[key] = tuple(Aligned(found, index, _passage(a, b, found, index)) for found, index in chosen)
        return self._aligned[key]

    def collate(self, a: Witness, b: Witness) -> Collation:
        """Compare two articles fully; see `collate`."""
        passages = (*(found.passage for found in self.aligned(a, b)), *self._of_clauses(a, b))
        in_order = tuple(sorted(passages, key=lambda one: one.b_spans if one.b == b.article.id else one.a_spans))
        return Collation(
            a=a.article.id, b=b.article.id, passages=in_order, links=self.links(a, b), how="words and meaning"
        )

    def _of_clauses(self, a: Witness, b: Witness) -> Iterator[Passage]:
        """Passages of clauses, in sentences of `b` that retell no whole sentence of `a`."""
        whole = {found.sentence for found in self.aligned(a, b)}
        rest = [index for index in range(len(b.sentences)) if index not in whole]
        for pair in pair_clauses(a, b, rest, self.pairings.rarity(a, b)):
            tellings = telling(a, [pair.a]), telling(b, [pair.b])
            yield _make_passage(*tellings, how="words of clauses", confidence=round(pair.likeness, 2))

    def links(self, a: Witness, b: Witness) -> tuple[Link, ...]:
        """The statements of `a` and `b` (which may be one witness) that tell one utterance."""
        return find_links(a, b, self.pairings.rarity(a, b))


def _passage(a: Witness, b: Witness, pairings: Sequence[Pairing], index: int) -> Passage:
    telling_a = telling(a, (a.sentences[pairing.a].span for pairing in pairings))
    telling_b = telling(b, (b.sentences[index].span,))
    return _make_passage(telling_a, telling_b, how="words and meaning", confidence=_confidence(a, b, pairings[0]))


def _make_passage(telling_a: Telling, telling_b: Telling, *, how: str, confidence: float) -> Passage:
    comparison = compare(telling_a, telling_b)
    fuller, other = (telling_b, telling_a) if comparison.swapped else (telling_a, telling_b)
    return Passage(
        id=stable_id("p", telling_a.witness.article.id, telling_a.spans, telling_b.witness.article.id, telling_b.spans),
        a=fuller.witness.article.id,
        a_spans=fuller.spans,
        b=other.witness.article.id,
        b_spans=other.spans,
        relation=comparison.relation,
        changes=comparison.changes,
        how=how,
        confidence=confidence,
    )


def _confidence(a: Witness, b: Witness, pairing: Pairing) -> float:
    return round(min(_SUREST, sureness(pairing, a.sentences[pairing.a], b.sentences[pairing.b])), 2)


_SUREST = 0.99


def stable_id(prefix: str, *parts: str | Iterable[Span]) -> str:
    """An id that depends on nothing but the articles and places it is about."""
    text = "|".join(part if isinstance(part, str) else repr([tuple(span) for span in part]) for part in parts)
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
