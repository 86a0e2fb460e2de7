"""Files, folders, standard input and bulk JSONL in; articles and problems out, in the order given."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from retold.article import Article, Problem
from retold.reading.decoding import MAX_BYTES
from retold.reading.errors import ReadingError
from retold.reading.read import Reading, load_file, read_text, take_in

READABLE = frozenset({".txt", ".html", ".htm", ".xhtml", ".md", ".jsonl"})
_STDIN = "standard input"
_HOW = "read-inputs"


class BulkLine(msgspec.Struct, frozen=True):
    """One line of bulk input. `text` is taken as it stands; None: unknown."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None


def read_inputs(inputs: Iterable[str]) -> Iterator[Article | Problem]:
    """Read files, folders (with all they hold) and "-" (standard input), in order; one bad input stops nothing.

    Yields an Article for each that could be read, a Problem of level "error" for each that could not, and one of
    level "note" for what there is to know about one that was. The same text twice is read once, with a note.
    """
    seen: dict[str, str] = {}
    for found in _each(inputs):
        if isinstance(found, Problem):
            yield found
            continue
        article, notes = found
        if article.id in seen:
            yield _problem("note", article.input, f"has the same text as {seen[article.id]}, and is left out")
            continue
        seen[article.id] = article.input
        yield article
        yield from (_problem("note", article.input, note) for note in notes)


def count_inputs(inputs: Iterable[str]) -> int:
    """How many articles `read_inputs` will find at the most, without reading them; 0: that cannot be known."""
    count = 0
    for name in inputs:
        path = Path(name)
        if name == "-":
            return 0
        files = [one for one in path.rglob("*") if _is_readable(one, path)] if path.is_dir() else [path]
        count += sum(_count_lines(one) if one.suffix.lower() == ".jsonl" else 1 for one in files)
    return count


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for _ in file)
    except OSError:
        return 0


def _each(inputs: Iterable[str]) -> Iterator[Reading | Problem]:
    for name in inputs:
        if name == "-":
            yield from _read_stdin()
        elif Path(name).is_dir():
            yield from _read_folder(Path(name))
        elif name.lower().endswith(".jsonl"):
            yield from _read_bulk_file(Path(name))
        else:
            yield _read_file(Path(name), name)


def _problem(level: str, name: str, reason: str) -> Problem:
    return Problem(level="note" if level == "note" else "error", input=name, reason=reason, how=_HOW)


def _read_file(path: Path, name: str) -> Reading | Problem:
    try:
        return take_in(load_file(path), name=name)
    except ReadingError as error:
        hint = " (an address is not fetched: save the page)" if name.startswith(("http://", "https://")) else ""
        return _problem("error", name, f"{error}{hint}")


def _read_folder(folder: Path) -> Iterator[Reading | Problem]:
    """Every readable kind of file under `folder`, sorted by path; hidden files and folders are skipped."""
    paths = [path for path in sorted(folder.rglob("*")) if _is_readable(path, folder)]
    if not paths:
        kinds = " ".join(sorted(READABLE))
        yield _problem("error", str(folder), f"nothing to read in this folder: files that end in {kinds} were expected")
    for path in paths:
        if path.suffix.lower() == ".jsonl":
            yield from _read_bulk_file(path)
        else:
            yield _read_file(path, str(path))


def _is_readable(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() in READABLE and path.is_file()


def _read_stdin() -> Iterator[Reading | Problem]:
    """One article, or bulk lines where the first line is a JSON object with a text."""
    stream = sys.stdin.buffer
    head = stream.readline(MAX_BYTES + 1)
    if _is_bulk(head):
        yield from _read_lines(_Lines(stream, head), _STDIN)
        return
    try:
        yield take_in(head + stream.read(MAX_BYTES + 1), name=_STDIN)
    except ReadingError as error:
        yield _problem("error", _STDIN, str(error))


def _is_bulk(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=BulkLine)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _read_bulk_file(path: Path) -> Iterator[Reading | Problem]:
    try:
        with path.open("rb") as file:
            yield from _read_lines(_Lines(file), str(path))
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror
        yield _problem("error", str(path), f"cannot be opened ({reason}): check the path and its permissions")


class _Lines:
    """The lines of a stream, none held longer than the limit: of an overlong one only its beginning is given."""

    def __init__(self, stream: BinaryIO, first: bytes = b"") -> None:
        self._stream, self._first = stream, first

    def __iter__(self) -> Iterator[bytes]:
        if self._first:
            yield self._whole(self._first)
        while line := self._stream.readline(MAX_BYTES + 1):
            yield self._whole(line)

    def _whole(self, line: bytes) -> bytes:
        rest = line
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = self._stream.readline(MAX_BYTES + 1)
        return line


def _read_lines(lines: Iterable[bytes], name: str) -> Iterator[Reading | Problem]:
    count = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            count += 1
            yield _read_line(line, f"{name}:{number}")
    if not count:
        yield _problem("error", name, "it is empty, and one JSON object a line was expected")


def _read_line(line: bytes, place: str) -> Reading | Problem:
    """One article of bulk input, named by its file and line."""
    try:
        return Reading(_read_row(line, place), ())
    except ReadingError as error:
        return _problem("error", place, str(error))


def _read_row(line: bytes, place: str) -> Article:
    if len(line) > MAX_BYTES:
        raise ReadingError(f"the line has more than {MAX_BYTES // 1_000_000} MB, the limit for one article: split it")
    try:
        row = msgspec.json.decode(line, type=BulkLine)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReadingError(f'a JSON object with "text" was expected on this line: {error}') from None
    return read_text(
        row.text,
        name=place,
        given_id=None if row.id is None else str(row.id),
        title=row.title,
        published=row.published,
        url=row.url,
        outlet=row.outlet,
        author=row.author,
    )
