"""An HTML page in; the text that is kept of it, typed, with the way back to the source."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped]

from retold.article import Block, BlockKind, Origin
from retold.reading.cues import find_cue
from retold.reading.errors import ReadingError
from retold.reading.plaintext import Label, find_credit_tail
from retold.reading.publication import (
    Facts,
    Publication,
    first_known,
    publication_from_metadata,
    publication_from_text,
    publication_from_url,
)
from retold.reading.visible import Place, Visible, locate, restore, scan, trace

_MIN_WORDS = 15  # of body; a page with fewer is a stub, a login or a list of links
_MANY_ELEMENTS = 6000  # four times as many as the largest of the 88 labelled pages has
_NO_ARTICLE = "no article was found in this HTML page: save the article's own page, or its text"


class PageReading(NamedTuple):
    """What is kept of a page: its text, the typed blocks and the way back, and what the page says about itself."""

    text: str
    blocks: tuple[Block, ...]
    origin: tuple[Origin, ...]
    facts: Facts


class _Piece(NamedTuple):
    """One kept stretch of words. `place` None: not found in the source in one run."""

    words: str
    label: Label
    place: Place | None


def read_page(source: str) -> PageReading:
    """Read an HTML page: headline, subheads, body, captions and credits in page order, joined by blank lines.

    Raises ReadingError when there is no article in it.
    """
    tree = _parse(source)
    document = _extract(source, fast=tree.xpath("count(//*)") > _MANY_ELEMENTS)
    visible = scan(source)
    pieces = list(_body_pieces(source, visible, document.body))
    if sum(len(piece.words.split()) for piece in pieces if piece.label.kind == "body") < _MIN_WORDS:
        raise ReadingError(_NO_ARTICLE)
    pieces = _with_captions(visible, tree, pieces)
    pieces = _with_deck(_with_headline(visible, tree, document.title, pieces))
    text, blocks, origin = _lay_out(source, visible, pieces)
    return PageReading(text, blocks, origin, _find_facts(tree, document))


def _parse(source: str) -> HtmlElement:
    try:
        # An encoding declared in the markup no longer holds for characters, and lxml refuses it: drop the line.
        return document_fromstring(re.sub(r"^\s{0,100}<\?xml[^>]{0,200}\?>", "", source, count=1))
    except (etree.LxmlError, ValueError):
        raise ReadingError(_NO_ARTICLE) from None


def _extract(source: str, *, fast: bool) -> Any:
    """trafilatura's document. Its precision mode drops more links and boxes than it loses sentences.

    `fast`: without the second opinions, whose time grows with the square of the page's elements.
    """
    try:
        document: Any = trafilatura.bare_extraction(
            source,
            fast=fast,
            include_comments=False,
            favor_precision=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        document = None  # malformed markup trips it up in many ways; for the user they are one
    if document is None or document.body is None:
        raise ReadingError(_NO_ARTICLE)
    return document


# --- the body ----------------------------------------------------------------------------------------------------

_BLOCK_TAGS = frozenset({"p", "head", "quote", "list", "item", "row", "table", "ab", "code", "body", "div", "fw"})
_KEPT: frozenset[BlockKind] = frozenset({"headline", "subhead", "body", "caption", "credit"})


def _body_pieces(source: str, visible: Visible, body: Any) -> Iterator[_Piece]:
    """The extracted stretches that are kept, each with its label and its place in the source."""
    after = 0
    for tag, words in _stretches(body):
        label = _label(tag, words)
        if label.kind not in _KEPT:
            continue
        place = locate(visible, words, after)
        if place is None and (restored := restore(source, visible, words, after)):
            words, place = restored, locate(visible, restored, after)
        after = place.last if place and place.first >= after else after
        yield _Piece(words, label, place)


def _stretches(body: Any) -> Iterator[tuple[str, str]]:
    """The text between the edges of block elements, white space made single spaces, with the innermost block's tag."""
    tags: list[str] = []
    words: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCK_TAGS:
            yield from _flush(tags, words)
            if event == "start":
                tags.append(element.tag)
            else:
                tags.pop()
        elif element.tag in ("lb", "cell"):
            words.append(" " if event == "start" else "")
        words.append((element.text if event == "start" else element.tail) or "")
    yield from _flush(tags, words)


def _flush(tags: Sequence[str], words: list[str]) -> Iterator[tuple[str, str]]:
    joined = " ".join("".join(words).split())
    words.clear()
    if joined:
        yield (tags[-1] if tags else "p"), joined


