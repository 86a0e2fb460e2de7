"""JSON lines to standard output or into a file, each whole or not at all, and going on where a file left off."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec


class _Row(msgspec.Struct):
    id: str


class LineOutput:
    """Where lines go. `done` counts the ids of the lines that were there before."""

    def __init__(self, stream: BinaryIO, done: Counter[str]) -> None:
        self._stream = stream
        self._done = done

    def write(self, row: object) -> None:
        """Write one line and hand it to the system at once: what is interrupted ends with a whole line."""
        self._stream.write(msgspec.json.encode(row) + b"\n")
        self._stream.flush()

    def is_done(self, identity: str) -> bool:
        """Whether a line of this id was there before; each such line answers for one article."""
        if not self._done[identity]:
            return False
        self._done[identity] -= 1
        return True


@contextmanager
def open_lines(path: Path | None, resume: bool) -> Iterator[LineOutput]:
    """Open the output: None is standard output. `resume` keeps the whole lines that the file has.

    Raises: OSError, the file cannot be written; ValueError, naming the line, it has one that was not written by Retold.
    """
    if path is None:
        yield LineOutput(sys.stdout.buffer, Counter())
        return
    done: Counter[str] = Counter()
    if resume and path.exists():
        done, end = _read_done(path)
        with path.open("r+b") as file:
            file.truncate(end)
    with path.open("ab" if resume else "wb") as file:
        yield LineOutput(file, done)


def _read_done(path: Path) -> tuple[Counter[str], int]:
    """The ids of the whole lines of a file, and where the last of them ends."""
    done: Counter[str] = Counter()
    end = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                break
            try:
                done[msgspec.json.decode(line, type=_Row).id] += 1
            except msgspec.DecodeError as error:
                raise ValueError(f"{path}, line {number}, was not written by this command: {error}") from None
            end += len(line)
    return done, end
