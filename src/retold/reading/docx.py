"""A DOCX in: its paragraphs typed by their styles, its tables row by row, headers, footers and notes set aside.

What its authors took out while they tracked changes is not read; what they put in is.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree  # type: ignore[import-untyped]

from retold.reading.errors import ReadingError
from retold.reading.labelling import Label
from retold.reading.pieces import (
    HEADLINE_WORDS,
    SUBHEAD_WORDS,
    Document,
    Piece,
    find_title,
    label_by_words,
    lay_out,
    refuse_many,
    set_headline,
)
from retold.reading.publication import Facts

_MAX_PART = 12_000_000  # bytes of one part, unpacked; the longest novels have half of that
_MIN_WORDS = 15
_TEXT_IN_CELL = 3  # paragraphs; a cell of a table of figures has one, seldom two
_BROKEN = "it is no whole Word document (cut off, or damaged): open it in a word processor and save it again"
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# Deleted and moved-away text, and what an element has twice: once for this, once for older programs; fields' codes.
_LEFT_OUT = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


def is_docx(data: bytes) -> bool:
    """Whether bytes are a ZIP archive that holds a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _BODY in package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def read_docx(data: bytes) -> Document:
    """Read the paragraphs of a Word document, typed by their styles, joined by blank lines.

    Headers come first; footers, footnotes and endnotes last, all as furniture. Of the document's properties only a
    title that stands in the text is believed: author and dates are mostly those of the template, or of the machine.
    Raises ReadingError when it is damaged or too large, or holds no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _read_package(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        if isinstance(error, ReadingError):
            raise
        raise ReadingError(_BROKEN) from None


def _read_package(package: zipfile.ZipFile) -> Document:
    styles = _style_names(_part(package, "word/styles.xml"))
    body = _part(package, _BODY)
    if body is None:
        raise ReadingError(_BROKEN)
    refuse_many(sum(1 for _ in body.iter(f"{_W}p")))
    core = _part(package, "docProps/core.xml")
    pieces = _with_headline(list(_pieces(body, styles)), _title(core))
    if sum(len(piece.words.split()) for piece in pieces) < _MIN_WORDS:
        raise ReadingError("there is hardly any text in it, and an article was expected")
    heads = _aside(package, "word/header", "in the header of its pages", "docx-header")
    feet = _aside(package, "word/footer", "in the footer of its pages", "docx-footer")
    notes = [*_notes(package, "footnote"), *_notes(package, "endnote")]
    return lay_out([*heads, *pieces, *notes, *feet], Facts())


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part of the package as XML: no more of it is unpacked than any article has. None: there is no such part."""
    if name not in package.namelist():
        return None
    with package.open(name) as file:
        data = file.read(_MAX_PART + 1)
    if len(data) > _MAX_PART:
        raise ReadingError(f"its text unpacks to more than {_MAX_PART // 1_000_000} MB: split it, or save it as text")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise ReadingError(_BROKEN) from None


def _title(core: etree._Element | None) -> str:
    return core.findtext(_TITLE) or "" if core is not None else ""


# --- paragraphs and tables ---------------------------------------------------------------------------------------


def _pieces(body: etree._Element, styles: Mapping[str, str]) -> Iterator[Piece]:
    """Paragraphs and rows of tables in order. A cell that holds running text is read as if there were no table."""
    for element in _outermost(body, (f"{_W}p", f"{_W}tr")):
        if element.tag == f"{_W}p":
            words = _words(element)
            yield from (Piece(words, _label(words, element, styles)),) if words else ()
        elif element.find(f"{_W}trPr/{_W}del") is None:
            yield from _row(element, styles)


