"""WARC in, of any size: the pages it holds as articles, read as they stream by, with nothing kept of those before.

Source: ISO 28500 (WARC/1.0, 1.1). FastWARC parses the records. Compression is undone here, of the file and of the
pages: a page or member that is damaged must cost itself, and FastWARC 2.0 ends the archive at it, or says nothing.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from retold.article import RUNNING_TEXT
from retold.reading.decoding import MAX_BYTES
from retold.reading.errors import NotEnglishError, ReadingError
from retold.reading.intake import Reading, take_in
from retold.reading.kinds import HEAD, is_gzip
from retold.reading.passing import NOT_ENGLISH, PassedOver

_KINDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_OK = 200
_MIN_WORDS = 15  # of body, as of a page: robots.txt and the like are no articles
_READERS = {"gzip": GzipReader, "x-gzip": GzipReader, "br": BrotliReader, "zstd": ZstdReader}

_STATUS = PassedOver(f"answered with another status than {_OK}")
_TYPE = PassedOver("not HTML or text")
_LARGE = PassedOver(f"over the limit of {MAX_BYTES // 1_000_000} MB")
_NO_ARTICLE = PassedOver("without an article (lists, stubs, error pages)")


class _Members(gzip.GzipFile):
    """The unpacked bytes of a gzip file. They come as they are unpacked: what stands before a damaged place is read."""

    def read(self, size: int | None = -1) -> bytes:
        return self.read1(-1 if size is None else size)


def read_archive(
    stream: io.BufferedReader, *, name: str, skip: Callable[[str], bool]
) -> Iterator[Reading | PassedOver]:
    """Read the pages of an archive in order, named by the archive and their address.

    A record's WARC-Record-ID is the article's given id; where `skip` says of it that it is done, its page is not
    looked at. The day of capture is never taken for the day of publication.
    Raises ReadingError where the archive is cut off or damaged, after all that stands before.
    """
    records = _Members(fileobj=stream) if is_gzip(stream.peek(HEAD)) else stream
    count = 0
    try:
        for record in ArchiveIterator(records, record_types=_KINDS, parse_http=True, auto_decode="none"):
            count += 1
            identity = (record.record_id or "").strip("<>")
            if not identity or not skip(identity):
                yield _read_record(record, name, identity or None)
    except (OSError, EOFError, zlib.error) as error:
        place = f"after {count:,} of its records ({error})"
        raise ReadingError(f"the archive is cut off or damaged {place}: fetch or copy it again") from None
    if not count:
        raise ReadingError("there is no page in this archive: a WARC with response records was expected")


def _read_record(record: WarcRecord, name: str, identity: str | None) -> Reading | PassedOver:
    if record.is_http_parsed and record.http_headers.status_code != _OK:
        return _STATUS
    if _media_type(record) not in _TYPES:
        return _TYPE
    data = record.reader.read(MAX_BYTES + 1)
    if len(data) < min(record.content_length, MAX_BYTES):
        raise EOFError("it ends within a record")
    if record.is_http_parsed:
        data = _decoded(data, record)
    if len(data) > MAX_BYTES:
        return _LARGE
    return _read_page(data, record, name, identity)


def _media_type(record: WarcRecord) -> str:
    stated = record.http_content_type if record.is_http_parsed else record.headers.get("Content-Type")
    return (stated or "").split(";")[0].strip().lower()


def _decoded(data: bytes, record: WarcRecord) -> bytes:
    """The page without its transfer and content encodings. Many archives name some that they have undone already."""
    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        data = _try(ChunkedReader, data)
    for coding in reversed((headers.get("Content-Encoding") or "").lower().split(",")):
        if reader := _READERS.get(coding.strip()):
            data = _try(reader, data)
        elif coding.strip() == "deflate":
            data = _try(_inflate, data)
    return data


class _Readable(Protocol):
    def read(self, size: int = ...) -> bytes: ...


def _try(reader: Callable[[BinaryIO], _Readable], data: bytes) -> bytes:
    """What a reader makes of the data, up to just over the limit; the data where it can make nothing of them."""
    try:
        return reader(io.BytesIO(data)).read(MAX_BYTES + 1) or data
    except (OSError, EOFError, ValueError, zlib.error):
        return data


def _inflate(stream: BinaryIO) -> BinaryIO:
    return io.BytesIO(zlib.decompressobj().decompress(stream.read(), MAX_BYTES + 1))


def _read_page(data: bytes, record: WarcRecord, name: str, identity: str | None) -> Reading | PassedOver:
    url = record.headers.get("WARC-Target-URI") or None
    charset = record.http_charset if record.is_http_parsed else None
    try:
        article, _ = take_in(data, name=f"{name}:{url or identity}", url=url, charset=charset, given_id=identity)
    except NotEnglishError:
        return NOT_ENGLISH
    except ReadingError:
        return _NO_ARTICLE
    words = sum(len(article.text[b.start : b.end].split()) for b in article.blocks if b.kind in RUNNING_TEXT)
    return Reading(article, ()) if words >= _MIN_WORDS else _NO_ARTICLE
