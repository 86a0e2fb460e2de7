"""Records of the other rooms as rows of tables, and back."""

import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retold.article import Article
from retold.library.errors import undamaged
from retold.statements.statement import Statement

if TYPE_CHECKING:  # what finds names and acts takes longer to import than a question takes
    from retold.language.names import Entity
    from retold.ledger import ArticleEntries

_RECORD = "a record of the library"

COMPRESSION = 1
"""The level at which an article's record is compressed: 6 saves 4 % more of it and takes three times as long."""


def pack_article(article: Article) -> bytes:
    """An article without its text, which has a column of its own."""
    return zlib.compress(msgspec.msgpack.encode(msgspec.structs.replace(article, text="")), COMPRESSION)


def unpack_article(record: bytes, text: str) -> Article:
    """The article that `pack_article` packed. Raises DamagedError."""
    with undamaged(_RECORD):
        article = msgspec.msgpack.decode(zlib.decompress(record), type=Article)
    return msgspec.structs.replace(article, text=text)


def pack_statement(statement: Statement) -> bytes:
    return msgspec.msgpack.encode(statement)


def unpack_statement(record: bytes) -> Statement:
    """The statement that `pack_statement` packed. Raises DamagedError."""
    with undamaged(_RECORD):
        return _STATEMENTS.decode(record)


def pack_entities(entities: "tuple[Entity, ...]") -> bytes:
    return zlib.compress(msgspec.msgpack.encode(entities), COMPRESSION)


def unpack_entities(record: bytes) -> "tuple[Entity, ...]":
    """The entities that `pack_entities` packed. Raises DamagedError."""
    with undamaged(_RECORD):
        return _entities().decode(zlib.decompress(record))


def pack_entries(entries: "ArticleEntries") -> bytes:
    return zlib.compress(msgspec.msgpack.encode(entries), COMPRESSION)


def unpack_entries(record: bytes) -> "ArticleEntries":
    """The entries that `pack_entries` packed. Raises DamagedError."""
    with undamaged(_RECORD):
        return _entries().decode(zlib.decompress(record))


_STATEMENTS = msgspec.msgpack.Decoder(Statement)


@cache
def _entities() -> "msgspec.msgpack.Decoder[tuple[Entity, ...]]":
    from retold.language.names import Entity

    return msgspec.msgpack.Decoder(tuple[Entity, ...])


@cache
def _entries() -> "msgspec.msgpack.Decoder[ArticleEntries]":
    from retold.ledger import ArticleEntries

    return msgspec.msgpack.Decoder(ArticleEntries)


def days_of(article: Article) -> tuple[str | None, str | None]:
    """The first and the last day on which an article may have been published; None: unknown."""
    if article.published:
        return article.published, article.published
    return article.published_range or (None, None)


def publication_key(article: Article) -> str:
    """What a publication is known by when its text changes: its address; else the id that its file gives it; else its
    file; else nothing but its text. Ids of two files may be the same by chance, so a bare id is not enough."""
    if article.url:
        return f"url:{article.url}"
    file, _, place = article.input.rpartition(":")
    if article.given_id:
        name = Path(file if place.isdigit() else article.input).name
        return f"id:{name}:{article.given_id}"
    path = Path(article.input)
    return f"file:{path.absolute()}" if path.is_file() else f"text:{article.id}"


def folded(names: Iterable[str]) -> str:
    """Names as they are searched: without case and accents."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", " ".join(names))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
