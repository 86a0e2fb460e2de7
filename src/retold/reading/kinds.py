"""Of what kind an input is, told by its first bytes."""

import re
import zlib
from typing import Literal

HEAD = 4096  # bytes at the start that are enough to tell

Kind = Literal["archive", "feed", "pdf", "zip", "json", "characters"]

_GZIP = b"\x1f\x8b"
_WARC = b"WARC/"
_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_PAGE = re.compile(rb"<!doctype\s{1,9}html|<html[\s>]", re.IGNORECASE)


def kind_of(head: bytes) -> Kind:
    """The kind of an input that begins with `head`: a WARC archive (perhaps gzipped), a feed, a PDF, a ZIP archive,
    something that may be JSON, or other characters: plain text, HTML, or what nobody can read."""
    if head.startswith(_WARC) or _is_packed_archive(head):
        return "archive"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF"):
        return "pdf"
    if start.startswith(b"{"):
        return "json"
    return "feed" if start.startswith(b"<") and _FEED.search(head) and not _PAGE.search(head) else "characters"


def is_gzip(head: bytes) -> bool:
    """Whether an input that begins with `head` is gzipped."""
    return head.startswith(_GZIP)


def _is_packed_archive(head: bytes) -> bool:
    try:
        return is_gzip(head) and zlib.decompressobj(wbits=31).decompress(head, len(_WARC)) == _WARC
    except zlib.error:
        return False
