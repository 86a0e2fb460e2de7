"""One JSON object as an article: a line of bulk input, or a ninjs item."""

from collections.abc import Callable

import msgspec

from retold.reading.decoding import MAX_BYTES
from retold.reading.errors import ReadingError
from retold.reading.intake import Reading, hash_bytes, make_article, read_text
from retold.reading.ninjs import is_ninjs, read_ninjs
from retold.reading.offer import Known, Offer
from retold.reading.recurring import Recurring


class BulkLine(msgspec.Struct, frozen=True):
    """One line of bulk input. `text` is taken as it stands; None: unknown."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None


def is_bulk(line: bytes) -> bool:
    """Whether a line is one of bulk input."""
    try:
        item = msgspec.json.decode(line)
        return is_ninjs(item) or bool(msgspec.convert(item, BulkLine))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def read_line(
    line: bytes, *, name: str, skip: Callable[[str], bool], known: Known, recurring: Recurring
) -> Reading | None:
    """Read the article of one line. None: `skip` said of its id (of ninjs: its uri) that it is done, or it is `known`.

    `recurring`: what recurs in the articles of its outlet helps to tell its text from furniture. Raises ReadingError
    when the line is too long, or not one of bulk input.
    """
    if len(line) > MAX_BYTES:
        raise ReadingError(f"the line has more than {MAX_BYTES // 1_000_000} MB, the limit for one article: split it")
    try:
        item = msgspec.json.decode(line)
        if is_ninjs(item):
            done = skip(item["uri"]) or known(Offer(hash_bytes(line), str(item["uri"])))
            return None if done else _read_item(item, line, name)
        row = msgspec.convert(item, BulkLine)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadingError(f'a JSON object with "text", or a ninjs item, was expected on this line: {error}') from None
    given_id = None if row.id is None else str(row.id)
    if given_id is not None and skip(given_id):
        return None
    if known(Offer(_hash_text(row.text), given_id, row.url, row.outlet)):
        return None
    return _read_row(row, name, given_id, recurring)


def _hash_text(text: str) -> str:
    """As the article's `sha256` will be; of half a surrogate pair, which is refused later, any."""
    return hash_bytes(text.encode(errors="replace"))


def _read_item(item: dict[str, object], line: bytes, name: str) -> Reading:
    document = read_ninjs(item)
    facts = document.facts._replace(given_id=str(item["uri"]))
    return Reading(make_article(document._replace(facts=facts), name=name, sha256=hash_bytes(line)), ())


def _read_row(row: BulkLine, name: str, given_id: str | None, recurring: Recurring) -> Reading:
    article = read_text(
        row.text,
        name=name,
        given_id=given_id,
        title=row.title,
        published=row.published,
        url=row.url,
        outlet=row.outlet,
        author=row.author,
        recurring=recurring.get(row.outlet or "", frozenset()),
    )
    return Reading(article, ())
