"""Articles in, statements and named people, bodies and places out: this package's files in the order of their use."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from retold.article import RUNNING_TEXT, Article, Span
from retold.language.names import Entity, ProposedName
from retold.statements.attribution import Attribution, overlap
from retold.statements.attributions import CUE, WINDOW, find_attributions
from retold.statements.occasion import Occasion, find_occasion
from retold.statements.quotations import outer_spans, paragraphs
from retold.statements.reliability import confidence_of
from retold.statements.shipped import load_network
from retold.statements.speakers import Cast, carry, read_cast, resolve
from retold.statements.statement import Speaker, Statement, StatementKind
from retold.statements.tagger import Network, name, tag
from retold.statements.windows import Window, make_windows

_WORD = re.compile(r"[^\W\d_]{2}")  # without one a line says nothing: rules, tables, garbage


def find_statements(article: Article, *, fast: bool = False) -> tuple[Statement, ...]:
    """Find who says what in the article's own blocks, in text order.

    `fast`: with a network of half the layers, faster and a little less well. Offsets: characters of
    `article.text`, end exclusive; no span leaves the own blocks. Empty: nobody is quoted. Raises: nothing. Source of
    the scheme: PARC 3.0 and PolNeAR.
    """
    return read_statements(article, load_network(fast))


def find_entities(article: Article, *, fast: bool = False) -> tuple[Entity, ...]:
    """Find the people, bodies and places that the article's own blocks name, in order of first mention.

    One entity is one person, with all mentions, short forms included, and the role that the text gives. Offsets:
    characters of `article.text`, end exclusive. `fast`: see `find_statements`. Empty: nobody is named. Raises: nothing.
    """
    return read_cast(article, name(load_network(fast), _windows(article, paragraphs(article)))).entities


class ArticleReading(NamedTuple):
    """What an article says: its statements, and whom and what it names."""

    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]


def read_article(article: Article, network: Network) -> ArticleReading:
    """The statements and the named people, bodies and places of an article by this network."""
    found, names = _look(article, network)
    cast = read_cast(article, names)
    return ArticleReading(make_statements(article, found, cast), cast.entities)


def read_statements(article: Article, network: Network) -> tuple[Statement, ...]:
    """The statements of an article by this network."""
    return read_article(article, network).statements


def read_attributions(article: Article, network: Network) -> list[Attribution]:
    """The attributions of an article by this network, in reading order."""
    return _look(article, network)[0]


def _look(article: Article, network: Network) -> tuple[list[Attribution], list[ProposedName]]:
    """The attributions of an article in reading order, and the names in text order, both by this network.

    The windows of one article are read together, those of two never: the networks scale their numbers to the largest
    of a batch, so what is found in an article would depend on its neighbours.
    """
    own = paragraphs(article)
    seen = tag(network, _windows(article, own), CUE)
    tagged = [one for window in seen for one in window.attributions]
    names = [one for window in seen for one in window.names]
    return find_attributions(article.text, own, tagged, network.name), names


def _windows(article: Article, own: Sequence[Span]) -> list[Window]:
    worded = [paragraph for paragraph in own if _WORD.search(article.text, *paragraph)]
    return make_windows(article.text, worded, outer_spans(article.text, own))


def make_statements(article: Article, found: Sequence[Attribution], cast: Cast) -> tuple[Statement, ...]:
    """The statements that attributions (in reading order) become: named, dated, each with its parent."""
    published = date.fromisoformat(article.published) if article.published else None
    parents = _parents(found)
    ids = [_identify(article, one) for one in found]
    speakers: list[tuple[Speaker, ...]] = []
    statements = []
    for number, one in enumerate(found):
        parent = parents[number]
        speakers.append(_speakers(cast, found, speakers, number, parent))
        occasion = _occasion(cast, one, published)
        statements.append(
            _statement(article, ids[number], None if parent is None else ids[parent], one, speakers[-1], occasion)
        )
    return tuple(_name_headline_speakers(article, statements))


def _name_headline_speakers(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """Quoted words that a headline gives to nobody are those of the first body statement that has them too."""
    titles = [block.span for block in article.own_blocks() if block.kind not in RUNNING_TEXT]

    def named(statement: Statement) -> Statement:
        if statement.cue or not any(overlap(statement.content[0], title) for title in titles):
            return statement
        words = article.words(statement.content).strip("“”\"‘’'«» ").lower()
        same = (other for other in statements if other.cue and words in article.words(other.content).lower())
        other = next(same, None)
        return msgspec.structs.replace(statement, speakers=carry(other.speakers) if other else ())

    return [named(statement) for statement in statements]


def _identify(article: Article, one: Attribution) -> str:
    spans = repr((one.source, one.cue, one.content)).encode()
    return f"{article.id}-{hashlib.sha256(spans).hexdigest()[:8]}"


def _parents(found: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the smallest one before it (in reading order) whose content holds all of it."""
    parents: list[int | None] = []
    for number, one in enumerate(found):
        first, last = one.extent
        holders = [
            (span.end - span.start, other)
            for other in range(max(0, number - WINDOW), number)
            for span in found[other].content
            if span.start <= first and last <= span.end
        ]
        parents.append(min(holders)[1] if holders else None)
    return parents


