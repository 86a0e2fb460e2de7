"""Records of the other rooms as rows of tables, and back."""

import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retold.article import Article
from retold.statements.statement import Statement

if TYPE_CHECKING:  # the ledger takes longer to import than a question takes
    from retold.ledger import Entry

_LEVEL = 1  # of compression: 6 saves 4 % more of a record and takes three times as long


def pack_article(article: Article) -> bytes:
    """An article without its text, which has a column of its own."""
    return zlib.compress(msgspec.msgpack.encode(msgspec.structs.replace(article, text="")), _LEVEL)


def unpack_article(record: bytes, text: str) -> Article:
    """The article that `pack_article` packed."""
    article = msgspec.msgpack.decode(zlib.decompress(record), type=Article)
    return msgspec.structs.replace(article, text=text)


def pack_statement(statement: Statement) -> bytes:
    return msgspec.msgpack.encode(statement)


def unpack_statement(record: bytes) -> Statement:
    return _STATEMENTS.decode(record)


def pack_entry(entry: "Entry") -> bytes:
    return msgspec.msgpack.encode(entry)


def unpack_entry(record: bytes) -> "Entry":
    return _entries().decode(record)


@cache
def _entries() -> "msgspec.msgpack.Decoder[Entry]":
    from retold.ledger import Entry

    return msgspec.msgpack.Decoder(Entry)


_STATEMENTS = msgspec.msgpack.Decoder(Statement)


def days_of(article: Article) -> tuple[str | None, str | None]:
    """The first and the last day on which an article may have been published; None: unknown."""
    if article.published:
        return article.published, article.published
    return article.published_range or (None, None)


def publication_key(article: Article) -> str:
    """What a publication is known by when its text changes: its address; else the id that its file gives it; else its
    file. Ids of two files may be the same by chance, so a bare id is not enough."""
    if article.url:
        return f"url:{article.url}"
    if article.given_id:
        return f"id:{_file_of(article.input).name}:{article.given_id}"
    return f"file:{_file_of(article.input).absolute()}"


def _file_of(name: str) -> Path:
    """The file that an input's name tells of, without the number of a line in it."""
    file, _, line = name.rpartition(":")
    return Path(file if file and line.isdigit() else name)


def folded(names: Iterable[str]) -> str:
    """Names as they are searched: without case and accents."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", " ".join(names))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())
