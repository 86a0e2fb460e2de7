"""The nearest statements in meaning: the codes of all of them in memory, compared bit by bit, the best once more."""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from retold.language.vectors import WIDTH
from retold.library.codes import CODE_BYTES, pack_codes, unpack_codes

# In so many bits of 384 the code of a telling differs from the code of what it retells, at the most, and in so many of
# the first 128, which are looked at first. Of 2,142 machine rewrites of news (RAIDAR) half differ in 58 bits, .99 in
# 108 and .997 in 130 at the most; .995 differ in 42 of the first 128, as do 2 in a thousand statements that have
# nothing to do with each other.
_FURTHEST, _FIRST, _FURTHEST_FIRST = 130, 2, 50
# The sum of a vector's numbers, each with the sign of its like in another, over the cosine of the two: what is expected
# where the numbers of the other are drawn from a normal distribution.
_PER_COSINE = math.sqrt(2 * WIDTH / math.pi)

_CHUNK = 1_000  # numbers of readings that are read at a time: with their ten statements each half a megabyte
_STATE = "SELECT number, added FROM readings ORDER BY number DESC LIMIT 1"
_SQLITE_CHUNK = (
    "SELECT group_concat(number), group_concat(length(vectors)), CAST(group_concat(vectors, '') AS BLOB) FROM "
    "(SELECT number, vectors FROM readings WHERE current AND number >= {start} AND number < {end} ORDER BY number)"
)
_POSTGRES_CHUNK = (
    "SELECT string_agg(number::text, ',' ORDER BY number), string_agg(length(vectors)::text, ',' ORDER BY number), "
    "string_agg(vectors, ''::bytea ORDER BY number) FROM readings "
    "WHERE current AND number >= {start} AND number < {end}"
)


class State(NamedTuple):
    """What tells that a library has newer readings than before: the number of the last one, and when it was added."""

    last: int
    added: str


class Near(NamedTuple):
    """Statements that may be near: the readings (numbers) they are of, their places in them, their cosines
    (estimates)."""

    readings: NDArray[np.int64]
    places: NDArray[np.int64]
    cosines: NDArray[np.float32]


class Chunk(NamedTuple):
    """The codes of the statements of some readings, one reading after the other, the statements of each by their place.

    `starts` [readings]: where those of each reading begin; `codes` [statements, 6]; `firsts` [2, statements]: the first
    words of the codes, which are looked at first.
    """

    readings: NDArray[np.int64]
    starts: NDArray[np.int64]
    codes: NDArray[np.uint64]
    firsts: NDArray[np.uint64]


def make_chunk(readings: Sequence[int], lengths: Sequence[int], codes: bytes) -> Chunk:
    """The chunk of readings whose codes have so many bytes."""
    counts = np.array(lengths, np.int64) // CODE_BYTES
    words = unpack_codes(codes)
    return Chunk(
        np.array(readings, np.int64), np.cumsum(counts) - counts, words, np.ascontiguousarray(words[:, :_FIRST].T)
    )


