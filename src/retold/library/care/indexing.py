"""The indexes over all that is kept, of words, copies and stories: made anew where other rules made them, or where they
are damaged.

A text can be taken out of SQLite's index only by the very roots by which it was put in. Whoever takes something out
(`reread`, `forget`) first renews an index that older rules made.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, insert, select, text

from retold.library import schema
from retold.library.care.walking import BATCH, Tell, article_batches, statements_of
from retold.library.copies import CopyIndex, own_fingerprint, unpack_hashes
from retold.library.indexes import note_changes
from retold.library.postings_store import SqlPostings, drop_index
from retold.library.records import unpack_article, unpack_statement
from retold.library.story_store import SqlKeyIndex, SqlStoryStore
from retold.library.versions import fingerprint_version, profile_version, words_version
from retold.library.words import INDEXES as WORD_INDEXES
from retold.library.words import Indexed, add_words, roots_of, statement_roots
from retold.stories import Postings, Profile, Stories, make_profiles
from retold.stories.changes import Regrouping, name_groups, tell_changes
from retold.stories.postings import Keys

Rebuild = Callable[[Connection, Tell], None]


class Index(NamedTuple):
    """An index: its name in the table of indexes, the version of the rules of now, and how it is made anew."""

    name: str
    version: Callable[[], str]
    rebuild: Rebuild


def note_versions(connection: Connection) -> None:
    """Note that the rules of now made all indexes."""
    for index in INDEXES:
        _note_version(connection, index)


def _note_version(connection: Connection, index: Index) -> None:
    connection.execute(delete(schema.indexes).where(schema.indexes.c.name == index.name))
    connection.execute(insert(schema.indexes).values(name=index.name, version=index.version()))


def is_current(connection: Connection, index: Index) -> bool:
    """Whether the rules of now made an index."""
    found = select(schema.indexes.c.version).where(schema.indexes.c.name == index.name)
    return connection.execute(found).scalar() == index.version()


def renew(connection: Connection, index: Index, tell: Tell) -> bool:
    """Make an index anew where other rules made it; whether that was so."""
    if is_current(connection, index):
        return False
    rebuild(connection, index, tell)
    return True


def rebuild(connection: Connection, index: Index, tell: Tell) -> None:
    """Make an index anew, from the texts and what was found in them."""
    index.rebuild(connection, tell)
    _note_version(connection, index)


def _rebuild_words(connection: Connection, tell: Tell) -> None:
    for index in WORD_INDEXES:
        empty = f"INSERT INTO {index} ({index}) VALUES ('delete-all')"
        connection.execute(text(empty if connection.dialect.name == "sqlite" else f"TRUNCATE {index}"))
    for index, rows in words_of_all(connection, "index of words", tell):
        add_words(connection, index, rows)


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


def _rebuild_copies(connection: Connection, tell: Tell) -> None:
    drop_index(connection, "copies")
    for table in (schema.reuse, schema.fingerprints):
        connection.execute(delete(table))
    copies = CopyIndex(connection)
    for rows in article_batches(connection, "copies", tell):
        for row in rows:
            copies.add(row.number, own_fingerprint(unpack_article(row.record, row.text)))


def _rebuild_stories(connection: Connection, tell: Tell) -> None:
    """Stories keep their ids, each that of the old story with which it has most articles in common."""
    store = SqlStoryStore(connection)
    before = store.all_members()
    drop_index(connection, "stories")
    for table in (schema.links, schema.members, schema.profiles):
        connection.execute(delete(table))
    stories = Stories(store, SqlKeyIndex(connection))
    for rows in article_batches(connection, "stories", tell):
        profiles = make_profiles([unpack_article(row.record, row.text) for row in rows])
        for row, profile in zip(rows, profiles, strict=True):
            stories.add(row.number, profile)
    found = store.all_members()
    groups = list(found.values())
    names = name_groups(before, groups, sorted(number for group in groups for number in group))
    after = {new if old is None else old: members for new, old, members in zip(found, names, groups, strict=True)}
    store.put_members(after)
    alive = select(schema.members.c.story)
    connection.execute(delete(schema.stories).where(schema.stories.c.number.not_in(alive)))
    note_changes(connection, tell_changes(Regrouping(before, after), cause=0), "")


def fill_postings(connection: Connection) -> None:
    """Fill the indexes of keys, which must be empty, from the fingerprints and profiles that are kept."""
    prints, profiles = schema.fingerprints.c, schema.profiles.c
    copies = select(prints.article, prints.hashes).order_by(prints.article)
    stories = select(profiles.article, profiles.data).order_by(profiles.article)
    _fill(connection, "copies", copies, unpack_hashes)
    _fill(connection, "stories", stories, lambda data: Profile.from_bytes(data).keys)


def _fill(connection: Connection, name: str, query: Select[Any], keys_of: Callable[[bytes], Keys]) -> None:
    postings = Postings(SqlPostings(connection, name))
    for rows in connection.execute(query, execution_options={"yield_per": BATCH}).partitions():
        postings.take_in([row[0] for row in rows], [keys_of(row[1]) for row in rows])
    postings.merge()


WORDS = Index("words", lambda: words_version(), _rebuild_words)
COPIES = Index("copies", lambda: fingerprint_version(), _rebuild_copies)
STORIES = Index("stories", lambda: profile_version(), _rebuild_stories)
INDEXES = (WORDS, COPIES, STORIES)
