"""Records of the other rooms as rows of tables, and back."""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from retold.article import Article
from retold.language.names import Entity
from retold.ledger import ArticleEntries
from retold.library.errors import DamagedError
from retold.statements.statement import Statement

_LEVEL = 1  # of compression: 6 saves 4 % more of a record and takes three times as long


def pack_article(article: Article) -> bytes:
    """An article without its text, which has a column of its own."""
    return zlib.compress(msgspec.msgpack.encode(msgspec.structs.replace(article, text="")), _LEVEL)


def unpack_article(record: bytes, text: str) -> Article:
    """The article that `pack_article` packed. Raises DamagedError."""
    with _whole():
        article = msgspec.msgpack.decode(zlib.decompress(record), type=Article)
    return msgspec.structs.replace(article, text=text)


def pack_statement(statement: Statement) -> bytes:
    return msgspec.msgpack.encode(statement)


def unpack_statement(record: bytes) -> Statement:
    """The statement that `pack_statement` packed. Raises DamagedError."""
    with _whole():
        return _STATEMENTS.decode(record)


def pack_entities(entities: tuple[Entity, ...]) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(entities), _LEVEL)


def unpack_entities(record: bytes) -> tuple[Entity, ...]:
    """The entities that `pack_entities` packed. Raises DamagedError."""
    with _whole():
        return _ENTITIES.decode(zlib.decompress(record))


def pack_entries(entries: ArticleEntries) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(entries), _LEVEL)


def unpack_entries(record: bytes) -> ArticleEntries:
    """The entries that `pack_entries` packed. Raises DamagedError."""
    with _whole():
        return _ENTRIES.decode(zlib.decompress(record))


@contextmanager
def _whole() -> Iterator[None]:
    try:
        yield
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedError(f"a record of the library is damaged ({error}): `retold library check` says which") from None


_STATEMENTS = msgspec.msgpack.Decoder(Statement)
_ENTITIES = msgspec.msgpack.Decoder(tuple[Entity, ...])
_ENTRIES = msgspec.msgpack.Decoder(ArticleEntries)


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
