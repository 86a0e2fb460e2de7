"""JSON lines to standard output or into a file, each whole or not at all, and going on where a file left off."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec


class _Row(msgspec.Struct):
    id: str
    article: str | None = None


class Done(NamedTuple):
    """What a file held before: how many lines of each id, and the articles (by their own ids) that they tell of."""

    ids: Counter[str]
    articles: set[str]


class LineOutput:
    """Where lines go. `done` is what was there before."""

    def __init__(self, stream: BinaryIO, done: Done) -> None:
        self._stream = stream
        self._done = done

    def write(self, row: object) -> None:
        """Write one line and hand it to the system at once: what is interrupted ends with a whole line."""
        self._stream.write(msgspec.json.encode(row) + b"\n")
        self._stream.flush()

    def is_done(self, identity: str) -> bool:
        """Whether a line of this id was there before; each such line answers for one article."""
        if not self._done.ids[identity]:
            return False
        self._done.ids[identity] -= 1
        return True

    def has_text(self, article: str) -> bool:
        """Whether a line told of this article before, under whatever id: the same text is told of once."""
        return article in self._done.articles


@contextmanager
def open_lines(path: Path | None, resume: bool) -> Iterator[LineOutput]:
    """Open the output: None is standard output. `resume` keeps the whole lines that the file has.

    Raises: OSError, the file cannot be written; ValueError, naming the line, it has one that was not written by Retold.
    """
    if path is None:
        yield LineOutput(sys.stdout.buffer, Done(Counter(), set()))
        return
    done = Done(Counter(), set())
    if resume and path.exists():
        done, end = _read_done(path)
        with path.open("r+b") as file:
            file.truncate(end)
    with path.open("ab" if resume else "wb") as file:
        yield LineOutput(file, done)


def _read_done(path: Path) -> tuple[Done, int]:
    """What the whole lines of a file tell of, and where the last of them ends."""
    done = Done(Counter(), set())
    end = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            try:
                row = msgspec.json.decode(line, type=_Row)
            except msgspec.DecodeError as error:
                raise ValueError(f"{path}, line {number}, was not written by this command: {error}") from None
            done.ids[row.id] += 1
            done.articles.update(() if row.article is None else (row.article,))
            end += len(line)
    return done, end
