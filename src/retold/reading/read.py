"""One input in, one frozen article out."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from retold.article import Article, Block, Origin
from retold.reading.decoding import MAX_BYTES, decode
from retold.reading.english import looks_english
from retold.reading.errors import ReadingError
from retold.reading.plaintext import find_blocks
from retold.reading.publication import (
    Facts,
    find_author,
    find_genre,
    find_outlet,
    first_known,
    publication_from_metadata,
    publication_from_text,
    publication_from_url,
)

_HTML = re.compile(r"<!doctype\s{1,9}html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|div|h[1-6]|span|br|a|meta|section)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_SNIFFED = 4096  # characters at the start that decide between HTML and plain text
_RULES = "read"


class Reading(NamedTuple):
    """An article and what there is to know about how it was read, each in one line."""

    article: Article
    notes: tuple[str, ...]


def read(source: str | Path) -> Article:
    """Read the article in one file, plain text or HTML.

    Raises ReadingError, in one line, when the file is missing or unreadable or holds no article.
    """
    return read_bytes(load_file(Path(source)), name=str(source))


def read_bytes(data: bytes, *, name: str) -> Article:
    """Read one article from the bytes of a file; whether they are HTML is told from them, not from `name`."""
    return take_in(data, name=name).article


def read_text(
    text: str,
    *,
    name: str,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    given_id: str | None = None,
) -> Article:
    """Read one article from plain text that is taken as it stands, with what is known about it.

    `published` is a date or time in ISO form or in words; one that names no day is unknown.
    Raises ReadingError when there is nothing but white space, or the text is not English.

    >>> article = read_text("Osk signs pact\\n\\nThe two ministers signed the pact in Osk on 4 May 2031.", name="a")
    >>> [(block.kind, article.text[block.start : block.end]) for block in article.blocks][0]
    ('headline', 'Osk signs pact')
    """
    if not text.strip():
        raise ReadingError("there is only white space in it, and an article was expected")
    try:
        sha256 = hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise ReadingError(f"character {error.start} is half of a surrogate pair: save it as UTF-8") from None
    facts = Facts(title, outlet, author, url, publication_from_metadata(published), given_id)
    return _read_plain(text, name=name, sha256=sha256, facts=facts)


def load_file(path: Path) -> bytes:
    """The bytes of a file. Raises ReadingError when there is none, it cannot be opened, or it is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ReadingError("there is no such file: check the path") from None
    except IsADirectoryError:
        raise ReadingError("it is a folder, and a file was expected") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadingError(f"it cannot be opened ({reason}): check its permissions") from None
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise ReadingError(f"it has more than {limit} MB, the limit for one article: split it, or give JSONL")
    return data


def take_in(data: bytes, *, name: str) -> Reading:
    """Read one article from bytes, with notes on how. Raises ReadingError."""
    decoded = decode(data)
    sha256 = hashlib.sha256(data).hexdigest()
    if _is_html(decoded.text):
        article = _read_html(decoded.text, name=name, sha256=sha256)
    else:
        article = _read_plain(decoded.text, name=name, sha256=sha256, facts=Facts())
    return Reading(article, (decoded.note,) if decoded.note else ())


def _is_html(text: str) -> bool:
    """Whether the beginning holds the tags of a page, or of a piece of one."""
    head = text[:_SNIFFED]
    return bool(_HTML.search(head)) or (head.lstrip()[:1] == "<" and len(_TAG.findall(head)) >= 3)


def _read_plain(text: str, *, name: str, sha256: str, facts: Facts) -> Article:
    whole = (Origin(0, len(text), 0, len(text)),)
    return _assemble(text, find_blocks(text), whole, name=name, sha256=sha256, facts=facts)


def _read_html(page: str, *, name: str, sha256: str) -> Article:
    from retold.reading.webpage import read_page  # imports an HTML parser, which plain text can do without

    found = read_page(page)
    return _assemble(found.text, found.blocks, found.origin, name=name, sha256=sha256, facts=found.facts)


def _assemble(
    text: str, blocks: Sequence[Block], origin: Sequence[Origin], *, name: str, sha256: str, facts: Facts
) -> Article:
    if not looks_english(text):
        raise ReadingError("it does not look like English, the only language that can be read so far")
    published = first_known([facts.publication, publication_from_text(text, blocks), publication_from_url(facts.url)])
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:12],
        input=name,
        given_id=facts.given_id,
        title=facts.title or _headline(text, blocks),
        outlet=facts.outlet or find_outlet(text, blocks),
        author=facts.author or find_author(text, blocks),
        url=facts.url,
        genre=find_genre(text, blocks),
        published=published.day,
        published_range=published.days,
        published_basis=published.basis,
        published_evidence=published.evidence,
        sha256=sha256,
        text=text,
        blocks=tuple(blocks),
        origin=tuple(origin),
        how=_RULES,
    )


def _headline(text: str, blocks: Sequence[Block]) -> str | None:
    """The headline's words; not those of a slug, which are nobody's spelling."""
    found = (b for b in blocks if b.kind == "headline" and b.how != "headline-slug")
    return next((text[b.start : b.end] for b in found), None)
