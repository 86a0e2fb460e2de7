"""An HTML source read into the stretches of words that its page shows, each with its place in the source.

One pass over the source, in time that grows with its length: an HTML parser gives no way back to the characters that it
read, and the source is what an editor can check. What is nested how matters only for the marks (classes and ids) under
which words stand, so tags that are never closed do no harm.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from retold.article import Origin
from retold.language.tables import word_set

# What a browser sets in a line of text; every other element begins and ends a stretch.
INLINE = word_set("retold.reading", "inline")
_VOID = word_set("retold.reading", "void")
_HIDDEN = word_set("retold.reading", "hidden")
_CELLS = frozenset({"td", "th"})
CREDIT = re.compile(r"credit|copyright|photographer", re.IGNORECASE)

_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,20})")
_ATTRIBUTE = re.compile(
    r"\s(class|id|role|itemprop|rel|href)\s?=\s?(?:\"([^\"]{0,400})|'([^']{0,400})|([^\s\"'>]{1,400}))", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][\da-zA-Z]{1,31});")
_EVEN_WORDS = re.compile(r"\S+(?: \S+)*")
_LONGEST_TAG = 20_000  # characters in which a quoted ">" is looked for: pages keep data in attributes
_SHORT_CELL = 12  # words; a row of shorter cells is one stretch, a longer cell is a text of its own
_DEEPEST = 200  # open elements; what is nested deeper keeps the marks of those above


class Element(NamedTuple):
    """An open element: its tag, its class, id, role and itemprop in lower case, and the element it stands in."""

    tag: str
    marks: str
    parent: "Element | None"

    def chain(self) -> Iterator["Element"]:
        """This element and those round it, from the inside."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


class Stretch(NamedTuple):
    """Words that stand together, white space made single spaces.

    `runs` are the way back to the source, their text offsets counted from the beginning of `words`. `linked` is how
    many of the characters stand in links. `picture`: a picture stands right before it.
    """

    words: str
    runs: tuple[Origin, ...]
    element: Element
    linked: int
    picture: bool


ROOT = Element("", "", None)


def find_stretches(source: str) -> tuple[Stretch, ...]:
    """The stretches of words that the page shows, in the order of the source; empty for a page without words.

    Scripts, styles, comments and the page's title are no part of it. Raises: nothing.
    """
    return _Scan(source).stretches()


