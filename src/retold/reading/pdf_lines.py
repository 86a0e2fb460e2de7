"""The lines of type in a PDF, with place and size: a program of its own, so that no PDF can hang or crash its reader.

Standard input: the bytes of a PDF. Standard output: one JSON object, a `Typeset`, or its `problem`. PDFium, which does
the work, is C++ that nothing can stop from within; the process that starts this one ends it after a few seconds.
"""

import ctypes
import math
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

MAX_PAGES = 500  # of one article; the longest official reports have fewer
_MAX_CHARACTERS = 3_000_000  # of all pages
_MAX_LINES = 30_000  # of all pages
_MAX_MEMORY = 2**30  # bytes of address space; a page of a press release takes a hundredth of it
_BOLD_WEIGHT = 600  # of the scale on which 400 is regular and 700 bold (PDF 32000-1, table 122)
_COLUMN_GAP = 1.5  # heights of the line; wider space between two words on one line parts columns or cells
_UPRIGHT = 0.1  # radians by which a line may slope; watermarks and marginal notes are turned
_HYPHENS = str.maketrans("\x02\ufffe", "\u00ad\u00ad")  # PDFium's marks for a hyphen at the end of a line
_PROBLEMS = {4: "password", 5: "password"}  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


class TypeLine(NamedTuple):
    """A line of type, or the part of it in one column: points from the page's left and top edges.

    `size` is the height of the type in points. A soft hyphen (U+00AD) ends the text of a line that breaks a word.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool
    text: str


class Typeset(msgspec.Struct, frozen=True):
    """All that is read of a PDF. `heights` are of its pages, in points. `problem`: a word for why nothing is."""

    heights: tuple[float, ...] = ()
    lines: tuple[TypeLine, ...] = ()
    title: str = ""
    problem: str = ""


class _Character(NamedTuple):
    at: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


_Turn = Callable[[float, float], tuple[float, float]]


def read_typeset(data: bytes) -> Typeset:
    """Read every page. Raises: nothing that a PDF can cause, short of what ends the process."""
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MAX_PAGES:
            return Typeset(problem=f"pages {len(document)}")
        return _read_pages(document)
    except pypdfium2.PdfiumError as error:
        return Typeset(problem=_PROBLEMS.get(getattr(error, "err_code", 0) or 0, "broken"))


def _read_pages(document: pypdfium2.PdfDocument) -> Typeset:
    heights: list[float] = []
    lines: list[TypeLine] = []
    room = _MAX_CHARACTERS
    for number in range(len(document)):
        page = document[number]
        heights.append(page.get_height())
        text = page.get_textpage()
        room -= text.count_chars()
        if room < 0 or len(lines) > _MAX_LINES:
            return Typeset(problem="long")
        lines += _lines(text, number + 1, _turn(page), math.radians(page.get_rotation()))
        text.close()
        page.close()
    return Typeset(tuple(heights), tuple(lines), document.get_metadata_value("Title").strip())


def _turn(page: pypdfium2.PdfPage) -> _Turn:
    """From the page's own coordinates to points from the left and top edges of the page as it is shown."""
    left, bottom, right, top = page.get_cropbox()
    turns: dict[int, _Turn] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns[page.get_rotation()]


def _lines(text: pypdfium2.PdfTextPage, page: int, turn: _Turn, upright: float) -> Iterator[TypeLine]:
    for run in _runs(text, turn):
        slope = (pdfium.FPDFText_GetCharAngle(text, run[0].at) + upright) % math.tau
        if min(slope, math.tau - slope) <= _UPRIGHT:
            yield _line(text, page, run)


def _runs(text: pypdfium2.PdfTextPage, turn: _Turn) -> Iterator[list[_Character]]:
    """The characters of each line, never none; each ends where the next character stands elsewhere."""
    run: list[_Character] = []
    words: list[_Character] = []
    for character in _characters(text, turn):
        if character.text in "\r\n" or (words and not character.text.isspace() and _apart(words[-1], character)):
            if words:
                yield run
            run, words = [], []
        if character.text not in "\r\n":
            run.append(character)
            if not character.text.isspace():
                words.append(character)
    if words:
        yield run


def _characters(text: pypdfium2.PdfTextPage, turn: _Turn) -> Iterator[_Character]:
    box = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        (a, b), (c, d) = turn(box.left, box.top), turn(box.right, box.bottom)
        shown = chr(code) if 0 < code <= sys.maxunicode and not 0xD800 <= code < 0xE000 else "\ufffd"
        yield _Character(index, shown, min(a, c), min(b, d), max(a, c), max(b, d))


def _apart(one: _Character, next_one: _Character) -> bool:
    """Whether a character stands on another line than the one before it, or in another column."""
    if next_one.top >= one.bottom or next_one.bottom <= one.top:
        return True
    gap = next_one.left - one.right
    return gap > _COLUMN_GAP * (one.bottom - one.top) or next_one.right < one.left


def _line(text: pypdfium2.PdfTextPage, page: int, run: list[_Character]) -> TypeLine:
    words = "".join(character.text for character in run)
    inked = [character for character in run if not character.text.isspace()]
    looks = [_look(text, inked[at].at) for at in {0, len(inked) // 2, len(inked) - 1}]
    return TypeLine(
        page,
        round(min(one.left for one in inked), 1),
        round(min(one.top for one in inked), 1),
        round(max(one.right for one in inked), 1),
        round(max(one.bottom for one in inked), 1),
        round(max(size for size, _ in looks), 1),
        sum(bold for _, bold in looks) * 2 > len(looks),
        words.translate(_HYPHENS).strip(),
    )


def _look(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, bool]:
    """The size of a character in points, as it is shown, and whether it is bold by its font's weight or name."""
    matrix, name, flags = pdfium.FS_MATRIX(), ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, flags)
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    return size, b"bold" in name.value.lower() or pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT


def _limit_memory() -> None:
    """Where the system can: a stream that unpacks to gigabytes then fails instead of filling the machine."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    except (ImportError, OSError, ValueError):
        pass  # Windows and macOS: the time limit bounds it still


if __name__ == "__main__":
    _limit_memory()
    try:
        found = read_typeset(sys.stdin.buffer.read())
    except MemoryError:
        found = Typeset(problem="memory")
    sys.stdout.buffer.write(msgspec.json.encode(found))
