"""The visible characters of an HTML source with the way back to it, and the search for kept words among them."""

import re
from array import array
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from retold.article import Origin, Span

# One scan over the source. The elements whose content nobody reads are skipped up to their end tag; each branch
# starts with its own characters and runs to a fixed one, so that no input is gone over twice.
_TOKEN = re.compile(
    r"(?P<comment><!--)|<(?P<hidden>script|style|noscript|template|textarea)(?=[\s>/])|(?P<tag><[a-zA-Z/!?][^<>]*>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][\da-zA-Z]{1,31});)",
    re.IGNORECASE,
)


class Visible(NamedTuple):
    """The characters that a reader sees, without white space, and the source span that each came from.

    `characters[i]` stands at `source[starts[i]:ends[i]]` (several characters long where it is an entity).
    """

    characters: str
    starts: Sequence[int]
    ends: Sequence[int]


def scan(source: str) -> Visible:
    """The visible characters of an HTML source in order; scripts, styles, comments and tags left out."""
    characters: list[str] = []
    starts, ends = array("L"), array("L")
    for word, start, end in _runs(source):
        for offset, character in enumerate(word):
            if not character.isspace():
                characters.append(character)
                starts.append(start if end - start != len(word) else start + offset)
                ends.append(end if end - start != len(word) else start + offset + 1)
    return Visible("".join(characters), starts, ends)


def _runs(source: str) -> Iterator[tuple[str, int, int]]:
    """Stretches of text and single entities: the characters, and the source span they came from."""
    position = 0
    while match := _TOKEN.search(source, position):
        if match.start() > position:
            yield source[position : match.start()], position, match.start()
        if match["entity"]:
            yield unescape(match["entity"]), match.start(), match.end()
        position = _after(source, match)
    if position < len(source):
        yield source[position:], position, len(source)


def _after(source: str, match: re.Match[str]) -> int:
    """Where the scan goes on: behind the tag or entity, or behind the end of what is hidden."""
    if match["comment"]:
        return _behind(source, "-->", match.end())
    if match["hidden"]:
        closing = re.compile(rf"</{match['hidden']}[^>]{{0,20}}>", re.IGNORECASE).search(source, match.end())
        return closing.end() if closing else len(source)
    return match.end()


def _behind(source: str, mark: str, start: int) -> int:
    found = source.find(mark, start)
    return found + len(mark) if found >= 0 else len(source)


class Place(NamedTuple):
    """Where a kept piece of text stands among the visible characters: half-open range."""

    first: int
    last: int


def locate(visible: Visible, piece: str, after: int) -> Place | None:
    """Find the words of `piece`, first behind `after`, then anywhere; None where they do not stand in one run."""
    wanted = _squeeze(piece)
    if not wanted:
        return None
    found = visible.characters.find(wanted, after)
    found = found if found >= 0 else visible.characters.find(wanted)
    return Place(found, found + len(wanted)) if found >= 0 else None


def _squeeze(text: str) -> str:
    return "".join(text.split())


def trace(source: str, visible: Visible, place: Place, piece: str, at: int) -> Iterator[Origin]:
    """The way back of a located piece that stands at offset `at` of the text: runs of equal characters.

    An entity gives a run of its own, of one character from several. A space between words is in a run where the
    source has the same single space there, else in none.
    """
    run: Origin | None = None
    index = place.first
    for offset, character in enumerate(piece, at):
        if character.isspace():
            continue
        step = Origin(offset, offset + 1, visible.starts[index], visible.ends[index])
        index += 1
        if run and _continues(source, run, step):
            run = Origin(run.start, step.end, run.in_start, step.in_end)
            continue
        if run:
            yield run
        run = step
    if run:
        yield run


def _continues(source: str, run: Origin, step: Origin) -> bool:
    """Whether `step` follows `run` in text and source alike: at once, or after one space."""
    gap = step.start - run.end
    if step.in_start - run.in_end != gap or gap > 1 or (gap == 1 and source[run.in_end] != " "):
        return False
    return step.in_end - step.in_start == 1 and run.in_end - run.in_start == run.end - run.start


_EDGE = 20  # characters at either end by which a piece with words missing is found again
_SLACK = 400  # characters that may be missing


def restore(source: str, visible: Visible, piece: str, after: int) -> str | None:
    """The words of the source from the beginning to the end of a piece that lost some in between; None if not found.

    Extractors drop links from the middle of sentences; what they leave cannot be found as it stands.
    """
    wanted = _squeeze(piece)
    first = visible.characters.find(wanted[:_EDGE], after)
    tail = visible.characters.find(wanted[-_EDGE:], first, first + len(wanted) + _SLACK) if first >= 0 else -1
    if tail < 0 or len(wanted) < 2 * _EDGE:
        return None
    start, end = source_span(visible, Place(first, tail + _EDGE))
    return " ".join("".join(word for word, _, _ in _runs(source[start:end])).split())


def source_span(visible: Visible, place: Place) -> Span:
    """The stretch of the source from the first to the last character of a place."""
    return Span(visible.starts[place.first], visible.ends[place.last - 1])