def _label(tag: str, words: str) -> Label:
    cue = find_cue(words)
    if cue is not None:
        return Label(cue.kind, cue.reason, cue.how, 0.9)
    if find_credit_tail(words):
        return Label("caption", "ends in a picture credit in brackets", "caption-credit", 0.9)
    if tag == "head":
        return Label("subhead", "marked up as a heading within the article", "html-heading", 0.95)
    return Label("body", "text of the article's element of the page", f"html-{tag}", 0.95)


# --- captions ----------------------------------------------------------------------------------------------------

# A figure's caption by element or class; or all that is written in a small box round a picture.
_CAPTION = (
    "//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' caption ')] | //div"
    "[contains(@class, 'picture') or contains(@class, 'photo') or contains(@class, 'image')][.//img]"
    "[string-length(.) < 400]"
)
_CREDIT = "descendant::*[contains(@class, 'credit') or contains(@class, 'Credit') or @itemprop='copyrightHolder']"


def _with_captions(visible: Visible, tree: HtmlElement, pieces: list[_Piece]) -> list[_Piece]:
    """Type the pieces that are captions, and put in those that stand inside the article and were left out."""
    captions = [piece for element in tree.xpath(_CAPTION) for piece in _caption_pieces(visible, element)]
    known = {piece.words for piece in captions}
    body = [piece for piece in pieces if piece.words not in known]
    places = [piece.place for piece in body if piece.place]
    if not places or not body:
        return pieces
    low, high = min(place.first for place in places), max(place.last for place in places)
    inside = [piece for piece in captions if piece.place and low - _REACH <= piece.place.first < high]
    return _in_page_order(body, inside)


_REACH = 600  # visible characters above the first paragraph within which the lead picture's caption stands


def _caption_pieces(visible: Visible, element: HtmlElement) -> Iterator[_Piece]:
    """A caption element as caption and credit, each found in the page."""
    words = " ".join(element.text_content().split())
    credits = [" ".join(found.text_content().split()) for found in element.xpath(_CREDIT)]
    parts = [" ".join(part.text_content().split()) for part in element if isinstance(part.tag, str)]
    credits += [part for part in parts if (cue := find_cue(part)) and cue.kind == "credit"]
    credit = next((found for found in credits if found and words.endswith(found)), "")
    place = locate(visible, words, 0) if 0 < len(words) <= 1000 else None
    if place is None:
        return
    cut = Place(place.last - len("".join(credit.split())), place.last)
    caption = words.removesuffix(credit).strip()
    if caption:
        yield _Piece(
            caption, Label("caption", "marked up as a caption", "html-caption", 0.95), Place(place.first, cut.first)
        )
    if credit:
        yield _Piece(credit, Label("credit", "marked up as a picture credit", "html-credit", 0.95), cut)


def _in_page_order(body: Sequence[_Piece], captions: Sequence[_Piece]) -> list[_Piece]:
    """Each caption before the first piece behind it; one inside a piece, or given twice, is left out."""
    merged = list(body)
    seen: set[str] = set()
    for caption in captions:
        at = caption.place
        inside = any(p.place and at and p.place.first < at.last and at.first < p.place.last for p in merged)
        if at is None or inside or caption.words in seen:
            continue
        seen.add(caption.words)
        behind = (i for i, piece in enumerate(merged) if piece.place and piece.place.first >= at.last)
        merged.insert(next(behind, len(merged)), caption)
    return merged


# --- the headline ------------------------------------------------------------------------------------------------


def _with_headline(visible: Visible, tree: HtmlElement, title: str | None, pieces: list[_Piece]) -> list[_Piece]:
    """The page's headline first: a heading among the pieces, or else the h1 that says what the title says."""
    label = Label("headline", "the page's main heading", "html-headline", 0.95)
    first_body = next((i for i, piece in enumerate(pieces) if piece.label.kind == "body"), len(pieces))
    headings = [" ".join(element.text_content().split()) for element in tree.xpath("//h1")]
    for index, piece in enumerate(pieces[:first_body]):
        if piece.label.kind == "subhead" and (piece.words in headings or _same(piece.words, title)):
            return [piece._replace(label=label), *pieces[:index], *pieces[index + 1 :]]
    fitting = [words for words in headings if words and _same(words, title)]
    words = next(iter(fitting), headings[0] if len(headings) == 1 and headings[0] else "")
    before = next((piece.place.first for piece in pieces if piece.place), 0)
    place = _last_before(visible, words, before)
    return [_Piece(words, label, place), *pieces] if place and len(words) <= 300 else pieces


