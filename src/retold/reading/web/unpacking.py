"""Bytes from the web, unpacked within a limit."""

import zlib
from collections.abc import Iterable, Iterator

from retold.reading.errors import ReadingError

GZIP = b"\x1f\x8b"
_PIECE = 65_536  # bytes that are unpacked at once: a gzip bomb grows a thousandfold, but never beyond this in memory


def take(pieces: Iterable[bytes], limit: int) -> tuple[bytes, bool]:
    """The first `limit` bytes, and whether these are all; nothing more is asked of `pieces` than that needs."""
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > limit:
            return bytes(data[:limit]), False
    return bytes(data), True


def gunzip(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Unpack gzip (RFC 1952), one member after another, in pieces of at most 64 KiB. Whatever follows is ignored.

    The time grows with the square of the members in one chunk, so `chunks` must be small, as those of a network are.
    Raises ReadingError where it is broken or breaks off, or `limit` packed bytes were not enough.
    """
    inflater, packed = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    for chunk in chunks:
        packed += len(chunk)
        if packed > limit:
            raise ReadingError(f"it has more than {limit // 1_000_000} MB even when packed, the limit for one article")
        while chunk:
            if inflater.eof:
                if not GZIP.startswith(chunk[: len(GZIP)]):
                    return
                inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield from _drain(inflater, chunk)
            chunk = inflater.unused_data
    if packed and not inflater.eof:
        raise ReadingError("its compressed data breaks off: try again later")


def _drain(inflater: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    """All that `chunk` brings to light of one member, piece by piece."""
    piece = b"-"
    while piece and not inflater.eof:
        try:
            piece = inflater.decompress(chunk, _PIECE)
        except zlib.error:
            raise ReadingError("its compressed data is broken: try again later") from None
        yield piece
        chunk = inflater.unconsumed_tail
