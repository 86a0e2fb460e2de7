"""From lines of type to paragraphs in reading order: running lines set aside, columns one after the other.

Only geometry decides here: places, sizes, gaps. What the paragraphs are is decided where they are labelled.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from retold.reading.pdf_lines import TypeLine

_EDGE = 0.15  # the share of a page's height, at its top and at its bottom, in which running lines stand
_SAME_PLACE = 6.0  # points; running heads of left and right pages may differ by a line's leading
_PAGE_NUMBER = re.compile(r"^\W{0,3}(?:page\s?)?\d{1,3}(?:\s?(?:of|/)\s?\d{1,3})?\W{0,3}$", re.IGNORECASE)
_COLUMN_LINES = 3  # lines that a column has at least
_COLUMN_WIDTH = 20  # characters of its middle line; cells of a table are shorter
_MOST_LINES = 300  # of a page that is looked at for columns; a broadsheet has fewer
_BULLET = re.compile(r"^[•▪◦‣●·]\s?")
# A bullet; or somebody begins to speak, as transcripts have it.
_BEGINS = re.compile(rf"{_BULLET.pattern}|^(?:[A-Z][A-Z.’' -]{{1,40}}|Q|A): ")
_STOP = re.compile(r"[.!?:][”’\"')\]]{0,3}$")
_HYPHENS = "-\u00ad\u2010"
_SIZE_STEP = 0.6  # points; type that differs by less was rounded
_INDENT = 0.8  # of the type's size
_ROW_GAP = 1.5  # of the type's size; wider gaps in a line make it a row of a table


class Paragraph(NamedTuple):
    """A paragraph, or a heading, row or item on its own: its words, the first page it stands on, and its type."""

    words: str
    page: int
    top: float
    size: float
    bold: bool


class Running(NamedTuple):
    """A line that stands at the same place on `pages` pages, or a page number; `top` is where it first stands."""

    words: str
    page: int
    pages: int
    top: float


class Layout(NamedTuple):
    """The paragraphs in reading order, and the running lines in the order in which they first stand."""

    paragraphs: tuple[Paragraph, ...]
    running: tuple[Running, ...]


class _Flow(NamedTuple):
    """Lines of one column, from top to bottom. `rows` are the indexes of those that are rows of a table.

    `right` is the column's right edge, `size` the size in which most of it is set, `leading` the usual distance
    between the tops of two lines of one size that follow each other.
    """

    lines: Sequence[TypeLine]
    rows: Set[int]
    right: float
    size: float
    leading: float


def lay_paragraphs(lines: Sequence[TypeLine], heights: Sequence[float]) -> Layout:
    """Put lines of type into paragraphs. `heights` are of the pages, in points. Raises: nothing."""
    running = _find_running(lines, heights)
    pages: defaultdict[int, list[TypeLine]] = defaultdict(list)
    for line in lines:
        if line not in running:
            pages[line.page].append(line)
    usual = _usual_gutter(pages.values())
    flows = [flow for page in sorted(pages) for flow in _flows(pages[page], usual)]
    words = Counter(word.lower() for line in lines for word in line.text.split())
    return Layout(tuple(_paragraphs(flows, words)), _run_up(running))


# --- running lines -----------------------------------------------------------------------------------------------


def _find_running(lines: Sequence[TypeLine], heights: Sequence[float]) -> dict[TypeLine, int]:
    """Lines at the edges of pages that come back at the same place but for their numbers, and page numbers; each with
    the number of pages on which it stands."""
    edges = [line for line in lines if not _EDGE < (line.top + line.bottom) / 2 / heights[line.page - 1] < 1 - _EDGE]
    pages: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for line in edges:
        pages[_place(line)].add(line.page)
    found = {}
    for line in edges:
        words, step = _place(line)
        count = len(set().union(*(pages.get((words, near), ()) for near in (step - 1, step, step + 1))))
        if count > 1 or _PAGE_NUMBER.match(line.text):
            found[line] = count
    return found


def _place(line: TypeLine) -> tuple[str, int]:
    """The words of a line but for their numbers, and how far down the page it stands, in steps."""
    return re.sub(r"\d+", "0", line.text.lower()), round(line.top / _SAME_PLACE)


def _run_up(running: dict[TypeLine, int]) -> tuple[Running, ...]:
    """Each running line once, with the numbers that it had at first."""
    once: dict[str, Running] = {}
    for line, pages in running.items():
        once.setdefault(_place(line)[0], Running(line.text, line.page, pages, line.top))
    return tuple(once.values())


# --- columns -----------------------------------------------------------------------------------------------------


def _flows(lines: Sequence[TypeLine], usual: float | None = None) -> Iterator[_Flow]:
    """The columns of a page or of a part of it, in reading order; what crosses them parts those above from those below.

    `usual` is where the right-hand column of the document's other pages begins, for a page on which it is nearly empty.
    """
    ordered = _from_top(lines)
    edge = _gutter(ordered)
    if edge is None and usual is not None and _has_column(ordered, usual):
        edge = usual
    if edge is None:
        yield _join_rows(ordered)
        return
    for band in _bands(ordered, edge):
        left = [line for line in band if line.right <= edge]
        right = [line for line in band if line.left >= edge]
        if left and right:
            yield from _flows(left)
            yield from _flows(right)
        else:
            yield _join_rows(band)


def _from_top(lines: Iterable[TypeLine]) -> list[TypeLine]:
    return sorted(lines, key=lambda line: (line.top, line.left))


def _usual_gutter(pages: Iterable[Sequence[TypeLine]]) -> float | None:
    """Where most pages of two columns have the right-hand one; None: no page has two."""
    edges = Counter(edge for lines in pages if (edge := _gutter(_from_top(lines))) is not None)
    return edges.most_common(1)[0][0] if edges else None


def _has_column(lines: Sequence[TypeLine], edge: float) -> bool:
    """Whether a page has a column of text to the left of an edge, and something that begins at it."""
    left = [line for line in lines if line.right <= edge]
    begins = any(abs(line.left - edge) <= _SAME_PLACE for line in lines)
    return len(left) >= _COLUMN_LINES and _is_text(left) and begins


def _gutter(lines: Sequence[TypeLine]) -> float | None:
    """The left edge of a right-hand column: the one that has most lines on either side of it. None: one column."""
    best, most = None, _COLUMN_LINES - 1
    if len(lines) > _MOST_LINES:
        return None
    begun = Counter(line.left for line in lines)
    for edge in (edge for edge, count in begun.items() if count >= _COLUMN_LINES - 1):  # its first may be indented
        left = [line for line in lines if line.right <= edge]
        right = [line for line in lines if line.left >= edge]
        fewer = min(len(left), len(right))
        if fewer > most and _side_by_side(left, right) and _is_text(left) and _is_text(right):
            best, most = edge, fewer
    return best


def _side_by_side(left: Sequence[TypeLine], right: Sequence[TypeLine]) -> bool:
    """Whether columns stand at the same height: they overlap by half of the shorter one."""
    low, high = max(left[0].top, right[0].top), min(left[-1].bottom, right[-1].bottom)
    shorter = min(left[-1].bottom - left[0].top, right[-1].bottom - right[0].top)
    return high - low > 0.5 * shorter


def _is_text(lines: Sequence[TypeLine]) -> bool:
    return median(len(line.text) for line in lines) >= _COLUMN_WIDTH


def _bands(lines: Sequence[TypeLine], edge: float) -> Iterator[list[TypeLine]]:
    """Runs of lines that cross the edge of a column, and of lines that do not."""
    band: list[TypeLine] = []
    crossed = False
    for line in lines:
        crosses = line.left < edge < line.right
        if band and crosses != crossed:
            yield band
            band = []
        band.append(line)
        crossed = crosses
    if band:
        yield band


def _join_rows(lines: Sequence[TypeLine]) -> _Flow:
    """What stands side by side in one column is one line, from left to right: words far apart, or cells of a table."""
    joined: list[TypeLine] = []
    rows = set()
    for line in lines:
        last = joined[-1] if joined else None
        if last and line.top < (last.top + last.bottom) / 2 and line.left >= last.right:
            if line.left - last.right > _ROW_GAP * line.size:
                rows.add(len(joined) - 1)
            joined[-1] = last._replace(right=line.right, text=f"{last.text} {line.text}")
        else:
            joined.append(line)
    return _Flow(joined, rows, max(line.right for line in joined), _main_size(joined), _leading(joined))


# --- paragraphs --------------------------------------------------------------------------------------------------


def _paragraphs(flows: Iterable[_Flow], words: Counter[str]) -> Iterator[Paragraph]:
    """The lines joined, also from one column or page to the next; `words` tell where a hyphen belongs to the word."""
    together: list[TypeLine] = []
    for flow in flows:
        for index, line in enumerate(flow.lines):
            if together and not _continues(flow, index, together[-1]):
                yield _paragraph(together, words)
                together = []
            together.append(line)
    if together:
        yield _paragraph(together, words)


def _main_size(lines: Sequence[TypeLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _leading(lines: Sequence[TypeLine]) -> float:
    pairs = pairwise(lines)
    steps = [after.top - before.top for before, after in pairs if abs(after.size - before.size) <= _SIZE_STEP]
    return median(steps) if steps else 0.0


def _continues(flow: _Flow, index: int, last: TypeLine) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    line = flow.lines[index]
    if abs(line.size - last.size) > _SIZE_STEP or line.bold != last.bold or _BEGINS.match(line.text):
        return False
    if index in flow.rows or index - 1 in flow.rows:
        return False
    if index == 0:  # in another column or on another page
        return not _STOP.search(last.text)
    height = line.bottom - line.top
    if line.top - last.top > max(flow.leading, height) + 0.35 * height:
        return False
    if _is_centred(line, last) or abs(line.size - flow.size) > _SIZE_STEP:  # a heading breaks its lines where it likes
        return True
    if line.left - last.left > _INDENT * line.size:
        return bool(_BULLET.match(last.text))
    return not _ends_short(flow, line, last)


def _is_centred(line: TypeLine, last: TypeLine) -> bool:
    return abs((line.left + line.right) - (last.left + last.right)) < line.size


def _ends_short(flow: _Flow, line: TypeLine, last: TypeLine) -> bool:
    """Whether a line's first word had room on the line before it, which ends a sentence or is very short."""
    if last.text[-1] in _HYPHENS:
        return False
    first = len(line.text.split(maxsplit=1)[0]) + 1
    width = first * (line.right - line.left) / len(line.text)
    room = flow.right - last.right - width
    return room > 0 and (bool(_STOP.search(last.text)) or room > 0.25 * (flow.right - last.left))


def _paragraph(lines: Sequence[TypeLine], words: Counter[str]) -> Paragraph:
    parts = [_joined(line.text, after.text, words) for line, after in pairwise(lines)]
    text = "".join([*parts, lines[-1].text]).replace("\u00ad", "")
    size, bold = max(line.size for line in lines), sum(line.bold for line in lines) * 2 > len(lines)
    return Paragraph(" ".join(text.split()), lines[0].page, lines[0].top, size, bold)


def _joined(line: str, after: str, words: Counter[str]) -> str:
    """A line as it stands before the next one: with a space, or with or without the hyphen that it ends in.

    A word that a hyphen breaks is put together, unless the document has it with the hyphen more often.
    """
    head = line.rstrip(_HYPHENS)
    if head in (line, "") or head[-1].isspace():
        return f"{line} "
    if not (head[-1].isalpha() and after[:1].islower()):
        return f"{head}-"
    first, last = head.split()[-1], after.split(maxsplit=1)[0]
    hyphened, whole = (words[f"{first}{mark}{last}".lower()] for mark in ("-", ""))
    return f"{head}-" if hyphened > whole else head
