"""The HTML that carries an article and nothing round it, as feeds and ninjs have it: its paragraphs, typed by tags."""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped]

from retold.reading.labelling import Label
from retold.reading.pieces import Piece, label_by_words, refuse_many

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
))  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "form", "head", "button"})
_TAGS = 4  # for each paragraph: its own, and a link or an emphasis
_MAX_DEPTH = 200  # elements; deeper nesting is no article


def read_markup(html: str) -> list[Piece]:
    """The paragraphs, headings and captions of a fragment of HTML, in order; empty where it holds no words.

    Raises ReadingError where it has more tags than an article's paragraphs can need.
    """
    refuse_many(html.count("<") // _TAGS)
    try:
        root = document_fromstring(f"<div>{html}</div>")
    except (etree.LxmlError, ValueError):
        return []
    return [Piece(words, _label(tag, words)) for tag, words in _stretches(root)]


def _stretches(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Words between the edges of block elements, white space made single spaces, with the innermost block's tag."""
    tags: list[str] = []
    words: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        starts = event == "start"
        if tag in _SILENT:
            silent += 1 if starts else -1
        if tag and tag not in _INLINE:
            yield from _flush(tags, words)
            if starts:
                tags.append(tag)
            else:
                tags.pop()
        if not silent and len(tags) < _MAX_DEPTH:
            words.append((element.text if starts and tag else "" if starts else element.tail) or "")
    yield from _flush(tags, words)


def _flush(tags: list[str], words: list[str]) -> Iterator[tuple[str, str]]:
    joined = " ".join("".join(words).split())
    words.clear()
    if joined:
        yield next((tag for tag in reversed(tags) if tag in _HEADINGS or tag == "figcaption"), "p"), joined


def _label(tag: str, words: str) -> Label:
    if tag == "figcaption":
        return Label("caption", "marked up as a caption", "markup-caption", 0.95)
    if said := label_by_words(words):
        return said
    if tag in _HEADINGS:
        return Label("subhead", "marked up as a heading", "markup-heading", 0.95)
    return Label("body", "a paragraph of the item's text", "markup-paragraph", 0.95)
