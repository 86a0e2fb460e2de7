"""A witness: one article prepared for comparison, its sentences with their words and whose words they are.

The term is textual criticism's: each text that tells a thing bears witness to it.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from retold.article import RUNNING_TEXT, Article, Evidence, Span
from retold.language.dates import DateExpression, find_dates
from retold.language.names import Entity, find_entities
from retold.language.numbers import Quantity, quantities_of
from retold.language.pieces import PiecedWord, read_pieces
from retold.language.sentences import split_sentences
from retold.language.vectors import WIDTH, sentence_vectors, text_vectors
from retold.language.words import Word, words_in
from retold.statements.quotations import find_quotations
from retold.statements.statement import Quotation, Statement

MAX_SENTENCES = 1_000
"""Of a longer text only so many sentences are compared: pairs grow with the square, and no report is that long."""

MOST_HOLDERS = 60
"""Sentences that one root leads to: in a report of 60 sentences every one, in endless text the first."""

_MOST_VECTORS = 400
"""Sentences of a text that get a vector: a report has 20 to 80, and each costs milliseconds."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a witness. `words` in text order; `heading` is True outside the body.

    `roots` are those of its content words; `plain` those of them that are written in lower case: what it tells,
    apart from the names it tells it of.
    """

    span: Span
    words: tuple[Word, ...]
    roots: frozenset[str]
    plain: frozenset[str]
    heading: bool


@dataclass(frozen=True, eq=False)
class Witness:
    """One article with its sentences, and what earlier rooms found in it, each in text order.

    `quoted` are the stretches in quotation marks, nested ones left out.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    quoted: tuple[Span, ...]
    dates: tuple[DateExpression, ...]
    entities: tuple[Entity, ...]

    @cached_property
    def _innermost(self) -> tuple[Statement, ...]:
        """The statements, shortest content first: of those that hold a word the first is the innermost."""
        return tuple(sorted(self.statements, key=lambda found: sum(end - start for start, end in found.content)))

    @cached_property
    def _held(self) -> dict[tuple[int, int], Statement | None]:
        return {}

    def statement_at(self, place: Word | Span) -> Statement | None:
        """The innermost statement in whose content a word (or span) stands; None: the report's own words."""
        key = (place[0], place[1])
        if key not in self._held:
            self._held[key] = next((found for found in self._innermost if inside(place, found.content)), None)
        return self._held[key]

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """The vector of each sentence [sentences, WIDTH]; beyond the first few hundred of a text they are zero."""
        vectors = np.zeros((len(self.sentences), WIDTH), np.float32)
        stretches = [sentence.span for sentence in self.sentences[:_MOST_VECTORS]]
        vectors[: len(stretches)] = sentence_vectors(self.article.text, stretches)
        return vectors

    @cached_property
    def holders(self) -> dict[str, tuple[int, ...]]:
        """By root: the sentences (indexes) that have it, of a root that many have the first ones."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, sentence in enumerate(self.sentences):
            for root in sentence.roots:
                if len(found[root]) < MOST_HOLDERS:
                    found[root].append(index)
        return {root: tuple(places) for root, places in found.items()}

    @cached_property
    def pieces(self) -> tuple[tuple[PiecedWord, ...], ...]:
        """The words of each sentence as the networks read them."""
        read = read_pieces(self.article.text, [sentence.span for sentence in self.sentences])
        return tuple(map(tuple, read))

    @cached_property
    def tellings(self) -> tuple["Telling", ...]:
        """The content of each statement, in the order of `statements`."""
        return tuple(telling(self, statement.content) for statement in self.statements)

    @cached_property
    def content_vectors(self) -> NDArray[np.float32]:
        """The vector of what each statement tells [statements, WIDTH], in the order of `statements`."""
        return text_vectors([" ".join(self.article.words(one.content).split()) for one in self.statements])

    @cached_property
    def setting_vectors(self) -> NDArray[np.float32]:
        """The mean vector of the sentences in which each statement's content stands, of length 1."""
        means = np.zeros((len(self.statements), WIDTH), np.float32)
        starts = [sentence.span.start for sentence in self.sentences]
        for index, statement in enumerate(self.statements):
            ranges = (range(max(0, bisect_right(starts, s) - 1), bisect_left(starts, e)) for s, e in statement.content)
            mean = self.vectors[sorted({place for one in ranges for place in one})].sum(0)
            means[index] = mean / max(1e-6, float(np.linalg.norm(mean)))
        return means

    @cached_property
    def counted(self) -> dict[str, list[tuple[Sentence, Quantity]]]:
        """By unit: the quantities of all sentences, each with its sentence, in text order."""
        found: dict[str, list[tuple[Sentence, Quantity]]] = defaultdict(list)
        for sentence in self.sentences:
            for quantity in quantities_of(self.article.text, sentence.words):
                found[quantity.unit].append((sentence, quantity))
        return found

    @cached_property
    def own_words(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each sentence that are the reporter's: unquoted; in a transcript none are."""
        if self.article.genre == "transcript":  # every turn of speech is somebody's words, without marks
            return ((),) * len(self.sentences)
        return tuple(
            tuple(word for word in sentence.words if not inside(word, self.quoted)) for sentence in self.sentences
        )

    def entity_at(self, place: Word | Span) -> Entity | None:
        """The person, body or place of whose mention a word (or span) is part; None: of none that is known."""
        index = _holder(place, self._mentions[0])
        return None if index is None else self._mentions[1][index]

    @cached_property
    def _mentions(self) -> tuple[list[Span], list[Entity]]:
        """All mentions in text order, and whose each is."""
        found = sorted((span, number) for number, entity in enumerate(self.entities) for span in entity.mentions)
        return [span for span, _ in found], [self.entities[number] for _, number in found]

    def voice_of(self, place: Word | Span) -> str:
        """Whose words stand there, for a note: "Ada Venn, quoted", "Ada Venn" or "the report"."""
        statement = self.statement_at(place)
        if statement is None:
            return "the report"
        names = " and ".join(speaker.name for speaker in statement.speakers if speaker.name)
        source = " ".join(self.article.words(statement.source).split())
        return (names or source or "an unnamed speaker") + (", quoted" if inside(place, self.quoted) else "")


@dataclass(frozen=True, eq=False)
class Telling:
    """The words of a witness at `spans`: a passage, or the content of a statement."""

    witness: Witness
    spans: tuple[Span, ...]
    words: tuple[Word, ...]

    @cached_property
    def roots(self) -> frozenset[str]:
        return frozenset(word.root for word in self.words if word.content)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Its runs of three words."""
        norms = [word.norm for word in self.words]
        return frozenset(zip(norms, norms[1:], norms[2:], strict=False))

    @property
    def heading(self) -> bool:
        """Whether all of it stands outside the body."""
        sentences = [s for s in self.witness.sentences if overlap([s.span], self.spans)]
        return all(sentence.heading for sentence in sentences)

    def evidence(self, spans: Iterable[Span]) -> Evidence:
        """Words of this telling as evidence."""
        return Evidence(self.witness.article.id, tuple(spans))

    def text(self, span: Span) -> str:
        return self.witness.article.text[span.start : span.end]


def telling(witness: Witness, spans: Iterable[Span]) -> Telling:
    """The telling at `spans`, in text order."""
    ordered = tuple(sorted(spans))
    return Telling(witness, ordered, words_in(witness.article.text, ordered))


def overlap(one: Iterable[Span], other: Sequence[Span]) -> int:
    """How many characters two sets of spans share."""
    return sum(
        max(0, min(end, other_end) - max(start, other_start)) for start, end in one for other_start, other_end in other
    )


def inside(place: Word | Span, spans: Sequence[Span]) -> bool:
    """Whether a word (or span) stands in one of `spans`, which are in text order and share no character."""
    return _holder(place, spans) is not None


def _holder(place: Word | Span, spans: Sequence[Span]) -> int | None:
    """The index of the one of `spans` in which a place stands."""
    index = bisect_right(spans, (place[0], math.inf)) - 1
    return index if index >= 0 and place[1] <= spans[index].end else None


_BELIEVED = 0.5
"""How sure a statement must be: where no statement is likelier than one, the words are the reporter's own."""


def make_witness(
    article: Article, statements: Sequence[Statement], entities: Sequence[Entity] | None = None
) -> Witness:
    """Prepare `article` for comparison, with the `statements` and `entities` found in it (None: they are looked for
    here, by rules alone)."""
    split = (
        (span, block.kind not in RUNNING_TEXT)
        for block in article.own_blocks()
        for span in split_sentences(article.text, block.start, block.end)
    )
    sentences = tuple(_sentence(article.text, span, heading) for span, heading in islice(split, MAX_SENTENCES))
    end = sentences[-1].span.end if sentences else 0
    own = tuple(block.span for block in article.own_blocks())
    published = date.fromisoformat(article.published) if article.published else None
    return Witness(
        article,
        sentences,
        tuple(one for one in statements if one.content[0].start < end and one.confidence >= _BELIEVED),
        _quoted(article, own),
        find_dates(article.text, own, published),
        find_entities(article) if entities is None else tuple(entities),
    )


def _quoted(article: Article, own: Sequence[Span]) -> tuple[Span, ...]:
    """What stands in quotation marks; of a transcript its whole body, every turn of which is somebody's words."""
    if article.genre == "transcript":
        return tuple(block.span for block in article.own_blocks() if block.kind in RUNNING_TEXT)
    return _outer(find_quotations(article.text, own))


def _outer(quotations: Iterable[Quotation]) -> tuple[Span, ...]:
    """The stretches in marks in text order, those left out that stand in another."""
    found: list[Span] = []
    for span in sorted(span for quotation in quotations if not quotation.nested for span in quotation.spans):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)


def _sentence(text: str, span: Span, heading: bool) -> Sentence:
    words = words_in(text, (span,))
    content = [word for word in words if word.content]
    return Sentence(
        span,
        words,
        frozenset(word.root for word in content),
        frozenset(word.root for word in content if not text[word.start].isupper()),
        heading,
    )


class Rarity:
    """How much a shared word says: the rarer among the sentences compared, the more.

    Weights are inverse sentence frequencies (Spärck Jones 1972) over all sentences given; an unseen root weighs as
    one that occurs once.
    """

    def __init__(self, witnesses: Iterable[Witness]) -> None:
        sentences = [sentence for witness in witnesses for sentence in witness.sentences]
        counts = Counter(root for sentence in sentences for root in sentence.roots)
        self._unseen = math.log(1 + max(1, len(sentences)))
        self._weights = {root: math.log(1 + len(sentences) / count) for root, count in counts.items()}

    def of(self, roots: Iterable[str]) -> float:
        """The summed weight of `roots`, the same in whatever order a set gives them (hence fsum)."""
        return math.fsum(self._weights.get(root, self._unseen) for root in roots)
