"""Whether the indexes of words hold what the texts and the current statements say, and nothing else.

SQLite keeps of each text only how many words it has, and of each word how often it occurs at all. Both are compared
with those of an index that is made anew, batch by batch, by SQLite itself: its notion of a letter is older than ours.
PostgreSQL keeps the words of each text, and these are compared.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from retold.library.care.checking import REBUILD, Finding
from retold.library.care.indexing import WORDS, is_current, words_of_all
from retold.library.care.walking import Tell, snapshot
from retold.library.words import INDEXES, Indexed, create_fts5

_OWNERS = {"article_words": "articles", "statement_words": "current statements"}
_NUMBERS = {
    "article_words": "SELECT number FROM articles",
    "statement_words": "SELECT s.number FROM statements s JOIN readings r ON r.number = s.reading WHERE r.current",
}
_MODULUS = 1 << 64


@dataclass
class _Numbers:
    """How many rows, and the first of them."""

    count: int = 0
    first: int | None = None

    def add(self, number: int) -> None:
        self.count += 1
        self.first = number if self.first is None else min(number, self.first)


@dataclass
class _Difference:
    """What the rows of an index and the texts do not have in common."""

    missing: _Numbers = field(default_factory=_Numbers)
    other: _Numbers = field(default_factory=_Numbers)
    sum_of_words: int = 0  # of the texts: see _sum_of_words


def check_words(engine: Engine, tell: Tell) -> Iterator[Finding]:
    """The indexes of words against the texts."""
    if engine.dialect.name == "sqlite":
        yield from _check_structure(engine)
    with snapshot(engine) as connection:
        if not is_current(connection, WORDS):
            what = "it was made by the rules of another version of Retold, so that searches miss words"
            yield Finding("words", "index of words", what, "`retold library reread` makes it anew")
            return
        found = _compare(connection, tell)
        for index in INDEXES:
            yield from _told(connection, index, found[index])


def _check_structure(engine: Engine) -> Iterator[Finding]:
    """What SQLite itself finds in its indexes. It is asked by an INSERT, so of a library that can only be read, or to
    which another process writes for long, only the words are compared."""
    for index in INDEXES:
        try:
            with engine.execution_options(writes=True).connect() as connection:
                connection.execute(text(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')"))
        except DBAPIError as error:
            if not any(sign in str(error.orig) for sign in ("readonly", "locked")):
                yield Finding("words", f"index {index}", " ".join(str(error.orig).split()), REBUILD)


def _compare(connection: Connection, tell: Tell) -> dict[Indexed, _Difference]:
    found: dict[Indexed, _Difference] = defaultdict(_Difference)
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        _make_scratch(connection)
    for index, rows in words_of_all(connection, "words", tell):
        if rows:
            (_compare_counts if sqlite else _compare_vectors)(connection, index, rows, found[index])
    return found


def _make_scratch(connection: Connection) -> None:
    for index in INDEXES:
        create_fts5(connection, f"temp.scratch_{index}")
        for schema, table in (("temp", f"scratch_{index}"), ("main", index)):
            connection.execute(
                text(f"CREATE VIRTUAL TABLE temp.terms_{schema}_{index} USING fts5vocab('{schema}', '{table}', 'row')")
            )


def _compare_counts(
    connection: Connection, index: Indexed, rows: Sequence[tuple[int, str]], found: _Difference
) -> None:
    insert = text(f"INSERT INTO temp.scratch_{index} (rowid, words) VALUES (:number, :words)")
    connection.execute(insert, [{"number": number, "words": roots} for number, roots in rows])
    differing = text(
        f"SELECT e.id, d.id IS NULL FROM temp.scratch_{index}_docsize e "
        f"LEFT JOIN main.{index}_docsize d ON d.id = e.id WHERE d.sz IS NOT e.sz"
    )
    for number, missing in connection.execute(differing):
        (found.missing if missing else found.other).add(number)
    found.sum_of_words = (found.sum_of_words + _sum_of_words(connection, f"terms_temp_{index}")) % _MODULUS
    connection.execute(text(f"INSERT INTO temp.scratch_{index} (scratch_{index}) VALUES ('delete-all')"))


def _sum_of_words(connection: Connection, terms: str) -> int:
    """A sum over all words that stand in an index, each as often as it stands there: equal for equal indexes, and
    by no chance worth naming for others."""
    total = 0
    for term, count in connection.execute(text(f"SELECT term, cnt FROM temp.{terms}")):
        total += int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest()) * int(count)
    return total % _MODULUS


def _compare_vectors(
    connection: Connection, index: Indexed, rows: Sequence[tuple[int, str]], found: _Difference
) -> None:
    differing = text(
        "SELECT e.number, i.number IS NULL FROM unnest(CAST(:numbers AS BIGINT[]), CAST(:words AS TEXT[])) "
        f"AS e (number, words) LEFT JOIN {index} i ON i.number = e.number "
        "WHERE i.words IS DISTINCT FROM to_tsvector('simple', e.words)"
    )
    numbers, words = zip(*rows, strict=True)
    for number, missing in connection.execute(differing, {"numbers": list(numbers), "words": list(words)}):
        (found.missing if missing else found.other).add(number)


def _told(connection: Connection, index: Indexed, found: _Difference) -> Iterator[Finding]:
    sqlite, owners = connection.dialect.name == "sqlite", _OWNERS[index]
    table, key = (f"{index}_docsize", "id") if sqlite else (index, "number")
    beyond = f"SELECT count(*), min({key}) FROM {table} WHERE {key} NOT IN ({_NUMBERS[index]})"
    parts = [
        f"{numbers.count:,} {what} (the first: {numbers.first})"
        for numbers, what in (
            (found.missing, f"{owners} are missing"),
            (found.other, f"{owners} have other words in it"),
            (_Numbers(*connection.execute(text(beyond)).one()), "entries are of nothing that is there"),
        )
        if numbers.count
    ]
    if not parts and sqlite and _sum_of_words(connection, f"terms_main_{index}") != found.sum_of_words:
        parts = [f"its words are not those of the {owners}"]
    if parts:
        yield Finding("words", f"index {index}", ", ".join(parts), REBUILD)
