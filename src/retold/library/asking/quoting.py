"""Quotes: statements by speaker, matter, day and outlet, copies of one counted once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select

from retold.article import Span
from retold.language.words import words_in
from retold.library import schema
from retold.library.asking.answers import Passage, Quote, Quotes
from retold.library.asking.candidates import read_statements, read_texts
from retold.library.asking.filters import by_speaker, of_outlet, on_days
from retold.library.asking.matching import find_matches
from retold.library.query import Query
from retold.library.voices import Published, joined, read_reuse, read_sources, read_versions
from retold.library.words import matching
from retold.statements.statement import Statement

_S, _A, _R = schema.statements.c, schema.articles.c, schema.readings.c
_FIRST = func.coalesce(_S.said_on, _A.published_from)
_LAST = func.coalesce(_S.said_on, _A.published_until)


class WantedQuotes(NamedTuple):
    """What is asked for; None: any."""

    speaker: str | None = None
    about: Query | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None


class _Row(NamedTuple):
    article: int
    id: str


def find_quotes(connection: Connection, wanted: WantedQuotes, most: int) -> Quotes:
    """The newest `most` of the statements that are asked for."""
    fits = list(_fits(connection, wanted))
    bounds = list(on_days(_FIRST, _LAST, wanted.since, wanted.until))
    total = connection.execute(_statements(func.count()).where(*fits, *bounds)).scalar_one()
    unknown = _statements(func.count()).where(*fits, _FIRST.is_(None))
    undated = connection.execute(unknown).scalar_one() if bounds else 0
    rows = _statements(_S.article, _S.id)
    ordered = rows.where(*fits, *bounds).order_by(_FIRST.desc().nulls_last(), _S.number)
    quotes: list[Quote] = []
    shown: set[str] = set()
    for start in range(0, total, most):
        page = [_Row(*row) for row in connection.execute(ordered.offset(start).limit(most))]
        for quote in _grouped(connection, page, wanted.about):
            if quote.id not in shown:
                quotes.append(quote)
                shown |= set(quote.statements)
        if len(quotes) >= most:
            break
    return Quotes(quotes=tuple(quotes[:most]), total=total, undated=undated)


def _statements(*columns: Any) -> Select[Any]:
    joined_tables = schema.statements.join(schema.readings, _R.number == _S.reading).join(
        schema.articles, _A.number == _S.article
    )
    return select(*columns).select_from(joined_tables).where(_R.current)


def _fits(connection: Connection, wanted: WantedQuotes) -> Iterator[ColumnElement[bool]]:
    if wanted.speaker:
        yield by_speaker(connection, _S.number, wanted.speaker)
    if wanted.about:
        yield _S.number.in_(matching(connection, "statement_words", wanted.about))
    if wanted.outlet:
        yield of_outlet(connection, _S.article, wanted.outlet)


class _Copies(NamedTuple):
    """The articles around some statements: their texts, statements and sources, and the voice of each."""

    texts: Mapping[int, str]
    statements: Mapping[int, Sequence[Statement]]
    published: Mapping[int, Published]
    voices: Mapping[int, int]

    def key(self, article: int, statement: Statement) -> tuple[int, tuple[str, ...]]:
        """What a statement shares with its copies."""
        words = words_in(self.texts[article], statement.content)
        return self.voices[article], tuple(word.norm for word in words)


def _grouped(connection: Connection, rows: Sequence[_Row], about: Query | None) -> Iterator[Quote]:
    """A quote for each statement of the rows, with its copies; two that are copies of one another have the same."""
    copies = _read_copies(connection, {row.article for row in rows})
    groups: dict[tuple[int, tuple[str, ...]], list[tuple[int, Statement]]] = defaultdict(list)
    for article, statements in copies.statements.items():
        for statement in statements:
            groups[copies.key(article, statement)].append((article, statement))
    known = {statement.id: (article, statement) for article, all_ in copies.statements.items() for statement in all_}
    for row in rows:
        if row.id in known:
            yield _quote(groups[copies.key(*known[row.id])], copies, about)


def _read_copies(connection: Connection, articles: set[int]) -> _Copies:
    reuse = read_reuse(connection, articles)
    family = read_versions(connection, articles | {number for one in reuse for number in (one.article, one.other)})
    published = read_sources(connection, family)
    voices = joined(published, reuse)
    around = {number for number in family if voices[number] in {voices[article] for article in articles}}
    return _Copies(read_texts(connection, around), read_statements(connection, around), published, voices)


def _quote(group: Sequence[tuple[int, Statement]], copies: _Copies, about: Query | None) -> Quote:
    ordered = sorted(group, key=lambda one: (copies.published[one[0]].source.published or _LATEST, one[0]))
    article, statement = ordered[0]
    text = copies.texts[article]
    source = copies.published[article].source
    day = (statement.said_on, statement.said_on) if statement.said_on else source.published
    found = find_matches(text, statement.content, about) if about else ()
    return Quote(
        id=statement.id,
        statements=tuple(dict.fromkeys(one.id for _, one in ordered)),
        speakers=tuple(speaker.name for speaker in statement.speakers if speaker.name),
        attribution=_words(text, statement.source),
        passage=Passage(_words(text, statement.content), statement.content, found),
        day=day,
        said=statement.said_on is not None,
        sources=tuple(dict.fromkeys(copies.published[number].source for number, _ in ordered)),
    )


def _words(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


_LATEST = ("~", "~")  # behind every day
