"""RSS and Atom in, as files: each item that carries its whole text is an article. Nothing is fetched.

Source: RSS 2.0, RSS 1.0 with its content module, Atom (RFC 4287), Dublin Core. Feeds are read leniently, as all readers
of feeds do, with lxml: of feedparser's work (dates, HTML) most is done here anyway, and it has no bound on time.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from retold.reading.errors import NotEnglishError, ReadingError
from retold.reading.intake import Reading, hash_bytes, make_article
from retold.reading.labelling import Label
from retold.reading.markup import read_markup
from retold.reading.passing import NOT_ENGLISH, PassedOver
from retold.reading.pieces import Document, Piece, lay_out
from retold.reading.publication import Facts, publication_from_metadata

_NAMESPACES = {
    "": "",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
}
_WHOLE = {"content:encoded": 40, "content": 40, "description": 120, "summary": 120}
"""The fields that may hold an item's whole text, and the words of body that it then has. In fields that are for the
text fewer are its beginning, or a line on a picture; of summaries hardly any has more than 80."""
_BREAKS_OFF = re.compile(
    r"(?:…|\.\.\.|\[[…. ]{1,5}\]|(?:read|continue|more)\b[^.]{0,40}(?:…|→|»|more|reading))\W{0,3}$", re.I
)
_MAX_TAGS = 300_000  # the whole texts of ten thousand items have as many
_LARGE = PassedOver("with more paragraphs than an article has")
_TEASER = PassedOver("with a teaser instead of their text")


class _Item(NamedTuple):
    """The texts of one item's fields, by the name without its namespace or with a short prefix for it."""

    fields: dict[str, str]
    element: etree._Element


def read_feed(data: bytes, *, name: str, skip: Callable[[str], bool]) -> Iterator[Reading | PassedOver]:
    """Read the items of a feed in order, named by their number from 1; the feed's title is their outlet.

    An item's guid or id is its given id; where `skip` says of it that it is done, nothing is yielded.
    Raises ReadingError when it is no feed or holds no item.
    """
    if data.count(b"<") + data.count(b"&lt;") > _MAX_TAGS:
        raise ReadingError(f"it has more than {_MAX_TAGS:,} tags, the limit for one feed: split it")
    root = _parse(data)
    outlet = _outlet(root)
    number = 0
    for number, element in enumerate(_elements(root), 1):
        item = _Item(_fields(element), element)
        identity = item.fields.get("guid") or item.fields.get("id")
        if identity is None or not skip(identity):
            yield _read_item(item, outlet, name=f"{name}:{number}", given_id=identity)
    if not number:
        raise ReadingError("it is a feed without an item, and one at least was expected")


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise ReadingError("its XML cannot be read: save the feed again")
    return root


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return (one for one in root.iter(etree.Element) if _name(one) in ("item", "entry"))


def _name(element: etree._Element) -> str | None:
    """The name of a field, with a short prefix where its namespace is not that of RSS or Atom; None: of an unknown one.

    A prefix that the feed forgot to declare stands in the tag as it is.
    """
    namespace, _, local = str(element.tag).removeprefix("{").rpartition("}")
    prefix = _NAMESPACES.get(namespace)
    return None if prefix is None else f"{prefix}{local}"


def _fields(element: etree._Element) -> dict[str, str]:
    """Of each field the first that has text."""
    fields: dict[str, str] = {}
    for child in element.iterchildren(etree.Element):
        name = _name(child)
        if name and (text := _text(child, name)):
            fields.setdefault(name, text)
    return fields


def _text(field: etree._Element, name: str) -> str:
    """The text or markup of a field; of an Atom link its address, of a person the name."""
    if name == "link" and field.get("href"):
        return field.get("href", "") if field.get("rel", "alternate") == "alternate" else ""
    if name == "author" and len(field):
        return next((one.text or "" for one in field.iterchildren(etree.Element) if _name(one) == "name"), "").strip()
    if field.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in field)
    return "".join(field.itertext()).strip()


def _outlet(root: etree._Element) -> str | None:
    top = root if _name(root) == "feed" else next(root.iterchildren(etree.Element), None)
    fields = _fields(top) if top is not None else {}
    return _plain(fields.get("title")) or None


# --- one item ----------------------------------------------------------------------------------------------------


def _read_item(item: _Item, outlet: str | None, *, name: str, given_id: str | None) -> Reading | PassedOver:
    try:
        body = _whole_text(item.fields)
        if body is None:
            return _TEASER
        document = _document(item.fields, body, outlet, given_id)
        return Reading(make_article(document, name=name, sha256=hash_bytes(etree.tostring(item.element))), ())
    except NotEnglishError:
        return NOT_ENGLISH
    except ReadingError:
        return _LARGE


def _whole_text(fields: dict[str, str]) -> list[Piece] | None:
    """The paragraphs of the fullest field that holds a whole text; None: all that there is breaks off or is short."""
    for field, least in _WHOLE.items():
        if field not in fields:
            continue
        pieces = read_markup(fields[field])
        body = [piece.words for piece in pieces if piece.label.kind == "body"]
        if sum(len(words.split()) for words in body) >= least and not _BREAKS_OFF.search(body[-1][-80:]):
            return pieces
    return None


def _document(fields: dict[str, str], body: list[Piece], outlet: str | None, given_id: str | None) -> Document:
    title = _plain(fields.get("title"))
    headline = [Piece(title, Label("headline", "the item's title", "feed-title", 0.95))] if title else []
    dates = (fields.get(name) for name in ("pubDate", "published", "dc:date", "dcterms:issued", "updated"))
    link = fields.get("link") or fields.get("guid") or ""
    facts = Facts(
        title=title or None,
        outlet=outlet,
        author=_author(fields),
        url=link if link.startswith(("http://", "https://")) else None,
        publication=publication_from_metadata(next(filter(None, dates), None)),
        given_id=given_id,
    )
    return lay_out([*headline, *(piece for piece in body if piece.words != title)], facts)


def _plain(markup: str | None) -> str:
    return " ".join(piece.words for piece in read_markup(markup)) if markup else ""


def _author(fields: dict[str, str]) -> str | None:
    """A name; RSS has an address with the name in brackets (`desk@post.example (Ada Venn)`)."""
    author = _plain(fields.get("dc:creator") or fields.get("author"))
    named = re.fullmatch(r"\S+@\S+ \((.+)\)", author)
    return named[1] if named else author if author and "@" not in author else None
