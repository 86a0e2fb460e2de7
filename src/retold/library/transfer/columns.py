"""What the columns of a table are in a file: numbers, texts, bytes, and records that people can read.

A record is a finding as the library packs it. In a file it stands as JSON, with the names of its fields. Where that
would not give the same record again, its bytes stand instead, as `{"base64": …}`: an import gives what was there.
"""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypedDict

import msgspec
from sqlalchemy import Boolean, Float, Integer, LargeBinary, String, Table

from retold.article import Article
from retold.language.names import Entity
from retold.ledger import ArticleEntries
from retold.library.records import COMPRESSION
from retold.statements.statement import Statement

Kind = Literal["int", "bool", "float", "text", "bytes", "record"]


class Field(NamedTuple):
    """A column. `record` tells how its records are packed; None: it holds none."""

    name: str
    kind: Kind
    nullable: bool
    record: "Packing | None" = None


class Packing(NamedTuple):
    """A record is MessagePack of this type, wrapped in whatever `wrap` does to its bytes and `unwrap` undoes."""

    type: Any
    wrap: Callable[[bytes], bytes] = bytes
    unwrap: Callable[[bytes], bytes] = bytes

    def show(self, data: bytes) -> bytes:
        """A record as JSON."""
        try:
            packed = self.unwrap(data)
            text = msgspec.json.encode(msgspec.msgpack.decode(packed))
            if msgspec.msgpack.encode(msgspec.json.decode(text)) == packed:
                return text
        except (msgspec.MsgspecError, zlib.error, ValueError, TypeError):
            pass  # it is exported as it is, and an import tells where it stands
        return msgspec.json.encode({"base64": b64encode(data).decode()})

    def pack(self, value: Any) -> bytes:
        """The record of which this was the JSON. Raises: msgspec.MsgspecError, ValueError: it is none."""
        if isinstance(value, dict) and value.keys() == {"base64"}:
            return self._checked(b64decode(value["base64"], validate=True))
        msgspec.convert(value, self.type)
        return self.wrap(msgspec.msgpack.encode(value))

    def _checked(self, data: bytes) -> bytes:
        try:
            msgspec.msgpack.decode(self.unwrap(data), type=self.type)
        except (msgspec.MsgspecError, zlib.error) as error:
            raise ValueError(f"the record cannot be read ({error}), nor could the library that was exported") from None
        return data


def _compress(data: bytes) -> bytes:
    return zlib.compress(data, COMPRESSION)


PACKINGS: dict[tuple[str, str], Packing] = {
    ("articles", "record"): Packing(Article, _compress, zlib.decompress),
    ("statements", "record"): Packing(Statement),
    ("readings", "entities"): Packing(tuple[Entity, ...], _compress, zlib.decompress),
    ("ledgers", "record"): Packing(ArticleEntries, _compress, zlib.decompress),
}
"""The columns (of tables) that hold records. Every other column of bytes stands as bytes: base64 in JSON."""

_KINDS: tuple[tuple[type, Kind], ...] = (
    (Boolean, "bool"),
    (Integer, "int"),
    (Float, "float"),
    (String, "text"),
    (LargeBinary, "bytes"),
)
_TYPES: dict[Kind, Any] = {"int": int, "bool": bool, "float": float, "text": str, "bytes": bytes}


def fields_of(table: Table) -> tuple[Field, ...]:
    """The columns of a table, in its order."""
    return tuple(_field(table.name, column.name, column.type, bool(column.nullable)) for column in table.columns)


def _field(table: str, name: str, kind: object, nullable: bool) -> Field:
    packing = PACKINGS.get((table, name))
    if packing is not None:
        return Field(name, "record", nullable, packing)
    return Field(name, next(told for known, told in _KINDS if isinstance(kind, known)), nullable)


def row_type(fields: tuple[Field, ...], record: Any) -> Any:
    """The type of a row of a file, for decoding it; `record` is that of a record in it."""
    types = {field.name: _TYPES.get(field.kind, record) for field in fields}
    nullable = {field.name: types[field.name] | None for field in fields if field.nullable}
    return TypedDict("Row", {**types, **nullable})  # type: ignore[operator]
