"""What the arguments of a command name on this machine, opened: files, folders, standard input."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from retold.article import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

READABLE = (
    *(".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".json", ".ninjs"),
    *(".jsonl", ".xml", ".rss", ".atom", ".warc", ".warc.gz"),
)
_STDIN = "standard input"
_BLOCK = 1 << 20  # bytes that are read at a time

Advance = Callable[[int], None]
"""Called with the number of bytes that have been read since it was called last."""


class Source(NamedTuple):
    """An opened input: its bytes from the first on, its name, and what came with it.

    `url`: where it was fetched from. `charset`: the encoding that its header named. `named`: it is an argument itself,
    and not found in a folder that is. `path`: of a file that can be read twice; a pipe cannot.
    """

    stream: io.BufferedReader
    name: str
    url: str | None = None
    charset: str | None = None
    named: bool = True
    path: Path | None = None


def find_sources(name: str, advance: Advance) -> Iterator[Source | Problem]:
    """What one argument names, opened one after the other; each is closed when the next is asked for."""
    if name == "-":
        stdin = cast(io.BufferedReader, sys.stdin.buffer)
        yield Source(watch(stdin.read1, advance), _STDIN)
    elif Path(name).is_dir():
        yield from _open_folder(Path(name), advance)
    else:
        yield from _open_file(Path(name), name, advance, named=True)


def measure_inputs(inputs: Iterable[str]) -> int:
    """How many bytes there are to read in all; 0: that cannot be known."""
    total = 0
    for name in inputs:
        path = Path(name)
        try:
            files = _files_in(path) if path.is_dir() else [path]
            total += sum(file.stat().st_size for file in files)
        except (OSError, ValueError):
            return 0
    return total


def problem(level: str, name: str, reason: str) -> Problem:
    """A problem with an input, "error" or "note"."""
    return Problem(level="note" if level == "note" else "error", input=name, reason=reason, how="read-inputs")


def _open_file(path: Path, name: str, advance: Advance, *, named: bool) -> Iterator[Source | Problem]:
    try:
        file = path.open("rb", buffering=0)
    except FileNotFoundError:
        yield problem("error", name, "there is no such file: check the path")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield problem("error", name, f"it cannot be opened ({reason}): check its permissions")
    else:
        with file:
            twice = path if path.is_file() else None
            yield Source(watch(file.read, advance), name, named=named, path=twice)


def _open_folder(folder: Path, advance: Advance) -> Iterator[Source | Problem]:
    """Every readable kind of file under `folder`, sorted by path; hidden files and folders are skipped."""
    paths = _files_in(folder)
    if not paths:
        kinds = " ".join(READABLE)
        yield problem("error", str(folder), f"nothing to read in this folder: files that end in {kinds} were expected")
    for path in paths:
        yield from _open_file(path, str(path), advance, named=False)


def _files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if _is_readable(path, folder)]


def _is_readable(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.name.lower().endswith(READABLE) and path.is_file()


class _Watched(io.RawIOBase):
    """A stream that tells of the bytes that are read of it, as many as have come at a time."""

    def __init__(self, read: Callable[[int], bytes | None], advance: Advance) -> None:
        self._read, self._advance, self._done = read, advance, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._done

    def readinto(self, buffer: "WriteableBuffer") -> int:
        data = self._read(memoryview(buffer).nbytes) or b""
        memoryview(buffer)[: len(data)] = data
        self._done += len(data)
        self._advance(len(data))
        return len(data)


def watch(read: Callable[[int], bytes | None], advance: Advance) -> io.BufferedReader:
    """A stream of what `read` gives, which tells `advance` of its bytes."""
    return io.BufferedReader(_Watched(read, advance), _BLOCK)
