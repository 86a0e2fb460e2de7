"""One input in, one frozen article out."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from retold.article import Article, Block, Origin
from retold.reading.decoding import MAX_BYTES, decode, refuse_size
from retold.reading.english import foreign_language
from retold.reading.errors import ForeignError, NotEnglishError, ReadingError
from retold.reading.kinds import HEAD, kind_of
from retold.reading.pieces import Document
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
    """Read the article in one file: plain text, HTML, PDF, DOCX or ninjs.

    Raises ReadingError, in one line, when the file is missing or unreadable or holds no article.
    """
    return read_bytes(load_file(Path(source)), name=str(source))


def read_bytes(data: bytes, *, name: str) -> Article:
    """Read one article from the bytes of a file; of what kind they are is told from them, not from `name`."""
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
    recurring: frozenset[str] = frozenset(),
) -> Article:
    """Read one article from plain text that is taken as it stands, with what is known about it.

    `published` is a date or time in ISO form or in words; one that names no day is unknown. `recurring`: lines that
    several articles of its outlet have (`retold.reading.recurring`).
    Raises ReadingError when there is nothing but white space, or the text is not English.

    >>> article = read_text("Osk signs pact\\n\\nThe two ministers signed the pact in Osk on 4 May 2031.", name="a")
    >>> [(block.kind, article.text[block.start : block.end]) for block in article.blocks][0]
    ('headline', 'Osk signs pact')
    """
    if not text.strip():
        raise ReadingError("there is only white space in it, and an article was expected")
    try:
        sha256 = hash_bytes(text.encode())
    except UnicodeEncodeError as error:
        raise ReadingError(f"character {error.start} is half of a surrogate pair: save it as UTF-8") from None
    facts = Facts(title, outlet, author, url, publication_from_metadata(published), given_id)
    return make_article(_read_plain(text, facts, recurring), name=name, sha256=sha256)


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


def take_in(
    data: bytes,
    *,
    name: str,
    url: str | None = None,
    charset: str | None = None,
    given_id: str | None = None,
    any_language: bool = False,
) -> Reading:
    """Read one article from bytes, with notes on how.

    `url`: where they came from, for a page that does not say it. `charset`: the encoding that came with them; a byte
    order mark and plain UTF-8 are believed first, what the page declares last. `any_language`: a page may be
    in another language than English. Raises ReadingError.
    """
    document, notes = _read_document(data, charset)
    facts = document.facts._replace(url=document.facts.url or url, given_id=given_id)
    document = document._replace(facts=facts)
    language = foreign_language(document.text)
    if language and not (any_language and document.marked_up):
        raise NotEnglishError(language)
    article = _assemble(document, name=name, sha256=hash_bytes(data))
    return Reading(article, (*notes, f"it is in {language}: only its blocks are told") if language else notes)


def _read_document(data: bytes, charset: str | None) -> tuple[Document, tuple[str, ...]]:
    """A document of the kind that its first bytes tell. Readers that need large libraries are imported when needed."""
    refuse_size(data)
    kind = kind_of(data[:HEAD])
    if kind in ("archive", "feed"):
        raise ReadingError(f"it is {_MANY[kind]}, and one article was expected: read it with the commands")
    if kind == "pdf":
        from retold.reading.pdf import read_pdf

        return read_pdf(data), ()
    if kind == "zip":
        from retold.reading.docx import is_docx, read_docx

        if is_docx(data):
            return read_docx(data), ()
    text, note = decode(data, charset)
    return _read_characters(text), (note,) if note else ()


_MANY = {"archive": "a WARC archive", "feed": "a feed"}


def _read_characters(text: str) -> Document:
    if _is_html(text):
        from retold.reading.webpage import read_page

        return read_page(text)
    if text.lstrip().startswith("<?xml"):
        raise ForeignError("it is XML, but no page and no feed: HTML, RSS or Atom was expected")
    item = _json_object(text)
    if item is None:
        return _read_plain(text, Facts())
    from retold.reading.ninjs import is_ninjs, read_ninjs

    if not is_ninjs(item):
        raise ForeignError("it is JSON, but no ninjs item: give articles as .jsonl, one object with “text” a line")
    return read_ninjs(item)


def _is_html(text: str) -> bool:
    """Whether the beginning holds the tags of a page, or of a piece of one."""
    head = text[:_SNIFFED]
    return head.lstrip()[:1] != "{" and (
        bool(_HTML.search(head)) or (head.lstrip()[:1] == "<" and len(_TAG.findall(head)) >= 3)
    )


def _json_object(text: str) -> dict[str, object] | None:
    """The JSON object that a text is; None: it is none."""
    if text[:_SNIFFED].lstrip()[:1] != "{":
        return None
    try:
        return msgspec.json.decode(text, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None


def _read_plain(text: str, facts: Facts, recurring: frozenset[str] = frozenset()) -> Document:
    return Document(
        text, find_blocks(text, title=facts.title, recurring=recurring), facts, (Origin(0, len(text), 0, len(text)),)
    )


def hash_bytes(data: bytes) -> str:
    """The SHA-256 of an input, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def make_article(document: Document, *, name: str, sha256: str) -> Article:
    """The article of a document, with what its own text says where the document itself says nothing.

    Raises NotEnglishError when its text is in another language.
    """
    if language := foreign_language(document.text):
        raise NotEnglishError(language)
    return _assemble(document, name=name, sha256=sha256)


def _assemble(document: Document, *, name: str, sha256: str) -> Article:
    text, blocks, facts, origin, marked_up = document
    # A page shows the days of other articles too; what dates it its facts have found by its markup.
    dating = [block for block in blocks if not (marked_up and block.kind == "furniture")]
    published = first_known([facts.publication, publication_from_text(text, dating), publication_from_url(facts.url)])
    return Article(
        id=hash_bytes(text.encode())[:12],
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
        blocks=blocks,
        origin=origin,
        how=_RULES,
    )


def _headline(text: str, blocks: Sequence[Block]) -> str | None:
    """The headline's words; not those of a slug, which are nobody's spelling."""
    found = (b for b in blocks if b.kind == "headline" and b.how != "headline-slug")
    return next((text[b.start : b.end] for b in found), None)
