"""The nearest statements in meaning: the codes of all of them in memory, compared bit by bit, the best once more."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from retold.language.vectors import WIDTH
from retold.library.codes import CODE_BYTES, pack_codes, unpack_codes

_BLOCK = 8_192  # codes that are compared at a time: they stay in the cache of a core
# In so many bits of 384 the code of a telling differs from the code of what it retells, at the most, and in so many of the
# first 128, which are looked at first. Of 2,142 machine rewrites of news (RAIDAR) half differ in 58 bits, .99 in 108 and
# .997 in 130 at the most; .995 differ in 42 of the first 128, as do 2 in a thousand statements that have nothing to do with
# each other.
_FURTHEST, _FIRST, _FURTHEST_FIRST = 130, 2, 50
# The sum of a vector's numbers, each with the sign of its like in another, over the cosine of the two: what is expected
# where the numbers of the other are drawn from a normal distribution.
_PER_COSINE = math.sqrt(2 * WIDTH / math.pi)

_STATE = "SELECT number, added FROM readings ORDER BY number DESC LIMIT 1"
_CODES = "SELECT number, article, vectors FROM readings WHERE current AND number > {after} ORDER BY number"


class State(NamedTuple):
    """What tells that a library has newer readings than before: the number of the last one, and when it was added."""

    last: int
    added: str


class Near(NamedTuple):
    """Statements that may be near: the readings (numbers) they are of, their places in them, their cosines (estimates)."""

    readings: NDArray[np.int64]
    places: NDArray[np.int64]
    cosines: NDArray[np.float32]


class Codes:
    """The codes of the statements of all current readings, those of a reading one after the other by their place."""

    def __init__(self, readings: NDArray[np.int64], articles: NDArray[np.int64], codes: list[bytes]) -> None:
        self._readings, self._articles = readings, articles
        lengths = np.fromiter(map(len, codes), np.int64, len(codes)) // CODE_BYTES
        self._starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
        self._codes = unpack_codes(b"".join(codes))
        self._firsts = np.ascontiguousarray(self._codes[:, :_FIRST].T)

    def __len__(self) -> int:
        return len(self._codes)

    def updated(self, newer: "Codes") -> "Codes":
        """These and newer ones, which take the place of what was of the same articles."""
        kept = np.flatnonzero(~np.isin(self._articles, newer._articles))
        blobs = [self._codes[self._starts[i] : self._starts[i + 1]].tobytes() for i in kept]
        blobs += [newer._codes[a:b].tobytes() for a, b in zip(newer._starts, newer._starts[1:], strict=False)]
        return Codes(
            np.concatenate((self._readings[kept], newer._readings)),
            np.concatenate((self._articles[kept], newer._articles)),
            blobs,
        )

    def nearest(self, vector: NDArray[np.float32], most: int) -> Near:
        """At most so many statements near a vector: those whose codes differ least from its code, in no order."""
        code = unpack_codes(pack_codes(vector[None]))[0]
        chosen = np.flatnonzero(self._first_distances(code) <= _FURTHEST_FIRST)
        distances = np.bitwise_count(self._codes[chosen] ^ code).sum(axis=1, dtype=np.uint16)
        chosen, distances = chosen[distances <= _FURTHEST], distances[distances <= _FURTHEST]
        if len(chosen) > most:
            chosen = chosen[np.argpartition(distances, most)[:most]]
        return self._near(vector, chosen)

    def near(self, vector: NDArray[np.float32], readings: NDArray[np.int64], places: NDArray[np.int64]) -> Near:
        """How near given statements are; those of readings that are not current are left out."""
        rows = np.searchsorted(self._readings, readings)
        known = rows < len(self._readings)
        known[known] = self._readings[rows[known]] == readings[known]
        return self._near(vector, self._starts[rows[known]] + places[known])

    def _near(self, vector: NDArray[np.float32], chosen: NDArray[np.int64]) -> Near:
        rows = np.searchsorted(self._starts, chosen, "right") - 1
        bits = np.unpackbits(self._codes[chosen].view(np.uint8).reshape(len(chosen), CODE_BYTES), axis=1)
        cosines = (2 * bits.astype(np.float32) - 1) @ vector / _PER_COSINE
        return Near(self._readings[rows], chosen - self._starts[rows], cosines.astype(np.float32))

    def _first_distances(self, code: NDArray[np.uint64]) -> NDArray[np.uint8]:
        """In how many of the first 128 bits each code differs from one."""
        distances = np.empty(len(self._codes), np.uint8)
        for start in range(0, len(distances), _BLOCK):
            block, counted = self._firsts[:, start : start + _BLOCK], distances[start : start + _BLOCK]
            np.bitwise_count(block[0] ^ code[0], out=counted)
            for word in range(1, _FIRST):
                counted += np.bitwise_count(block[word] ^ code[word])
        return distances


def read_state(connection: Connection) -> State:
    last = connection.exec_driver_sql(_STATE).first()
    return State(*last) if last else State(0, "")


def read_codes(connection: Connection, after: int = 0) -> Codes:
    """The codes of the current readings with numbers above `after`."""
    # Straight from the driver: a hundred thousand rows take a quarter of the time.
    cursor = connection.connection.cursor()
    cursor.execute(_CODES.format(after=int(after)))
    rows = cursor.fetchall()
    readings, articles, codes = map(list, zip(*rows, strict=True)) if rows else ([], [], [])
    return Codes(np.array(readings, np.int64), np.array(articles, np.int64), codes)


class CodeCache:
    """The codes of a library, read when they are first needed, and with them those of newer readings later on.

    A reading that is gone, or not the current one any more, may stay among them: who looks up its statements finds none.
    """

    def __init__(self) -> None:
        self._codes: Codes | None = None
        self._state = State(0, "")

    def current(self, connection: Connection) -> Codes:
        state = read_state(connection)
        if self._codes is None or state.last < self._state.last:
            self._codes = read_codes(connection)
        elif state.last > self._state.last:
            self._codes = self._codes.updated(read_codes(connection, self._state.last))
        elif state != self._state:  # another one was added under the number of one that is gone
            self._codes = read_codes(connection)
        self._state = state
        return self._codes
