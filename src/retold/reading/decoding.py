"""Bytes in, characters out: UTF-8 first, then what the bytes declare, then windows-1252, then a clear refusal."""

import codecs
import re
from typing import NamedTuple

from retold.reading.errors import ReadingError

MAX_BYTES = 20_000_000  # of one article; the longest published books have a quarter of that

_PROBED = 8192  # bytes at the start; a NUL among them is found in no text but UTF-16 and UTF-32
_BINARY = "it looks binary, and text or HTML was expected: save it as text or HTML"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"{\\rtf", "an RTF document"),
)
_DECLARED = re.compile(
    rb"(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,200}?encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.I
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_MAX_CONTROL_SHARE = 0.002  # stray control characters happen in old files; a binary has a hundred times as many


class Decoded(NamedTuple):
    """The characters of an input: byte order mark removed, CRLF made LF, nothing else. `note` None: it was UTF-8."""

    text: str
    note: str | None


def decode(data: bytes) -> Decoded:
    """Decode the bytes of one article.

    Raises ReadingError for an empty input, for one that is too large, binary, or in no encoding that can be told.
    """
    _refuse_unreadable(data)
    text, note = _decode(data)
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise ReadingError("there is only white space in it, and an article was expected")
    if len(_CONTROLS.findall(text)) > max(1, _MAX_CONTROL_SHARE * len(text)):
        raise ReadingError(_BINARY)
    return Decoded(text, note)


def _refuse_unreadable(data: bytes) -> None:
    if not data:
        raise ReadingError("it is empty, and an article was expected")
    if len(data) > MAX_BYTES:
        size, limit = len(data) // 1_000_000, MAX_BYTES // 1_000_000
        raise ReadingError(
            f"it has {size} MB, over the limit of {limit} MB for one article: split it, or give articles as JSONL"
        )
    if b"\0" in data[:_PROBED] and not data.startswith(tuple(mark for mark, _ in _BOMS)):
        raise ReadingError(_BINARY)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ReadingError(f"it is {what}, and text or HTML was expected: save it as text or HTML")


def _decode(data: bytes) -> tuple[str, str | None]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            note = None if encoding == "utf-8" else f"read as {encoding}, as its byte order mark says"
            return _strictly(data[len(mark) :], encoding), note
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_legacy(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"its byte order mark says {encoding}, but byte {error.start} is not: save it as UTF-8"
        ) from None


def _decode_legacy(data: bytes) -> tuple[str, str]:
    """Not UTF-8: the encoding that the page declares, or windows-1252, which the web reads Latin-1 as."""
    match = _DECLARED.search(data[:4096])
    declared = match[1].decode("ascii").lower() if match else None
    for encoding, why in ((declared, "as it declares"), ("windows-1252", "it is not UTF-8")):
        text = _try(data, encoding)
        if encoding and text is not None:
            return text, f"read as {encoding}, {why}"
    raise ReadingError("it is neither UTF-8 nor windows-1252 text: save it as UTF-8")


def _try(data: bytes, encoding: str | None) -> str | None:
    """None where there is no such encoding, or the bytes are not in it, or it declares the UTF-8 that failed."""
    try:
        return data.decode(encoding) if encoding and codecs.lookup(encoding).name != "utf-8" else None
    except (LookupError, UnicodeError, ValueError):
        return None
