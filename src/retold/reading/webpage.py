"""An HTML page in; all the words that it shows, typed, with the way back to the source."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped]

from retold.article import RUNNING_TEXT, Origin, Span
from retold.language.tables import read_table, word_set
from retold.reading.deciding import make_blocks, type_lines
from retold.reading.errors import ReadingError
from retold.reading.gluing import Part
from retold.reading.lines import MOST_LINES, Line, look_at, look_past
from retold.reading.page_facts import find_facts
from retold.reading.pieces import Document
from retold.reading.publication import Facts
from retold.reading.stretches import CREDIT, Element, Stretch, find_stretches, kept_shares

_MIN_WORDS = 15  # of body; a page with fewer is a stub, a login or a list of links
_MANY_ELEMENTS = 6000  # four times as many as the largest of the 88 labelled pages has
_LARGE_SOURCE = 3_000_000  # characters; what is kept is looked for in all of the page, piece by piece
_NEAR_ELEMENTS = 6  # how many of the elements round a stretch are asked for their marks
_NO_ARTICLE = "no article was found in this HTML page: save the article's own page, or its text"


class Page(NamedTuple):
    """A page before its lines are typed: its text, the way back, and its lines with what the markup says of them."""

    text: str
    origin: tuple[Origin, ...]
    lines: tuple[Line, ...]
    facts: Facts


def read_page(source: str) -> Document:
    """Read an HTML page: every stretch of words that it shows, in page order, joined by blank lines.

    Nothing is fetched. Raises ReadingError when there is no article in it.
    """
    page = take_apart(source)
    labels = type_lines(page.lines, title=page.facts.title)
    words = sum(line.word_count for line, label in zip(page.lines, labels, strict=True) if label.kind in RUNNING_TEXT)
    if words < _MIN_WORDS:
        raise ReadingError(_NO_ARTICLE)
    return Document(page.text, make_blocks(page.lines, labels), page.facts, page.origin, marked_up=True)


def take_apart(source: str) -> Page:
    """The words of a page as lines, with what their markup and trafilatura say of them.

    Raises ReadingError when it cannot be read as HTML.
    """
    tree = _parse(source)
    facts = find_facts(tree)
    kept = _extract(tree) if len(source) <= _LARGE_SOURCE else []
    stretches = find_stretches(source)
    shares = kept_shares([one.words for one in stretches], kept) if kept else None
    text, origin, spans = _lay_out(stretches)
    near = _near(shares) if shares else range(len(stretches))
    marks = _marks(stretches, shares, near)
    lines: list[Line] = []
    for index, (stretch, span) in enumerate(islice(zip(stretches, spans, strict=True), MOST_LINES)):
        if index in near:
            found = look_at(text, span, marks[index])
            lines += [line if line.part.kind else line._replace(part=_told(line.part, stretch)) for line in found]
        else:
            lines.append(_far_line(stretch, span))
    return Page(text, origin, (*lines, *look_past(text, spans)), facts)


_FAR = 25  # stretches from the article; of the labelled pages none has words of its article so far from what is kept


def _near(shares: Sequence[float]) -> range:
    """The stretches from some way above the first that is kept to some way below the last: the others are menus,
    comments and other articles, and not worth a close look."""
    kept = [index for index, share in enumerate(shares) if share > 0]
    return range(max(0, kept[0] - _FAR), min(len(shares), kept[-1] + _FAR + 1)) if kept else range(len(shares))


def _far_line(stretch: Stretch, span: Span) -> Line:
    count = len(stretch.words.split())
    points = count >= _TEASER_WORDS and (stretch.linked or stretch.element.tag in _HEADINGS)
    reason = "a link or heading far from the article" if points else "stands far from the article"
    part = Part(Span(0, len(stretch.words)), "teaser" if points else "furniture", "html-far", reason)
    return Line(span, stretch.words, count, None, False, False, part, ("markup",))


_TEASER_WORDS = 5  # menus have shorter links
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _parse(source: str) -> HtmlElement:
    try:
        # An encoding declared in the markup no longer holds for characters, and lxml refuses it: drop the line.
        return document_fromstring(re.sub(r"^\s{0,100}<\?xml[^>]{0,200}\?>", "", source, count=1))
    except (etree.LxmlError, ValueError):
        raise ReadingError(_NO_ARTICLE) from None


def _extract(tree: HtmlElement) -> list[str]:
    """What trafilatura keeps, in page order; empty where it keeps nothing, or the page is too large for it.

    Without its second opinions: they cost as much again, and the weights do better. Malformed markup trips it up in
    many ways, all of which mean that it keeps nothing.
    """
    if tree.xpath("count(//*)") > _MANY_ELEMENTS:
        return []
    try:
        document: Any = trafilatura.bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, IndexError):
        return []
    return list(_pieces(document.body)) if document is not None and document.body is not None else []


_BLOCK_TAGS = frozenset({"p", "head", "quote", "list", "item", "row", "table", "ab", "code", "body", "div", "fw"})


def _pieces(body: Any) -> Iterator[str]:
    """The text between the edges of block elements."""
    words: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCK_TAGS or element.tag in ("lb", "cell"):
            yield "".join(words)
            words.clear()
        words.append((element.text if event == "start" else element.tail) or "")
    yield "".join(words)


def _lay_out(stretches: Sequence[Stretch]) -> tuple[str, tuple[Origin, ...], list[Span]]:
    """The text, the way back, and where each stretch stands."""
    origin: list[Origin] = []
    spans: list[Span] = []
    at = 0
    for stretch in stretches:
        origin += [Origin(at + run.start, at + run.end, run.in_start, run.in_end) for run in stretch.runs]
        spans.append(Span(at, at + len(stretch.words)))
        at += len(stretch.words) + 2
    return "\n\n".join(stretch.words for stretch in stretches), tuple(origin), spans


# --- what the markup says of a stretch -----------------------------------------------------------------------------

_SECTIONS = word_set("retold.reading", "sections")


@lru_cache(maxsize=1)
def _classes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rows of classes.tsv."""
    return tuple((row["name"], re.compile(row["pattern"])) for row in read_table("retold.reading", "classes.tsv"))


