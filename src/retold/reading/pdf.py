"""A PDF in: its paragraphs in reading order, typed by size, weight and place."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

import msgspec

from retold.reading import pdf_lines
from retold.reading.errors import ReadingError
from retold.reading.labelling import Label
from retold.reading.page_layout import Paragraph, Running, lay_paragraphs
from retold.reading.pdf_lines import MAX_PAGES, Typeset
from retold.reading.pieces import (
    HEADLINE_WORDS,
    SUBHEAD_WORDS,
    Document,
    Piece,
    find_title,
    label_by_words,
    lay_out,
    set_headline,
)
from retold.reading.publication import Facts

_SECONDS = 5.0
_MIN_WORDS = 15  # of a whole document; fewer are what a scanner or a fax machine stamps on its pages
_DISPLAY = 1.15  # of the body's size; smaller steps are another font, not a headline
_SMALL = 0.9  # of the body's size
_CAPTION_WORDS = 60
_UPPER_HALF = 0.5  # of the first page

_PROBLEMS = {
    "password": "it is protected by a password: save a copy without one",
    "broken": "it is no whole PDF (cut off, or damaged): fetch or save it again",
    "long": "it holds more text than one article can have: split it",
    "memory": "reading it takes more memory than any article needs: print it into a new PDF",
}


def read_pdf(data: bytes) -> Document:
    """Read the paragraphs of a PDF, typed, joined by blank lines.

    The reason of each block names its page. Of what the PDF says about itself only a title that stands in the text is
    believed: its author is mostly the owner of the machine, and its date the day on which somebody made the file.
    Raises ReadingError when it is locked, damaged or too large, or holds no text.
    """
    typeset = _typeset(data)
    layout = lay_paragraphs(typeset.lines, typeset.heights)
    if sum(len(paragraph.words.split()) for paragraph in layout.paragraphs) < _MIN_WORDS:
        raise ReadingError("it has no text layer, only pictures of pages: run OCR on it first")
    pieces = _typed(layout.paragraphs, typeset)
    heads, feet = _running_pieces(layout.running, typeset.heights)
    return lay_out([*heads, *pieces, *feet], Facts())


def _typeset(data: bytes) -> Typeset:
    """The lines of type, from a process of their own that is ended when it takes too long."""
    command = [sys.executable, "-P", pdf_lines.__file__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=True)
        typeset = msgspec.json.decode(done.stdout, type=Typeset)
    except subprocess.TimeoutExpired:
        raise ReadingError(f"reading it takes more than {_SECONDS:.0f} seconds: print it into a new PDF") from None
    except (subprocess.CalledProcessError, msgspec.DecodeError):
        raise ReadingError(_PROBLEMS["broken"]) from None
    if typeset.problem.startswith("pages "):
        count = typeset.problem.removeprefix("pages ")
        raise ReadingError(f"it has {count} pages, over the limit of {MAX_PAGES} for one article: split it")
    if typeset.problem:
        raise ReadingError(_PROBLEMS[typeset.problem])
    return typeset


# --- what each paragraph is --------------------------------------------------------------------------------------


def _typed(paragraphs: Sequence[Paragraph], typeset: Typeset) -> list[Piece]:
    body = _body_size(paragraphs)
    labels = [label_by_words(one.words) or _label(one, body) for one in paragraphs]
    pieces = [Piece(one.words, label) for one, label in zip(paragraphs, labels, strict=True)]
    named = find_title(typeset.title, pieces)
    shown = _headline(paragraphs, pieces, body, typeset.heights[0] * _UPPER_HALF)
    if named is not None:
        pieces = set_headline(pieces, named, "the title that the PDF says it has", "pdf-title")
    elif shown is not None:
        pieces = set_headline(pieces, shown, "the largest or first bold type near the top", "pdf-headline")
    return [_on_page(piece, one.page) for piece, one in zip(pieces, paragraphs, strict=True)]


def _on_page(piece: Piece, page: int) -> Piece:
    label = piece.label
    return Piece(piece.words, label._replace(reason=f"page {page}: {label.reason}"))


def _body_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[paragraph.size] += len(paragraph.words)
    return sizes.most_common(1)[0][0]


def _headline(paragraphs: Sequence[Paragraph], pieces: Sequence[Piece], body: float, half: float) -> int | None:
    """The largest type in the upper half of the first page; where all is of one size, its first bold line."""
    free = [
        index
        for index, one in enumerate(paragraphs)
        if one.page == 1
        and one.top < half
        and pieces[index].label.how in _BY_TYPE
        and len(one.words.split()) in HEADLINE_WORDS
    ]
    large = [index for index in free if paragraphs[index].size >= _DISPLAY * body]
    if large:
        return max(large, key=lambda index: (paragraphs[index].size, -index))
    return next((index for index in free if pieces[index].label.how == "pdf-subhead"), None)


def _label(paragraph: Paragraph, body: float) -> Label:
    words = len(paragraph.words.split())
    if words in SUBHEAD_WORDS and _has_no_stop(paragraph.words) and _stands_out(paragraph, body):
        return Label("subhead", "a line in bold or larger type than the text", "pdf-subhead", 0.9)
    if paragraph.size <= _SMALL * body and words <= _CAPTION_WORDS:
        return Label("caption", "a few words in smaller type than the text", "pdf-small-type", 0.7)
    return Label("body", "text in the type of most of the document", "pdf-text", 0.9)


_BY_TYPE = frozenset({"pdf-subhead", "pdf-small-type", "pdf-text"})


def _stands_out(paragraph: Paragraph, body: float) -> bool:
    return paragraph.bold or paragraph.size >= _DISPLAY * body


def _has_no_stop(words: str) -> bool:
    return words[-1] not in ".!?:;,"


def _running_pieces(running: Sequence[Running], heights: Sequence[float]) -> tuple[list[Piece], list[Piece]]:
    """Running lines, each once: those at the head of the first page, which may date or sign it, and the others."""
    heads = [one for one in running if one.page == 1 and one.top < _UPPER_HALF * heights[0]]
    feet = [one for one in running if one not in heads]
    return list(map(_running_piece, heads)), list(map(_running_piece, feet))


def _running_piece(line: Running) -> Piece:
    alike = f"stands at the same place on {line.pages} pages" if line.pages > 1 else "a page number"
    return _on_page(Piece(line.words, Label("furniture", alike, "pdf-running", 0.95)), line.page)
