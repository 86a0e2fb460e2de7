"""The indexes of words over all that is kept: made anew where other rules made them, or where they are damaged.

A text can be taken out of SQLite's index only by the very roots by which it was put in. Whoever takes something out
(`reread`, `forget`) first renews an index that older rules made.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select, text

from retold.library import schema
from retold.library.records import unpack_article, unpack_statement
from retold.library.versions import words_version
from retold.library.walking import Tell, article_batches, statements_of
from retold.library.words import INDEXES, Indexed, add_words, roots_of, statement_roots

NAME = "words"
"""What the indexes of words are called in the table of indexes."""


def note_version(connection: Connection) -> None:
    """Note that the rules of now made the indexes of words."""
    connection.execute(delete(schema.indexes).where(schema.indexes.c.name == NAME))
    connection.execute(insert(schema.indexes).values(name=NAME, version=words_version()))


def is_current(connection: Connection) -> bool:
    """Whether the rules of now made the indexes of words."""
    found = select(schema.indexes.c.version).where(schema.indexes.c.name == NAME)
    return connection.execute(found).scalar() == words_version()


def renew_words(connection: Connection, tell: Tell) -> bool:
    """Make the indexes of words anew where other rules made them; whether that was so."""
    if is_current(connection):
        return False
    rebuild_words(connection, tell)
    return True


def rebuild_words(connection: Connection, tell: Tell) -> None:
    """Make the indexes of words anew, from the texts and the current statements."""
    for index in INDEXES:
        empty = f"INSERT INTO {index} ({index}) VALUES ('delete-all')"
        connection.execute(text(empty if connection.dialect.name == "sqlite" else f"TRUNCATE {index}"))
    for index, rows in words_of_all(connection, "index of words", tell):
        add_words(connection, index, rows)
    note_version(connection)


def words_of_all(connection: Connection, what: str, tell: Tell) -> Iterator[tuple[Indexed, Sequence[tuple[int, str]]]]:
    """What the indexes are to hold: number and roots of texts, in batches of each index. Raises DamagedError."""
    for rows in article_batches(connection, what, tell):
        texts = {row.number: row.text for row in rows}
        yield "article_words", [(row.number, roots_of(unpack_article(row.record, row.text))) for row in rows]
        said = [row for row in statements_of(connection, rows) if row.current]
        yield (
            "statement_words",
            [(row.number, statement_roots(texts[row.article], unpack_statement(row.record))) for row in said],
        )