def _marks(stretches: Sequence[Stretch], shares: Sequence[float] | None, near: range) -> dict[int, tuple[str, ...]]:
    """The features that markup and trafilatura give each of the stretches that are near the article."""
    known: dict[int, tuple[str, ...]] = {}
    kept = [_part(share) for share in shares] if shares else ["unknown"] * len(stretches)
    marks = {}
    for index in near:
        stretch = stretches[index]
        own = known.get(id(stretch.element))
        if own is None:
            own = known[id(stretch.element)] = tuple(_element_marks(stretch.element))
        around = [kept[at] if 0 <= at < len(kept) else "edge" for at in (index - 1, index + 1)]
        linked = _part(stretch.linked / len(stretch.words))
        marks[index] = (
            *own,
            f"linked:{linked}",
            f"kept:{kept[index]}",
            "picture:before" if stretch.picture else "picture:none",
            f"kept around:{around[0]}, {kept[index]}, {around[1]}",
            f"kept:{kept[index]} tag:{stretch.element.tag}",
        )
    return marks


_CAPTION = re.compile(r"(?:^|[\s_-])(?:fig)?caption(?:[\s_-]|$)")
_PICTURE = re.compile(r"(?:^|[\s_-])(?:picture|photo|image)(?:[\s_-]|$)")
_NEAREST = 3  # elements from the inside in which a caption is marked up


def _told(part: Part, stretch: Stretch) -> Part:
    """A part with the kind that its markup states: captions of pictures, and whose pictures they are."""
    element = stretch.element
    near = list(islice(element.chain(), _NEAREST))
    in_caption = any(one.tag == "figcaption" or _CAPTION.search(one.marks) for one in near)
    in_figure = in_caption or any(one.tag == "figure" for one in element.chain())
    if in_figure and any(CREDIT.search(one.marks) for one in near):
        return part._replace(kind="credit", how="html-credit", reason="marked up as a picture credit")
    if in_caption:
        return part._replace(kind="caption", how="html-caption", reason="marked up as a caption")
    if stretch.picture and not stretch.linked and any(_PICTURE.search(one.marks) for one in near):
        return part._replace(kind="caption", how="html-picture", reason="stands in a picture's box, right behind it")
    return part


def _part(share: float) -> str:
    return "none" if share <= 0.05 else "all" if share >= 0.95 else "some" if share < 0.5 else "most"


def _element_marks(element: Element) -> Iterator[str]:
    """The tag of the innermost element, and the sections and classes of the nearest ones."""
    yield "markup"
    yield f"tag:{element.tag}"
    seen: set[str] = set()
    for depth, one in enumerate(element.chain()):
        if one.tag in _SECTIONS and depth:
            seen.add(f"inside:{one.tag}")
        if one.marks and depth < _NEAR_ELEMENTS:
            names = _named(one.marks)
            seen.update(f"class:{name}" for name in names)
            if depth < 2:
                seen.update(f"near class:{name}" for name in names)
    yield from sorted(seen)


@lru_cache(maxsize=8192)  # a page has a hundred different classes and a thousand elements
def _named(marks: str) -> frozenset[str]:
    """The names in classes.tsv that the class, id and role of an element answer to."""
    return frozenset(name for name, pattern in _classes() if pattern.search(marks))
