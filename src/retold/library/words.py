"""The index of words: which articles, and which statements, have the words that are asked for.

Both databases index the same roots of content words, made here, so that a search finds the same in either, and
`retold.library.query` can show where they stand. A text is held as its roots with spaces between; no database splits
or stems it once more.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from sqlalchemy import Connection, Integer, Select, column, select, text

from retold.article import Article, Span
from retold.language.words import words_in
from retold.library.query import Phrase, Query, term
from retold.statements.statement import Statement

Indexed = Literal["article_words", "statement_words"]
INDEXES: tuple[Indexed, ...] = ("article_words", "statement_words")


def roots_at(source: str, spans: Iterable[Span]) -> str:
    """The content words of `source` at `spans` as the index holds them, in text order."""
    return " ".join(filter(None, (term(word) for word in words_in(source, spans) if word.content)))


def roots_of(article: Article) -> str:
    """An article's own words, as the index holds them."""
    return roots_at(article.text, (block.span for block in article.own_blocks()))


def statement_roots(source: str, statement: Statement) -> str:
    """What a statement says, as the index holds it."""
    return roots_at(source, statement.content)


def create_words(connection: Connection) -> None:
    """Make the empty indexes."""
    for index in INDEXES:
        if _is_sqlite(connection):
            create_fts5(connection, index)
        else:
            connection.execute(text(f"CREATE TABLE {index} (number BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"))
            connection.execute(text(f"CREATE INDEX ix_{index}_words ON {index} USING gin (words)"))


def create_fts5(connection: Connection, name: str) -> None:
    """Make an empty index of SQLite."""
    # Nothing but the index: the text is in its own table. Roots are letters and digits already.
    made = f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', tokenize=\"unicode61 remove_diacritics 0\")"
    connection.execute(text(made))


def add_words(connection: Connection, index: Indexed, rows: Sequence[tuple[int, str]]) -> None:
    """Index texts, each the roots of the one of this number."""
    if rows:
        column, value = ("rowid", ":words") if _is_sqlite(connection) else ("number", "to_tsvector('simple', :words)")
        statement = text(f"INSERT INTO {index} ({column}, words) VALUES (:number, {value})")
        connection.execute(statement, [{"number": number, "words": roots} for number, roots in rows])


def remove_words(connection: Connection, index: Indexed, rows: Sequence[tuple[int, str]]) -> None:
    """Take texts out of the index; the roots must be those with which they were put in."""
    if rows and _is_sqlite(connection):
        statement = text(f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', :number, :words)")
    else:
        statement = text(f"DELETE FROM {index} WHERE number = :number")
    if rows:
        connection.execute(statement, [{"number": number, "words": roots} for number, roots in rows])


def find_words(connection: Connection, index: Indexed, query: Query, most: int) -> list[int]:
    """The numbers of those that the query fits, the best first, at most so many."""
    if _is_sqlite(connection):
        found = text(f"SELECT rowid FROM {index} WHERE {index} MATCH :query ORDER BY rank, rowid LIMIT :most")
        query_text = fts5_query(query)
    else:
        found = text(
            f"SELECT number FROM {index}, to_tsquery('simple', :query) query WHERE words @@ query "
            "ORDER BY ts_rank(words, query, 2) DESC, number LIMIT :most"
        )
        query_text = postgres_query(query)
    return [row[0] for row in connection.execute(found, {"query": query_text, "most": most})]


def find_in_order(connection: Connection, index: Indexed, query: Query, most: int) -> list[int]:
    """The numbers of those that the query fits in the order in which they were added, at most so many.

    Nothing is ranked, so that a query of common words costs no more than the rarest of them.
    """
    if _is_sqlite(connection):
        found, query_text = f"SELECT rowid FROM {index} WHERE {index} MATCH :query LIMIT :most", fts5_query(query)
    else:
        found = f"SELECT number FROM {index} WHERE words @@ to_tsquery('simple', :query) ORDER BY number LIMIT :most"
        query_text = postgres_query(query)
    return [row[0] for row in connection.execute(text(found), {"query": query_text, "most": most})]


def matching(connection: Connection, index: Indexed, query: Query) -> Select[tuple[int]]:
    """The numbers of those that the query fits, as a part of another question."""
    if _is_sqlite(connection):
        found = text(f"SELECT rowid AS number FROM {index} WHERE {index} MATCH :query").bindparams(
            query=fts5_query(query)
        )
    else:
        found = text(f"SELECT number FROM {index} WHERE words @@ to_tsquery('simple', :query)").bindparams(
            query=postgres_query(query)
        )
    return select(found.columns(column("number", Integer)).subquery().c.number)


def count_words(connection: Connection, index: Indexed, query: Query) -> int:
    """How many the query fits."""
    if _is_sqlite(connection):
        counted, query_text = f"SELECT count(*) FROM {index} WHERE {index} MATCH :query", fts5_query(query)
    else:
        counted = f"SELECT count(*) FROM {index} WHERE words @@ to_tsquery('simple', :query)"
        query_text = postgres_query(query)
    return int(connection.execute(text(counted), {"query": query_text}).scalar_one())


def count_each(connection: Connection, index: Indexed, roots: Iterable[str], most: int) -> dict[str, int]:
    """How many have each root; `most`: so many or more."""
    if _is_sqlite(connection):
        found = f"SELECT 1 FROM {index} WHERE {index} MATCH :query LIMIT :most"
    else:
        found = f"SELECT 1 FROM {index} WHERE words @@ to_tsquery('simple', :query) LIMIT :most"
    counted, write = (
        text(f"SELECT count(*) FROM ({found}) found"),
        fts5_query if _is_sqlite(connection) else postgres_query,
    )
    queries = {root: write(Query((((root,),),))) for root in roots}
    return {
        root: int(connection.execute(counted, {"query": query, "most": most}).scalar_one())
        for root, query in queries.items()
    }


def fts5_query(query: Query) -> str:
    """The query in the language of FTS5."""
    wanted = " AND ".join(f"({' OR '.join(map(_fts5_phrase, group))})" for group in query.wanted)
    unwanted = " OR ".join(map(_fts5_phrase, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _fts5_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'


def postgres_query(query: Query) -> str:
    """The query in the language of PostgreSQL's to_tsquery."""
    wanted = [f"({' | '.join(map(_postgres_phrase, group))})" for group in query.wanted]
    return " & ".join([*wanted, *(f"!({_postgres_phrase(phrase)})" for phrase in query.unwanted)])


def _postgres_phrase(phrase: Phrase) -> str:
    return " <-> ".join(f"'{word}'" for word in phrase)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
