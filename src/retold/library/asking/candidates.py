"""Where a telling may be: statements by their words and by their meaning, and articles by a run of words."""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from retold.library.asking.asked import Asked
from retold.library.asking.nearest import Codes, Near
from retold.library.query import Phrase, Query
from retold.library.records import unpack_statement
from retold.library.rows import listed
from retold.library.words import count_each, find_in_order
from retold.statements.statement import Statement

_MOST_EXACT = 1_000  # statements that have all the words in a row
_MOST_WORDS = 100  # statements that have most of the rarest words, for each choice of them
_MOST_NEAR = 300  # statements that are near in meaning: of the ten nearest of 12,000 they have .98
_MOST_RUNNING = 200  # articles that have the words in a row
_RAREST = 5  # content words that a telling is looked for by, of which .6 must be there
_SHARE = 0.6
_COMMON = 5_000  # statements: words of so many are equally common
_LONG = 6  # content words: of so many each half is looked for too, in articles


class Candidate(NamedTuple):
    """A statement that may be a telling. `likeness`: its nearness in meaning, -1 to 1, an estimate."""

    article: int
    statement: Statement
    likeness: float


class Candidates(NamedTuple):
    """Statements, articles (numbers) with the words somewhere, and whether there may be more than were looked at."""

    statements: tuple[Candidate, ...]
    articles: tuple[int, ...]
    complete: bool


def find_candidates(connection: Connection, codes: Codes, asked: Asked, vector: NDArray[np.float32]) -> Candidates:
    """All that may tell what is asked."""
    exact, complete = _exact(connection, asked)
    by_words = exact | _with_most_words(connection, asked)
    near = codes.nearest(vector, _MOST_NEAR)
    statements = [*_by_number(connection, by_words, codes, vector), *_by_place(connection, near)]
    unique = {one.statement.id: one for one in statements}
    running = _running(connection, asked)
    return Candidates(tuple(unique.values()), tuple(running), complete and len(running) < _MOST_RUNNING)


def _exact(connection: Connection, asked: Asked) -> tuple[set[int], bool]:
    if not asked.phrases:
        return set(), True
    found = find_in_order(connection, "statement_words", Query((asked.phrases,)), _MOST_EXACT)
    return set(found), len(found) < _MOST_EXACT


def _with_most_words(connection: Connection, asked: Asked) -> set[int]:
    """Statements that have most of the rarest words: each choice of them is a question of its own, which costs no more
    than the rarest of its words. Where all are common, only those that have all of them."""
    counts = count_each(connection, "statement_words", {root for forms in asked.content for root in forms}, _COMMON)
    known = {forms: sum(counts[root] for root in forms) for forms in asked.content}
    rarest = sorted((forms for forms in known if known[forms]), key=lambda forms: known[forms])[:_RAREST]
    choices = [
        chosen
        for chosen in combinations(rarest, math.ceil(_SHARE * len(rarest)))
        if min(map(known.__getitem__, chosen), default=_COMMON) < _COMMON
    ]
    found: set[int] = set()
    for chosen in choices or [tuple(rarest)] * bool(rarest):
        query = Query(tuple(tuple((root,) for root in forms) for forms in chosen))
        found |= set(find_in_order(connection, "statement_words", query, _MOST_WORDS))
    return found


def _running(connection: Connection, asked: Asked) -> list[int]:
    """Articles that have the words in a row, or half of many."""
    parts: list[Phrase] = list(asked.phrases)
    for phrase in asked.phrases:
        if len(phrase) >= _LONG:
            parts += [phrase[: len(phrase) // 2], phrase[len(phrase) // 2 :]]
    return find_in_order(connection, "article_words", Query((tuple(parts),)), _MOST_RUNNING) if parts else []


_COLUMNS = (
    "SELECT s.reading, s.place, s.article, s.record FROM statements s JOIN readings r ON r.number = s.reading "
    "WHERE r.current AND "
)


def _by_number(
    connection: Connection, numbers: Iterable[int], codes: Codes, vector: NDArray[np.float32]
) -> list[Candidate]:
    """Statements by their numbers."""
    rows = connection.execute(text(f"{_COLUMNS} s.number IN ({listed(numbers)})")).all()
    readings, places = ([row[column] for row in rows] for column in (0, 1))
    near = codes.near(vector, np.array(readings, np.int64), np.array(places, np.int64))
    return _candidates(rows, near)


def _by_place(connection: Connection, near: Near) -> list[Candidate]:
    """Statements by the readings that they are of, and their places in them."""
    pairs = zip(near.readings.tolist(), near.places.tolist(), strict=True)
    wanted = " OR ".join(f"(s.reading = {reading} AND s.place = {place})" for reading, place in pairs)
    return _candidates(connection.execute(text(f"{_COLUMNS} ({wanted})")).all(), near) if wanted else []


def _candidates(rows: Sequence[tuple[int, int, int, bytes]], near: Near) -> list[Candidate]:
    places = zip(near.readings.tolist(), near.places.tolist(), strict=True)
    likeness = dict(zip(places, near.cosines.tolist(), strict=True))
    return [
        Candidate(article, unpack_statement(record), likeness.get((reading, place), 0.0))
        for reading, place, article, record in rows
    ]


def read_texts(connection: Connection, articles: Iterable[int]) -> dict[int, str]:
    """The texts of articles, by their numbers."""
    found = connection.execute(text(f"SELECT number, text FROM articles WHERE number IN ({listed(articles)})"))
    return {row[0]: row[1] for row in found}


def read_statements(connection: Connection, articles: Iterable[int]) -> dict[int, list[Statement]]:
    """The statements of articles (numbers); an article without a reading is not among them."""
    found: dict[int, list[Statement]] = {}
    named = listed(articles)
    for number in connection.execute(
        text(f"SELECT article FROM readings WHERE current AND article IN ({named})")
    ).scalars():
        found[number] = []
    for _, _, number, record in connection.execute(text(f"{_COLUMNS} s.article IN ({named}) ORDER BY s.number")):
        found[number].append(unpack_statement(record))
    return found
