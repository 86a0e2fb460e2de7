"""What a server answers, and whether an article can be in it."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple

import httpx2

from retold.reading.decoding import MAX_BYTES
from retold.reading.errors import ReadingError
from retold.reading.web.addresses import shown
from retold.reading.web.robots import MAX_ROBOTS
from retold.reading.web.unpacking import gunzip, take

_MEDIA_TYPE = re.compile(r"[\w.+-]{1,99}/[\w.+-]{1,99}")
_READABLE = re.compile(
    r"text/.*|application/(?:[\w.-]+\+)?(?:xml|json)|application/pdf|application/(?:x-)?gzip"
    r"|(?:application|binary)/octet-stream"  # "I do not know": what the bytes are is told from them
    r"|application/vnd\.openxmlformats-officedocument\.wordprocessingml\.document"
)
_CHARSET = re.compile(r";\s{0,9}charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Python decodes these, but no page means them: they are for single host names, or for source code.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_SECONDS = re.compile(r"\d{1,9}")


class Errand(NamedTuple):
    """What is asked for: how errors call it, the most bytes of it that are read, and whether it must be an article."""

    subject: str
    limit: int
    is_page: bool


PAGE = Errand("it", MAX_BYTES, is_page=True)
ROBOTS = Errand("its robots.txt", MAX_ROBOTS, is_page=False)


class Answer(NamedTuple):
    """One answer. `data` is unpacked, and there only with a status of success; `whole`: nothing of it was cut off.

    `location` is where a redirect leads, in its own words; `retry_s` the seconds that a busy server asks us to wait.
    None: it says nothing of the kind.
    """

    status: int
    location: str | None
    retry_s: int | None
    media_type: str | None
    charset: str | None
    data: bytes
    whole: bool


def read_answer(response: httpx2.Response, errand: Errand) -> Answer:
    """Read an answer, of its body no more than the errand allows.

    Raises ReadingError where no article can be in it, or it is packed otherwise than was asked for.
    """
    status, headers = response.status_code, response.headers
    kind = headers.get("content-type", "")
    media_type = find_media_type(kind)
    data, whole = b"", True
    if response.is_success:
        if errand.is_page:
            _refuse_unreadable(media_type)
        data, whole = take(_unpacked(response, errand.limit), errand.limit)
    return Answer(
        status=status,
        location=headers.get("location") if status in _REDIRECTS else None,
        retry_s=_read_seconds(headers.get("retry-after", "")) if status in _BUSY else None,
        media_type=media_type,
        charset=find_charset(kind),
        data=data,
        whole=whole,
    )


def find_media_type(content_type: str) -> str | None:
    """The media type of a Content-Type header, in lower case; None: it has none.

    >>> find_media_type("Text/HTML; charset=utf-8")
    'text/html'
    """
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else None


def find_charset(content_type: str) -> str | None:
    """The charset of a Content-Type header, in lower case; None: it has none that Python knows as one of text.

    >>> find_charset('text/html; charset="ISO-8859-1"')
    'iso-8859-1'
    """
    match = _CHARSET.search(content_type)
    charset = match[1].lower() if match else ""
    try:
        b"a".decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if charset.replace("-", "_") in _NO_CHARSETS else charset or None


def refuse_failure(status: int) -> None:
    """Raise ReadingError, with what to do, where a status is none of success."""
    if 200 <= status < 300:
        return
    if status in (401, 402, 403):
        advice = "if your browser shows the page, save it and give the file"
    elif status in (404, 410):
        advice = "check the address"
    elif status in _BUSY or status >= 500:
        advice = "try again later"
    else:
        advice = "a page was expected"
    raise ReadingError(f"the answer is {name_status(status)}: {advice}")


def name_status(status: int) -> str:
    """The number and the standard's name for it; never the server's own words."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _refuse_unreadable(media_type: str | None) -> None:
    if media_type and not _READABLE.fullmatch(media_type):
        raise ReadingError(f"it is {shown(media_type)}, and HTML, text, XML, JSON, PDF or DOCX was expected")


def _unpacked(response: httpx2.Response, limit: int) -> Iterator[bytes]:
    """The body as it comes. Of packed forms gzip alone is asked for, and it is unpacked here: httpx unpacks up to five
    layers, and each multiplies the work that a hostile server can give us."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("gzip", "x-gzip"):
        return gunzip(response.iter_raw(), limit)
    if coding not in ("identity", ""):
        raise ReadingError(
            f"it came packed as {shown(coding)}, and gzip was asked for: save the page and give the file"
        )
    return response.iter_raw()


def _read_seconds(value: str) -> int | None:
    return int(value) if _SECONDS.fullmatch(value.strip()) else None
