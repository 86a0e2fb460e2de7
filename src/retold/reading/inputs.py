"""Inputs of every kind in; articles and problems out, in the order given."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from retold.article import Article, Problem
from retold.reading.archives import read_archive
from retold.reading.bulk import is_bulk, read_line
from retold.reading.decoding import MAX_BYTES
from retold.reading.errors import ForeignError, ReadingError
from retold.reading.feeds import read_feed
from retold.reading.intake import Reading, hash_bytes, take_in
from retold.reading.kinds import HEAD, kind_of
from retold.reading.offer import Known, Offer
from retold.reading.passing import SAME_TEXT, PassedOver
from retold.reading.recurring import Recurring, recurring_in
from retold.reading.sources import Advance, Source, find_sources, problem
from retold.reading.visits import PUBLIC, Visits, Web, is_address

_Found = Reading | PassedOver | Problem
_Skip = Callable[[str], bool]


class _Wanted(NamedTuple):
    """Which articles are wanted: none whose given id is to be skipped or that is known; pages in any language, or in
    English only."""

    skip: _Skip
    known: Known
    any_language: bool


class _Reader(NamedTuple):
    """How inputs of one kind are read. `parts`: what they hold so many of that those without an article are counted,
    not told one by one; None: all is told."""

    read: Callable[[Source, _Wanted], Iterator[_Found]]
    parts: str | None = None


def _never(_given_id: str) -> bool:
    return False


def _nobody(_count: int) -> None:
    pass


def _unknown(_offer: Offer) -> bool:
    return False


def read_inputs(
    inputs: Iterable[str],
    *,
    skip: _Skip = _never,
    advance: Advance = _nobody,
    web: Web = PUBLIC,
    any_language: bool = False,
    known: Known = _unknown,
    repeats: bool = False,
) -> Iterator[Article | Problem]:
    """Read files, folders (with all they hold), addresses and "-" (standard input), in order.

    One bad input stops nothing. Yields an Article for each that could be read, a Problem of level "error" for each that
    could not, and one of level "note" for what there is to know about one that was. The same text twice is read once,
    with a note. `skip` is asked of each id that bulk input, a feed or an archive gives, once, before the article is
    read: where it is true, nothing is yielded. `advance` is told of the bytes that are read; `measure_inputs` counts
    them beforehand.
    `web` says what may be fetched. `any_language`: pages in other languages than English are read too. `known` is asked
    of each file and line of bulk input before it is read: where it is true, nothing is yielded. `repeats`: the same
    text twice is yielded twice, and no memory grows with the articles.
    """
    seen: dict[str, str] | None = None if repeats else {}
    with Visits(web) as visits:
        for name in inputs:
            found = visits.find_sources(name, advance) if is_address(name) else find_sources(name, advance)
            for one in found:
                if isinstance(one, Problem):
                    yield one
                else:
                    yield from _read_source(one, _Wanted(skip, known, any_language), seen)


def _read_source(source: Source, wanted: _Wanted, seen: dict[str, str] | None) -> Iterator[Article | Problem]:
    reader = _reader_of(source)
    passed: Counter[str] = Counter()
    for one in _till_failure(reader.read(source, wanted), source):
        if isinstance(one, Problem):
            yield one
        elif isinstance(one, PassedOver):
            passed[one.why] += 1
        elif seen is None or one.article.id not in seen:
            if seen is not None:
                seen[one.article.id] = one.article.input
            yield one.article
            yield from (problem("note", one.article.input, note) for note in one.notes)
        elif reader.parts:
            passed[SAME_TEXT.why] += 1
        else:
            reason = f"has the same text as {seen[one.article.id]}, and is left out"
            yield problem("note", one.article.input, reason)
    if passed:
        reasons = ", ".join(f"{count:,} {why}" for why, count in passed.most_common())
        yield problem("note", source.name, f"{passed.total():,} of its {reader.parts} gave no article: {reasons}")


def _till_failure(found: Iterator[_Found], source: Source) -> Iterator[_Found]:
    """All that is found, and the problem that ends it where one does."""
    try:
        yield from found
    except ForeignError as error:
        yield problem("error" if source.named else "note", source.name, str(error))
    except ReadingError as error:
        yield problem("error", source.name, str(error))
    except OSError as error:
        yield problem("error", source.name, f"cannot be read to its end ({error.strerror or error}): check the disk")


# --- one reader for each kind ------------------------------------------------------------------------------------


def _read_article(source: Source, wanted: _Wanted) -> Iterator[_Found]:
    yield from _take_in(source.stream.read(MAX_BYTES + 1), source, wanted)


def _take_in(data: bytes, source: Source, wanted: _Wanted) -> Iterator[Reading]:
    if not wanted.known(Offer(hash_bytes(data), url=source.url)):
        yield take_in(data, name=source.name, url=source.url, charset=source.charset, any_language=wanted.any_language)


def _read_json(source: Source, wanted: _Wanted) -> Iterator[_Found]:
    """Bulk lines where the first line is one of them; else one article."""
    first = source.stream.readline(MAX_BYTES + 1)
    if is_bulk(first):
        yield from _read_each(_Lines(source.stream, first), source, wanted)
    else:
        yield from _take_in(first + source.stream.read(MAX_BYTES + 1), source, wanted)


def _read_lines(source: Source, wanted: _Wanted) -> Iterator[_Found]:
    return _read_each(_Lines(source.stream), source, wanted)


def _read_each(lines: Iterable[bytes], source: Source, wanted: _Wanted) -> Iterator[_Found]:
    recurring = look_through(source.path) if source.path else {}
    count = 0
    for number, line in enumerate(lines, 1):
        if line.strip():
            count += 1
            yield from _read_line(line, f"{source.name}:{number}", wanted, recurring)
    if not count:
        raise ReadingError("it is empty, and one JSON object a line was expected")


def look_through(path: Path) -> Recurring:
    """What recurs in a file of bulk lines; nothing where it cannot be opened twice."""
    try:
        with path.open("rb") as file:
            return recurring_in(_Lines(file))
    except OSError:
        return {}


def _read_line(line: bytes, place: str, wanted: _Wanted, recurring: Recurring) -> Iterator[_Found]:
    """The article of a line, named by its file and number; nothing where it is skipped."""
    try:
        found = read_line(line, name=place, skip=wanted.skip, known=wanted.known, recurring=recurring)
    except ReadingError as error:
        yield problem("error", place, str(error))
    else:
        yield from () if found is None else (found,)


def _read_feed(source: Source, wanted: _Wanted) -> Iterator[_Found]:
    data = source.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReadingError(f"it has more than {MAX_BYTES // 1_000_000} MB, the limit for one feed: split it")
    yield from read_feed(data, name=source.name, skip=wanted.skip)


def _read_archive(source: Source, wanted: _Wanted) -> Iterator[_Found]:
    return read_archive(source.stream, name=source.name, skip=wanted.skip)


_ARTICLE, _LINES = _Reader(_read_article), _Reader(_read_lines)
_READERS = {
    "archive": _Reader(_read_archive, parts="records"),
    "feed": _Reader(_read_feed, parts="items"),
    "json": _Reader(_read_json),
}


def _reader_of(source: Source) -> _Reader:
    """By the first bytes; that a file has an object a line only its name can say, where its first line is a bad one."""
    if source.name.lower().endswith(".jsonl"):
        return _LINES
    return _READERS.get(kind_of(source.stream.peek(HEAD)[:HEAD]), _ARTICLE)


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
