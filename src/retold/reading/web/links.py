"""Feeds and sitemaps: lists of addresses in XML (RSS 0.9 to 2.0, Atom, sitemaps, indexes of sitemaps).

Such XML is hostile: it is read as a stream, without a tree; a DTD is refused before it is read, and with it every
entity; nothing is loaded from elsewhere. And it is sloppy: what is not well-formed is read as far as it goes.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple
from urllib.parse import urldefrag, urljoin

from lxml import etree  # type: ignore[import-untyped]

from retold.reading.decoding import MAX_BYTES
from retold.reading.errors import ReadingError
from retold.reading.web.addresses import MAX_ADDRESS
from retold.reading.web.fetching import Fetched
from retold.reading.web.unpacking import GZIP, gunzip, take

MOST_LINKS = (
    50_000  # of one list, as many as a sitemap may have (sitemaps.org, protocol); those after them are not read
)

_MOST_EVENTS = 40 * MOST_LINKS  # tags and stretches of text; a full sitemap with pictures has a quarter of them
_DEEPEST = 100  # elements inside each other; a feed with a page in it has twenty or so

Kind = Literal["feed", "sitemap", "index of sitemaps"]

_KINDS: dict[str, Kind] = {
    "rss": "feed",
    "RDF": "feed",
    "feed": "feed",
    "urlset": "sitemap",
    "sitemapindex": "index of sitemaps",
}
_ENTRIES = frozenset({"item", "entry", "url", "sitemap"})
_LINK_IN = frozenset({("item", "link"), ("entry", "link"), ("url", "loc"), ("sitemap", "loc")})
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_STRAY = re.compile(rb"&(?!#?\w{1,31};)")
_FED = 65_536  # bytes that are parsed at once; an ordinary page is told by the first of them


class Listed(NamedTuple):
    """A list's addresses, absolute and each once, in its order."""

    kind: Kind
    links: tuple[str, ...]


def find_links(fetched: Fetched) -> tuple[str, ...] | None:
    """The addresses in a feed (of its items), a sitemap (of its pages) or an index (of its sitemaps), at most 50,000.

    They are absolute, each once, in the order of the document; what is no http or https address is passed over. Empty:
    it lists none. None: it is no such list, but a page. Raises ReadingError where it is one that is not to be read.
    """
    listed = read_list(fetched)
    return None if listed is None else listed.links


def read_list(fetched: Fetched) -> Listed | None:
    """As `find_links`, with the kind of list."""
    data = _unpack(fetched.data)
    if data[:_FED].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] != b"<":
        return None
    found = _Links(fetched.url)
    parser = etree.XMLParser(
        target=found, recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        for chunk in _chunks(data):
            parser.feed(chunk)
        parser.close()
    except (_EnoughError, etree.LxmlError):
        pass
    return Listed(found.kind, tuple(found.links)) if found.kind else None


def _unpack(data: bytes) -> bytes:
    """`data`, unpacked where it is a file in gzip, as many sitemaps are."""
    if not data.startswith(GZIP):
        return data
    pieces = (data[start : start + _FED] for start in range(0, len(data), _FED))
    unpacked, whole = take(gunzip(pieces, MAX_BYTES), MAX_BYTES)
    if not whole:
        raise ReadingError(f"it has more than {MAX_BYTES // 1_000_000} MB when unpacked, the limit for one document")
    return unpacked


def _chunks(data: bytes) -> Iterator[bytes]:
    """The document piece by piece, cut before a tag, or where 64 KiB have none and so no address.

    A bare & becomes an entity, as else the parser would drop what follows it, and an address would be another one. (In
    UTF-16 it looks otherwise, and stays.)
    """
    start, mend = len(data) - len(data.lstrip()), b"\0" not in data[:4]
    while start < len(data):
        cut = data.find(b"<", start + _FED, start + 2 * _FED)
        end = cut if cut > 0 else start + 2 * _FED
        yield _STRAY.sub(b"&amp;", data[start:end]) if mend else data[start:end]
        start = end


class _EnoughError(Exception):
    """Ends the parsing: nothing that comes can matter."""


class _Links:
    """What the parser calls, tag by tag. `kind` None: the root is that of no list."""

    def __init__(self, url: str) -> None:
        self.kind: Kind | None = None
        self.links: dict[str, None] = {}
        self._open: list[tuple[str, str]] = []  # namespace and name of the elements that we are in
        self._bases = [url]
        self._text: str | None = None  # None: not in an element whose text is an address
        self._link = self._permalink = ""
        self._events = 0

    def doctype(self, name: str, *_: object) -> None:
        if name.rpartition(":")[2] in _KINDS:
            raise ReadingError("it is a feed or sitemap with a DTD, which is not read: ask for one without")
        raise _EnoughError

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        namespace, _, name = tag.rpartition("}")
        self._count()
        if not self._open:
            self.kind = self.kind or _KINDS.get(name)
        if self.kind is None or len(self._open) > _DEEPEST:
            raise _EnoughError
        base = self._bases[-1]
        self._bases.append((_join(base, attributes[_BASE]) or base) if _BASE in attributes else base)
        if name in _ENTRIES:
            self._link = self._permalink = ""
        elif self._open and self._open[-1][0] == namespace:  # not so `image:loc` in `url`
            self._start_inside(self._open[-1][1], name, attributes)
        self._open.append((namespace, name))

    def _start_inside(self, parent: str, name: str, attributes: Mapping[str, str]) -> None:
        permanent = (parent, name) == ("item", "guid") and attributes.get("isPermaLink", "true") == "true"
        if (parent, name) == ("entry", "link"):
            if attributes.get("rel", "alternate") == "alternate":
                self._link = self._link or _join(self._bases[-1], attributes.get("href", ""))
        elif (parent, name) in _LINK_IN or permanent:
            self._text = ""

    def data(self, text: str) -> None:
        self._count()
        if self._text is not None and len(self._text) <= MAX_ADDRESS:
            self._text += text

    def end(self, _: str) -> None:
        name = self._open.pop()[1]
        base = self._bases.pop()
        if self._text is not None and name in ("link", "loc", "guid"):
            address = _join(base, self._text.replace("&amp;", "&"))
            self._text = None
            if name == "guid":
                self._permalink = address
            else:
                self._link = self._link or address
        if name in _ENTRIES:
            self._end_entry()

    def _end_entry(self) -> None:
        address = self._link or self._permalink
        self._link = self._permalink = ""
        if address:
            self.links[address] = None
        if len(self.links) >= MOST_LINKS:
            raise _EnoughError

    def close(self) -> None:
        """Nothing is left to do; the parser asks for it."""

    def _count(self) -> None:
        self._events += 1
        if self._events > _MOST_EVENTS:
            raise _EnoughError


def _join(base: str, address: str) -> str:
    """The address made absolute, without its fragment; empty where it is none of the web, or too long."""
    address = address.strip()
    if not address or len(address) > MAX_ADDRESS:
        return ""
    try:
        joined = urldefrag(urljoin(base, address)).url
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://")) and len(joined) <= MAX_ADDRESS else ""