def _speakers(
    cast: Cast, found: Sequence[Attribution], speakers: Sequence[tuple[Speaker, ...]], number: int, parent: int | None
) -> tuple[Speaker, ...]:
    """The speakers of one attribution, given those of the attributions before it."""
    one = found[number]
    enclosing = speakers[parent] if parent is not None and parent < number else ()
    start = one.extent.start
    before = [
        i
        for i in range(max(0, number - WINDOW), number)
        if speakers[i] and i != parent and found[i].extent.end > start - _REACH_CHARACTERS
    ]
    outermost = [i for i in before if not _inside_other(found, i)]
    earlier = speakers[(outermost or before)[-1]] if before else ()
    if one.how == "rule:carried":
        return carry(earlier)
    return resolve(cast, one.source, earlier, enclosing)


_REACH_CHARACTERS = 700  # how far back the speaker of a pronoun or of a bare quotation may be: about two paragraphs


def _inside_other(found: Sequence[Attribution], number: int) -> bool:
    start = found[number].extent.start
    return any(
        span.start <= start and found[number].extent.end <= span.end
        for other in range(max(0, number - 5), number)
        for span in found[other].content
    )


def _occasion(cast: Cast, one: Attribution, published: date | None) -> Occasion:
    if not one.cue:
        return Occasion()
    cue = one.cue[0]
    sentence = cast.sentences[bisect_right(cast.sentences, cue.start, key=lambda span: span.start) - 1]
    near = Span(max(sentence.start, cue.start - _NEAR), min(sentence.end, cue.end + _NEAR))
    return find_occasion(cast.text, _outside(near, one.content), cue, published)


_NEAR = 400
"""Characters of a sentence on either side of a cue in which its occasion is looked for: endless text costs no more."""


def _outside(sentence: Span, content: Sequence[Span]) -> list[Span]:
    """What is left of a sentence without the content."""
    left, start = [], sentence.start
    for span in sorted(content):
        if span.start < sentence.end and span.end > sentence.start:
            left.append(Span(start, max(start, span.start)))
            start = max(start, span.end)
    left.append(Span(start, max(start, sentence.end)))
    return [span for span in left if span.end > span.start]


def _kind(text: str, content: Sequence[Span]) -> StatementKind:
    words = [text[span.start : span.end] for span in content]
    if all(piece[0] in _OPENING for piece in words):
        return "direct" if all(not _after_closing(piece) for piece in words) else "mixed"
    return (
        "mixed"
        if any(mark in piece for piece in words for mark in '“"«') or any(" ‘" in piece for piece in words)
        else "indirect"
    )


_OPENING = frozenset("“\"‘'«`")


def _after_closing(piece: str) -> bool:
    """Whether words follow the last closing mark of a piece that opens with a mark."""
    mark = {"“": "”", "‘": "’", "«": "»"}.get(piece[0], piece[0])
    last = piece.rfind(mark)
    return last > 0 and any(character.isalnum() for character in piece[last:])


def _statement(
    article: Article,
    identity: str,
    parent: str | None,
    one: Attribution,
    speakers: tuple[Speaker, ...],
    occasion: Occasion,
) -> Statement:
    text = article.text
    return Statement(
        id=identity,
        article=article.id,
        parent=parent,
        kind=_kind(text, one.content),
        source=one.source,
        cue=one.cue,
        content=one.content,
        speakers=speakers,
        channel=occasion.channel and text[occasion.channel.start : occasion.channel.end],
        channel_words=occasion.channel,
        addressee=occasion.addressee and text[occasion.addressee.start : occasion.addressee.end],
        addressee_words=occasion.addressee,
        said_on=occasion.said_on,
        said_on_basis=occasion.said_on_basis,
        said_on_words=occasion.said_on_words,
        confidence=confidence_of(one),
        how=one.how,
    )