def _outermost(root: etree._Element, tags: Sequence[str]) -> Iterator[etree._Element]:
    """The elements of these tags that stand in no other of them, and in nothing that is left out; in order."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element.tag in tags:
            walk.skip_subtree()
            yield element
        elif element.tag in _LEFT_OUT:
            walk.skip_subtree()


def _row(row: etree._Element, styles: Mapping[str, str]) -> Iterator[Piece]:
    """The cells of a row in one line; or, of a table that only places text on the page, the pieces of each cell."""
    cells = [found for cell in _outermost(row, (f"{_W}tc",)) if (found := list(_pieces(cell, styles)))]
    if len(cells) == 1 or any(len(found) >= _TEXT_IN_CELL for found in cells):
        yield from (piece for found in cells for piece in found)
    elif cells:
        words = " | ".join(" ".join(piece.words for piece in found) for found in cells)
        yield Piece(words, Label("body", "a row of a table", "docx-row", 0.8))


def _words(paragraph: etree._Element) -> str:
    """The words of a paragraph, as they stand once all tracked changes are accepted; white space made single spaces."""
    found = _outermost(paragraph, _TEXT)
    words = (element.text or "" if element.tag == f"{_W}t" else _BREAKS[element.tag] for element in found)
    return " ".join("".join(words).split())


_BREAKS = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_TEXT = (f"{_W}t", *_BREAKS)


# --- what each paragraph is --------------------------------------------------------------------------------------


def _style_names(styles: etree._Element | None) -> dict[str, str]:
    """The names of styles, in lower case, by their ids: ids are in the language of the program, names are not."""
    if styles is None:
        return {}
    found = ((style.get(f"{_W}styleId"), style.find(f"{_W}name")) for style in styles.iter(f"{_W}style"))
    return {key: (name.get(f"{_W}val") or "").lower() for key, name in found if key and name is not None}


def _label(words: str, element: etree._Element, styles: Mapping[str, str]) -> Label:
    style = _style(element, styles)
    if style == "title":
        return Label("headline", "in the style “Title”", "docx-title", 0.95)
    if style == "subtitle" or style.startswith("heading"):
        return Label("subhead", f"in the style “{style.capitalize()}”", "docx-heading", 0.95)
    if style == "caption":
        return Label("caption", "in the style “Caption”", "docx-caption", 0.95)
    if said := label_by_words(words):
        return said
    if len(words.split()) in SUBHEAD_WORDS and words[-1] not in ".!?:;," and _is_bold(element, styles):
        return Label("subhead", "a line all in bold", "docx-bold", 0.8)
    if style.startswith("list"):
        return Label("body", "an item of a list", "docx-item", 0.9)
    return Label("body", "a paragraph of the document", "docx-paragraph", 0.9)


def _style(element: etree._Element, styles: Mapping[str, str]) -> str:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    key = "" if style is None else style.get(f"{_W}val") or ""
    return styles.get(key, key.lower())


def _is_bold(paragraph: etree._Element, styles: Mapping[str, str]) -> bool:
    """Whether every run of words in a paragraph is set in bold, by itself or by a style of that name."""
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(run.itertext(f"{_W}t")).strip()]
    return bool(runs) and all(_is_bold_run(run, styles) for run in runs)


def _is_bold_run(run: etree._Element, styles: Mapping[str, str]) -> bool:
    bold, style = run.find(f"{_W}rPr/{_W}b"), run.find(f"{_W}rPr/{_W}rStyle")
    if bold is not None:
        return bold.get(f"{_W}val") not in ("0", "false", "off")
    return style is not None and styles.get(style.get(f"{_W}val") or "") == "strong"


def _with_headline(pieces: list[Piece], title: str) -> list[Piece]:
    """The first paragraph in the style of a title; or the document's own title; or the first heading or bold line
    above the text is the headline."""
    styled = next((i for i, piece in enumerate(pieces) if piece.label.kind == "headline"), None)
    if styled is not None:
        return set_headline(pieces, styled, pieces[styled].label.reason, "docx-title")
    named = find_title(title, pieces)
    if named is not None:
        return set_headline(pieces, named, "the title that the document's properties name", "docx-property")
    text = next((i for i, piece in enumerate(pieces) if len(piece.words.split()) > SUBHEAD_WORDS[-1]), len(pieces))
    for index, (words, label) in enumerate(pieces[:text]):
        if label.kind == "subhead" and len(words.split()) in HEADLINE_WORDS:
            return set_headline(pieces, index, f"{label.reason}, the first above the text", "docx-first-heading")
    return pieces


# --- what stands beside the text ---------------------------------------------------------------------------------


def _aside(package: zipfile.ZipFile, prefix: str, where: str, how: str) -> list[Piece]:
    """The lines of all headers or footers, each once."""
    names = sorted(name for name in package.namelist() if name.startswith(prefix) and name.endswith(".xml"))[:_HEADERS]
    lines = [words for name in names for words in _paragraph_words(_part(package, name))]
    return [Piece(words, Label("furniture", where, how, 0.95)) for words in dict.fromkeys(lines)]


_HEADERS = 30  # parts; a document of ten sections has as many


def _notes(package: zipfile.ZipFile, kind: str) -> list[Piece]:
    lines = _paragraph_words(_part(package, f"word/{kind}s.xml"))
    return [Piece(words, Label("furniture", f"a {kind}", f"docx-{kind}", 0.9)) for words in lines]


def _paragraph_words(part: etree._Element | None) -> Iterable[str]:
    return () if part is None else [words for p in _outermost(part, (f"{_W}p",)) if (words := _words(p))]