class Codes:
    """The codes of the statements of all current readings, in the order of the readings' numbers."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._chunks = tuple(chunks)

    def __len__(self) -> int:
        return sum(len(chunk.codes) for chunk in self._chunks)

    def with_newer(self, newer: "Codes") -> "Codes":
        """These and those of readings with higher numbers."""
        return Codes(self._chunks + newer._chunks)

    def nearest(self, vector: NDArray[np.float32], most: int) -> Near:
        """At most so many statements near a vector: those whose codes differ least from its code, in no order."""
        code = unpack_codes(pack_codes(vector[None]))[0]
        found = [_nearest_of(chunk, code) for chunk in self._chunks]
        if not found:
            return _near(vector, [])
        distances = np.concatenate([one.distances for one in found])
        least = np.partition(distances, most)[most] if len(distances) > most else _FURTHEST + 1
        return _near(
            vector, [(chunk, one.rows[one.distances < least]) for chunk, one in zip(self._chunks, found, strict=True)]
        )

    def near(self, vector: NDArray[np.float32], readings: NDArray[np.int64], places: NDArray[np.int64]) -> Near:
        """How near given statements are; those of readings that are not among these are left out."""
        order = np.argsort(readings, kind="stable")
        readings, places = readings[order], places[order]
        chosen = np.searchsorted(self._lasts, readings)
        found = []
        for number in np.unique(chosen[chosen < len(self._chunks)]):
            chunk, its = self._chunks[number], chosen == number
            rows = np.searchsorted(chunk.readings, readings[its])
            known = chunk.readings[rows] == readings[its]
            found.append((chunk, chunk.starts[rows[known]] + places[its][known]))
        return _near(vector, found)

    @cached_property
    def _lasts(self) -> NDArray[np.int64]:
        """The last reading of each chunk."""
        return np.array([chunk.readings[-1] for chunk in self._chunks], np.int64)


class _Rows(NamedTuple):
    """Rows of a chunk, and in how many bits the code of each differs."""

    rows: NDArray[np.int64]
    distances: NDArray[np.uint16]


def _nearest_of(chunk: Chunk, code: NDArray[np.uint64]) -> _Rows:
    first = np.bitwise_count(chunk.firsts[0] ^ code[0])
    for word in range(1, _FIRST):
        first += np.bitwise_count(chunk.firsts[word] ^ code[word])
    rows = np.flatnonzero(first <= _FURTHEST_FIRST)
    distances = np.bitwise_count(chunk.codes[rows] ^ code).sum(axis=1, dtype=np.uint16)
    near = distances <= _FURTHEST
    return _Rows(rows[near], distances[near])


def _near(vector: NDArray[np.float32], chosen: Sequence[tuple[Chunk, NDArray[np.int64]]]) -> Near:
    """The statements at rows of chunks, with their cosines: each code as numbers of 1 and -1 times the vector."""
    readings, places, codes = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros((0, CODE_BYTES), np.uint8)]
    for chunk, rows in chosen:
        if len(rows):
            its = np.searchsorted(chunk.starts, rows, "right") - 1
            readings.append(chunk.readings[its])
            places.append(rows - chunk.starts[its])
            codes.append(chunk.codes[rows].view(np.uint8).reshape(len(rows), CODE_BYTES))
    signs = 2 * np.unpackbits(np.concatenate(codes), axis=1).astype(np.float32) - 1
    return Near(np.concatenate(readings), np.concatenate(places), (signs @ vector / _PER_COSINE).astype(np.float32))


def read_state(connection: Connection) -> State:
    last = connection.exec_driver_sql(_STATE).first()
    return State(*last) if last else State(0, "")


def read_codes(connection: Connection, after: int, last: int) -> Codes:
    """The codes of the current readings with numbers above `after`, up to `last`.

    Each question brings the codes of many readings as one value. Row by row it takes four times as long, and gives way
    to other threads at every row.
    """
    query = _SQLITE_CHUNK if connection.dialect.name == "sqlite" else _POSTGRES_CHUNK
    return Codes(list(_read_chunks(connection, query, after + 1, last + 1)))


def _read_chunks(connection: Connection, query: str, start: int, end: int) -> Iterator[Chunk]:
    for first in range(start, end, _CHUNK):
        row = connection.exec_driver_sql(query.format(start=first, end=min(end, first + _CHUNK))).one()
        if row[2]:
            readings, lengths = ([int(part) for part in column.split(",")] for column in row[:2])
            yield make_chunk(readings, lengths, row[2])


class CodeCache:
    """The codes of a library, read when they are first needed, and with them those of newer readings later on.

    A reading that is gone, or not the current one any more, may stay among them: who looks up its statements finds
    none.
    """

    def __init__(self) -> None:
        self._codes = Codes(())
        self._state = State(0, "")

    def current(self, connection: Connection) -> Codes:
        state = read_state(connection)
        if state.last > self._state.last:
            self._codes = self._codes.with_newer(read_codes(connection, self._state.last, state.last))
        elif state != self._state:  # the last ones are gone, and perhaps others came under their numbers
            self._codes = read_codes(connection, 0, state.last)
        self._state = state
        return self._codes
