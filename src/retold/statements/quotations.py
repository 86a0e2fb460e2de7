"""Where quotation marks open and close: straight, curly, single, nested, and running over paragraphs.

Theory: a quotation is closed by the mark that pairs with the one that opened it. One that is still open at the end of
its paragraph runs on when the next paragraph opens with the same mark again, and otherwise ends with its paragraph.
Apostrophes are not marks: a single closing mark counts only where a single opening mark waits for it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from retold.article import Article, Span
from retold.statements.statement import Quotation

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_MARK = re.compile(r"''|``|[“”„«»\"‘’']")
# What may close each mark: writers mix straight and curly ones.
_PAIRS = {
    "“": ("”", '"'),
    "„": ("“", "”"),
    "«": ("»",),
    '"': ('"', "”"),
    "‘": ("’",),
    "'": ("'",),
    "``": ("''",),
    "''": ("''",),
}
_SINGLE = frozenset("‘'")
_MOST_PARAGRAPHS = 200  # of one quotation: longer ones are documents whose marks never close
_DEEPEST = 4  # quotations inside quotations: deeper ones are stray marks
_BEFORE_OPENING = frozenset("([{—–-/“\"‘'«„")


class _Open(NamedTuple):
    mark: str
    start: int


def paragraphs(article: Article) -> tuple[Span, ...]:
    """The non-empty lines of the article's own blocks, in text order."""
    return tuple(
        Span(match.start(), match.end())
        for block in article.own_blocks()
        for match in _LINE.finditer(article.text, block.start, block.end)
    )


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Find the quotations in `paragraphs` (in text order), in the order of their opening marks.

    Nested ones are found too. Empty: no opening mark.
    """
    found: list[Quotation] = []
    waiting: Quotation | None = None  # still open at the end of the paragraph before
    for paragraph in paragraphs:
        if waiting is not None and not _reopens(text, paragraph, waiting):
            found.append(waiting)
            waiting = None
        closed, waiting = _in_paragraph(text, paragraph, () if waiting is None else waiting.spans)
        found.extend(closed)
    if waiting is not None:
        found.append(waiting)
    return tuple(sorted(found, key=lambda quotation: (quotation.spans[0].start, -quotation.spans[-1].end)))


def outer_spans(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """The stretches in quotation marks that stand in no other, in text order."""
    return sorted(span for quotation in outer_quotations(text, paragraphs) for span in quotation.spans)


def outer_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The quotations that stand in no other, in the order of their opening marks."""
    return [quotation for quotation in find_quotations(text, paragraphs) if not quotation.nested]


def _reopens(text: str, paragraph: Span, waiting: Quotation) -> bool:
    """Whether a paragraph begins with the mark of the quotation that the one before left open."""
    opening = text[paragraph.start : paragraph.end].lstrip()[:1]
    return opening == text[waiting.spans[0].start] and len(waiting.spans) < _MOST_PARAGRAPHS


def _in_paragraph(text: str, paragraph: Span, carried: tuple[Span, ...]) -> tuple[list[Quotation], Quotation | None]:
    """The quotations that end in a paragraph, and the outermost one still open at its end.

    `carried` are the spans of a quotation that the first mark of the paragraph re-opens.
    """
    closed: list[Quotation] = []
    stack: list[_Open] = []
    for match in _MARK.finditer(text, *paragraph):
        mark, at = match.group(), match.start()
        level = _closing_level(text, paragraph, stack, mark, at)
        if level is not None:
            closed.append(_close(stack[level].start, match.end(), carried if level == 0 else (), level > 0))
            carried = () if level == 0 else carried
            del stack[level:]
        elif len(stack) < _DEEPEST and _opens(text, paragraph, mark, at):
            stack.append(_Open(mark, at))
    outer = next((opened for opened in stack if opened.mark not in _SINGLE), None)
    if outer is None:
        return closed, None
    nested = [
        quotation if quotation.spans[0].start < outer.start else _close(*quotation.spans[0], (), True)
        for quotation in closed
    ]
    end = paragraph.start + len(text[paragraph.start : paragraph.end].rstrip())
    return nested, Quotation(spans=(*carried, Span(outer.start, end)), closed=False, nested=False)


def _close(start: int, end: int, carried: tuple[Span, ...], nested: bool) -> Quotation:
    return Quotation(spans=(*carried, Span(start, end)), closed=True, nested=nested)


def _closing_level(text: str, paragraph: Span, stack: Sequence[_Open], mark: str, at: int) -> int | None:
    """Which open quotation a mark closes (index into the stack, the innermost that fits); None: it closes none."""
    for level in range(len(stack) - 1, -1, -1):
        opened = stack[level]
        if mark not in _PAIRS[opened.mark]:
            continue
        if opened.mark in _SINGLE:
            return level if _closes_single(text, paragraph, at) else None
        if mark in ('"', "''") and _opens(text, paragraph, mark, at) and not _after_word(text, paragraph, at):
            return None
        return level
    return None


def _after_word(text: str, paragraph: Span, at: int) -> bool:
    return at > paragraph.start and not text[at - 1].isspace()


def _opens(text: str, paragraph: Span, mark: str, at: int) -> bool:
    """Whether a mark can open a quotation where it stands."""
    following = text[at + len(mark) : min(at + len(mark) + 1, paragraph.end)]
    if mark in "”»":
        return False
    if mark in ("“", "„", "«", "``"):
        return True
    free = at == paragraph.start or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENING
    if mark in ('"', "''"):
        return free and following != "" and not following.isspace()
    if mark == "’":
        return False
    return free and (following.isalpha() or following in "[…") and _single_closes_later(text, paragraph, mark, at)


def _closes_single(text: str, paragraph: Span, at: int) -> bool:
    """Whether a single mark ends a word or sentence rather than standing for left-out letters."""
    if at + 1 < paragraph.end and text[at + 1].isalnum():
        return False
    return not text[at - 1].isspace()


def _single_closes_later(text: str, paragraph: Span, mark: str, at: int) -> bool:
    """Whether a mark that closes a single quotation follows within 300 characters: "’em" and "‘90s" have none."""
    end = min(paragraph.end, at + 300)
    closing = _PAIRS[mark][0]
    place = text.find(closing, at + 2, end)
    while place != -1 and not _closes_single(text, paragraph, place):
        place = text.find(closing, place + 1, end)
    return place != -1