def _last_before(visible: Visible, words: str, before: int) -> Place | None:
    """The nearest place of `words` above the article; or anywhere."""
    wanted = "".join(words.split())
    found = visible.characters.rfind(wanted, 0, before) if wanted else -1
    return Place(found, found + len(wanted)) if found >= 0 else locate(visible, words, 0)


def _same(words: str, title: str | None) -> bool:
    """Whether a heading and a title are the same but for case, punctuation and the site's name at the end."""
    a, b = (re.sub(r"\W+", " ", value or "").strip().lower() for value in (words, title))
    return bool(a) and bool(b) and (a == b or b.startswith(a + " ") or a.startswith(b + " "))


def _with_deck(pieces: list[_Piece]) -> list[_Piece]:
    """The piece right below the headline is a subhead where it is a line without a stop."""
    deck = next((i for i in range(1, len(pieces)) if pieces[0].label.kind == "headline"), 0)
    if not deck or pieces[deck].label.kind != "body" or len(pieces[deck].words.split()) not in _DECK_WORDS:
        return pieces
    if pieces[deck].words[-1] in ".!?:;,…”\"’'":
        return pieces
    label = Label("subhead", "a line without a stop right below the headline", "html-deck", 0.8)
    return [*pieces[:deck], pieces[deck]._replace(label=label), *pieces[deck + 1 :]]


_DECK_WORDS = range(4, 41)


# --- laying it out -----------------------------------------------------------------------------------------------


def _lay_out(
    source: str, visible: Visible, pieces: Sequence[_Piece]
) -> tuple[str, tuple[Block, ...], tuple[Origin, ...]]:
    """The text, its blocks and the way back."""
    blocks: list[Block] = []
    origin: list[Origin] = []
    at = 0
    for piece in pieces:
        blocks.append(_block(piece, at))
        origin += trace(source, visible, piece.place, piece.words, at) if piece.place else ()
        at += len(piece.words) + 2
    return "\n\n".join(piece.words for piece in pieces), tuple(blocks), tuple(origin)


def _block(piece: _Piece, at: int) -> Block:
    kind, reason, how, confidence = piece.label
    return Block(kind=kind, start=at, end=at + len(piece.words), reason=reason, how=how, confidence=confidence)


# --- what the page says about itself -----------------------------------------------------------------------------

_DATE_FIELDS = (
    "article:published_time", "og:article:published_time", "datepublished", "date.published", "pubdate", "publishdate",
    "publish-date", "publish_date", "published_time", "sailthru.date", "parsely-pub-date", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "article.published", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Review|Recipe")


def _find_facts(tree: HtmlElement, document: Any) -> Facts:
    url = document.url or None
    publication = first_known(
        [*map(publication_from_metadata, _declared_dates(tree)), publication_from_url(url), _dated_line(tree)]
    )
    return Facts(document.title or None, document.sitename or None, document.author or None, url, publication)


def _declared_dates(tree: HtmlElement) -> Iterator[str]:
    """What the page declares as its date of publication, the most explicit first."""
    yield from _structured_dates(tree)
    fields: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            fields.setdefault((meta.get(key) or "").lower(), meta.get("content"))
    yield from (fields[name] for name in _DATE_FIELDS if name in fields)
    marked = tree.xpath("//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime")
    yield from marked or tree.xpath(f"//article//header//time/@datetime | {_BELOW_HEADLINE}time[1]/@datetime")[:1]


def _structured_dates(tree: HtmlElement) -> Iterator[str]:
    """datePublished of the JSON-LD items that are articles."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        try:
            items = list(_items(json.loads(script)))
        except (ValueError, RecursionError):
            continue
        for item in items:
            value = item.get("datePublished")
            if isinstance(value, str) and _ARTICLE_TYPES.search(str(item.get("@type"))):
                yield value


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """The items of a JSON-LD script: itself, a list, or a graph."""
    if isinstance(data, list):
        for entry in data:
            yield from _items(entry)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph", []))


# Below one of the first headings only: "following" looks at all the rest of the page, once for each heading.
_BELOW_HEADLINE = "(//h1)[position() <= 5]/following::"
_DATED = f"{_BELOW_HEADLINE}*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')][1]"


def _dated_line(tree: HtmlElement) -> Publication:
    """The day in the first element below the headline whose class says that it dates the article."""
    words = [" ".join(element.text_content().split()) for element in tree.xpath(_DATED)]
    line = next((found for found in words if found and len(found) <= 160), "")
    block = Block(kind="furniture", start=0, end=len(line), reason="", how="dated")
    return publication_from_text(line, [block])._replace(evidence=())
