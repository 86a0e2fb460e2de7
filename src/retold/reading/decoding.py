"""Bytes in, characters out: UTF-8 first, then what the bytes declare, then windows-1252, then a clear refusal."""

import codecs
import re
from typing import NamedTuple

from retold.reading.errors import ReadingError

MAX_BYTES = 20_000_000  # of one article; the longest published books have a quarter of that

_PROBED = 8192  # bytes at the start; a NUL among them is found in no text but UTF-16 and UTF-32
_BINARY = "it looks binary, and text, HTML, PDF or DOCX was expected: save it as one of them"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive, or an office document other than DOCX"),
    (b"\xd0\xcf\x11\xe0", "an old office document, or one with a password"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
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


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """Decode the bytes of one article. `charset`: the encoding that came with them, as in the header of an answer.

    Raises ReadingError for an empty input, for one that is too large, binary, or in no encoding that can be told.
    """
    refuse_size(data)
    _refuse_unreadable(data)
    text, note = _decode(data, charset)
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise ReadingError("there is only white space in it, and an article was expected")
    if len(_CONTROLS.findall(text)) > max(1, _MAX_CONTROL_SHARE * len(text)):
        raise ReadingError(_BINARY)
    return Decoded(text, note)


def refuse_size(data: bytes) -> None:
    """Raise ReadingError for nothing, and for more than one article can have."""
    if not data:
        raise ReadingError("it is empty, and an article was expected")
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise ReadingError(f"it has more than {limit} MB, the limit for one article: split it, or give JSONL")


def _refuse_unreadable(data: bytes) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ReadingError(f"it is {what}, and text, HTML, PDF or DOCX was expected: save it as one of them")
    if b"\0" in data[:_PROBED] and not data.startswith(tuple(mark for mark, _ in _BOMS)):
        raise ReadingError(_BINARY)


def _decode(data: bytes, charset: str | None) -> tuple[str, str | None]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            note = None if encoding == "utf-8" else f"read as {encoding}, as its byte order mark says"
            return _strictly(data[len(mark) :], encoding), note
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_legacy(data, charset)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"its byte order mark says {encoding}, but byte {error.start} is not: save it as UTF-8"
        ) from None


def _decode_legacy(data: bytes, charset: str | None) -> tuple[str, str]:
    """Not UTF-8: the encoding that came with it or that the page declares, or windows-1252."""
    match = _DECLARED.search(data[:4096])
    declared = match[1].decode("ascii").lower() if match else None
    stated, why_stated = _as_on_the_web(charset), "as the header that came with it says"
    declared = _as_on_the_web(declared)
    for encoding, why in ((stated, why_stated), (declared, "as it declares"), ("windows-1252", "it is not UTF-8")):
        text = _try(data, encoding)
        if encoding and text is not None:
            return text, f"read as {encoding}, {why}"
    raise ReadingError("it is neither UTF-8 nor windows-1252 text: save it as UTF-8")


def _as_on_the_web(encoding: str | None) -> str | None:
    """What is declared as Latin-1 or ASCII is windows-1252 (WHATWG Encoding): it has the quotation marks."""
    try:
        return "windows-1252" if encoding and codecs.lookup(encoding).name in ("iso8859-1", "ascii") else encoding
    except (LookupError, ValueError):
        return None


def _try(data: bytes, encoding: str | None) -> str | None:
    """None where there is no such encoding, or the bytes are not in it, or it declares the UTF-8 that failed."""
    try:
        return data.decode(encoding) if encoding and codecs.lookup(encoding).name != "utf-8" else None
    except (LookupError, UnicodeError, ValueError):
        return None