class _Scan:
    """Where the scan stands: the open elements, and what the stretch at hand has so far."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._open = [ROOT]
        self._links = 0
        self._picture = False
        self._found: list[Stretch] = []
        self._clear()

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._runs: list[Origin] = []
        self._length = 0
        self._linked = 0
        self._space = False
        self._breaks = 0
        self._element: Element | None = None

    def stretches(self) -> tuple[Stretch, ...]:
        """All of them; a scan is made once."""
        source, position = self._source, 0
        while (opening := source.find("<", position)) >= 0:
            name = _NAME.match(source, opening + 1)
            if name is None and source[opening + 1 : opening + 2] not in ("!", "?", "/"):
                self._take(position, opening + 1)  # a "<" that is only a character
                position = opening + 1
                continue
            self._take(position, opening)
            if name is None:
                position = _behind_declaration(source, opening)
                continue
            end = _tag_end(source, name.end())
            tag, closes = name[1].lower(), source[opening + 1] == "/"
            self._tag(tag, closes, source[name.end() : end])
            position = end if closes or tag not in _HIDDEN else self._behind_hidden(tag, end)
        self._take(position, len(source))
        self._flush()
        return tuple(self._found)

    def _behind_hidden(self, tag: str, end: int) -> int:
        """Where the scan goes on behind the tag of an element of which nobody sees what is in it."""
        if self._source[end - 2 : end] == "/>":
            return end
        closing = re.compile(rf"</{tag}\b[^<>]{{0,20}}>?", re.IGNORECASE).search(self._source, end)
        return closing.end() if closing else len(self._source)

    # --- words ---

    def _take(self, start: int, end: int) -> None:
        """Add the words of `source[start:end]`, which holds no tag."""
        if start >= end:
            return
        text = self._source[start:end]
        if "&" not in text:
            self._add(text, start)
            return
        at = 0
        for entity in _ENTITY.finditer(text):
            self._add(text[at : entity.start()], start + at)
            self._add_entity(unescape(entity[0]), start + entity.start(), start + entity.end())
            at = entity.end()
        self._add(text[at:], start + at)

    def _add(self, text: str, start: int) -> None:
        end = 0
        for match in _EVEN_WORDS.finditer(text):
            self._space = self._space or match.start() > end
            words = match[0]
            place = self._put(words)
            self._runs.append(Origin(place, place + len(words), start + match.start(), start + match.end()))
            end = match.end()
        self._space = self._space or end < len(text)

    def _add_entity(self, characters: str, start: int, end: int) -> None:
        if characters.isspace():
            self._space = True
            return
        place = self._put(characters)
        self._runs.append(Origin(place, place + len(characters), start, end))

    def _put(self, words: str) -> int:
        """Add words to the stretch, behind a space where the source has one; where they begin."""
        if self._element is None:
            self._element = self._open[-1]
        elif self._space:
            self._parts.append(" ")
            self._length += 1
        self._space, self._breaks = False, 0
        place = self._length
        self._parts.append(words)
        self._length += len(words)
        self._linked += len(words) if self._links else 0
        return place

    def _flush(self) -> None:
        if self._element is not None:
            block = next((one for one in self._element.chain() if one.tag not in INLINE), ROOT)
            element = self._element if CREDIT.search(self._element.marks) else block
            words = "".join(self._parts)
            self._found.append(Stretch(words, tuple(self._runs), element, self._linked, self._picture))
            self._picture = False
            self._clear()
        self._space, self._breaks = False, 0

    # --- tags ---

    def _tag(self, tag: str, closes: bool, rest: str) -> None:
        if tag == "a":
            self._links = 0 if closes else 1
        if tag == "br":
            self._break()
            return
        if closes:
            self._close(tag)
            return
        if tag == "img" and self._element is None:
            self._picture = True
        inline = tag in INLINE
        # Of what stands within a line only a credit is told by its class.
        marks = _marks(rest) if "=" in rest and (not inline or CREDIT.search(rest)) else ""
        if (not inline and tag not in _HIDDEN) or (inline and CREDIT.search(marks)):
            self._edge(tag)
        if tag not in _VOID and tag not in _HIDDEN and len(self._open) < _DEEPEST:
            self._open.append(Element(tag, marks, self._open[-1]))

    def _close(self, tag: str) -> None:
        """Close the innermost open element of this tag; a closing tag that nothing opened only ends the stretch."""
        depth = next((i for i in range(len(self._open) - 1, 0, -1) if self._open[i].tag == tag), 0)
        if tag not in INLINE or (depth and CREDIT.search(self._open[depth].marks)):
            self._edge(tag)
        if depth:
            del self._open[depth:]

    def _edge(self, tag: str) -> None:
        if tag in _CELLS and self._length < 100 and sum(part.count(" ") + 1 for part in self._parts) <= _SHORT_CELL:
            self._space = True
        else:
            self._flush()

    def _break(self) -> None:
        """One line break is white space; two begin a new paragraph."""
        self._breaks += 1
        self._space = True
        if self._breaks > 1:
            self._flush()


def _marks(rest: str) -> str:
    """The values of the attributes that say what an element is for, in lower case."""
    found = _ATTRIBUTE.findall(rest[:2000])
    return " ".join((a or b or c).lower() for name, a, b, c in found if name.lower() != "href")


def _tag_end(source: str, start: int) -> int:
    """Where the tag ends whose name ends at `start`: behind its ">", but for one inside a quoted value."""
    end = source.find(">", start)
    while 0 <= end < start + _LONGEST_TAG:
        inside = _open_quote(source[start:end])
        if not inside:
            break
        closing = source.find(inside, end, start + _LONGEST_TAG)
        if closing < 0:
            break
        end = source.find(">", closing)
    return end + 1 if end >= 0 else len(source)


def _open_quote(attributes: str) -> str:
    """The quotation mark that is open at the end of a tag's attributes; "" for none."""
    if attributes.count('"') % 2 == 0 and attributes.count("'") % 2 == 0:
        return ""
    mark = ""
    for character in attributes:
        if character in "\"'":
            mark = "" if character == mark else mark or character
    return mark


def _behind_declaration(source: str, opening: int) -> int:
    """Where a comment, a declaration or a stray closing tag ends."""
    mark = "-->" if source.startswith("<!--", opening) else ">"
    found = source.find(mark, opening + 2)
    return found + len(mark) if found >= 0 else len(source)


def _squeeze(words: str) -> str:
    """The characters of `words` without white space, by which texts are compared that were spaced by others."""
    return "".join(words.split())


def kept_shares(stretches: Sequence[str], pieces: Sequence[str]) -> list[float]:
    """Which share of each stretch's characters stands in `pieces`, the text that somebody kept of it, in page order.

    A piece is looked for behind the one before it, then anywhere. One that is not found as it stands (extractors drop
    links from the middle of sentences) counts from where it begins to where it ends, if that is not far.
    """
    bounds, everything = [0], []
    for stretch in stretches:
        everything.append(_squeeze(stretch))
        bounds.append(bounds[-1] + len(everything[-1]))
    page, kept, after = "".join(everything), bytearray(bounds[-1]), 0
    for piece in pieces:
        start, end = _locate(page, _squeeze(piece), after)
        kept[start:end] = b"\1" * (end - start)
        after = end if start >= after else after
    return [kept.count(1, a, b) / (b - a) if b > a else 0.0 for a, b in pairwise(bounds)]


_EDGE = 20  # characters at either end by which a piece with words missing is found again
_SLACK = 400  # characters that may be missing


def _locate(page: str, piece: str, after: int) -> tuple[int, int]:
    """Where a piece stands in the page; an empty range for nowhere."""
    for begin in (after, 0):
        if piece and (found := page.find(piece, begin)) >= 0:
            return found, found + len(piece)
    if len(piece) < 2 * _EDGE:
        return 0, 0
    first = page.find(piece[:_EDGE], after)
    last = page.find(piece[-_EDGE:], first, first + len(piece) + _SLACK) if first >= 0 else -1
    return (first, last + _EDGE) if last >= 0 else (0, 0)
