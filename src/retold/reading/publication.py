"""When an article was published, who wrote it and what kind of text it is, from its own head and its address."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from retold.article import RUNNING_TEXT, Block, Genre, PublishedBasis, Span
from retold.language.dates import find_dates

_HEAD_LINES = 8  # furniture lines right above the first paragraph that may date or sign it
_LINE_LIMIT = 160  # characters; what is longer is no date line
_OWN_WINDOW = timedelta(days=31)  # posted and updated lie this near to each other; else no day is told
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-]([12]\d|3[01]|0?[1-9])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?=/)")
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]{2,60}[^—–-]{0,60}?[)\s](?:—|–|-)\s")
_NAME = r"[A-Z][\w.’'-]{0,30}"
_AUTHOR = rf"^(?:[Bb][Yy]:? {{1,3}})?(?P<name>{_NAME}(?: {{1,2}}(?:{_NAME}|de|van|von|al|bin)){{1,4}})"
_BYLINE = re.compile(_AUTHOR + r"(?=$| ?[,|–—\n]| {2}| and | on \w| -)")
_BYLINE_OUTLET = re.compile(_AUTHOR + rf", {{1,3}}(?P<outlet>{_NAME}(?: (?:{_NAME}|of|the|and|&)){{0,5}})$")
_ROLE = re.compile(r"(?i)\b(?:editor|reporter|correspondent|writer|staff|contributor|columnist|bureau|chief|author)\b")
_SPEAKER_LINE = re.compile(
    r"^(?:[A-Z][A-Z.’'-]{1,20}(?: [A-Z][A-Z.’'-]{0,20}){0,4}(?: ?\([^)]{1,40}\))?|Q|A|Question|Answer): ?\S"
)
_RELEASE = re.compile(r"\b(?:for immediate release|embargoed until|press release|media release|news release)\b", re.I)


class Publication(NamedTuple):
    """A day of publication or a range of them, what it rests on, and the words where they stand in the text."""

    day: str | None = None
    days: tuple[str, str] | None = None
    basis: PublishedBasis = "unknown"
    evidence: tuple[Span, ...] = ()


UNKNOWN = Publication()


class Facts(NamedTuple):
    """What is known about an article beside its text; None: unknown."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    publication: Publication = UNKNOWN
    given_id: str | None = None


def publication_from_text(text: str, blocks: Sequence[Block]) -> Publication:
    """The day that the lines above the first paragraph, its dateline, or the line after the last one name.

    Only whole days with their year count; teasers and captions are never looked at. Days more than a month apart
    leave it unknown; of posted and updated the earlier is taken.
    """
    for spans in (_head_spans(text, blocks), _tail_spans(blocks)):
        found = [(e.date, e.span) for e in find_dates(text, spans, None) if e.precision == "day" and e.date]
        if found:
            return _settle(found)
    return UNKNOWN


def _settle(found: Sequence[tuple[str, Span]]) -> Publication:
    earliest, latest = min(found), max(found)
    if date.fromisoformat(latest[0]) - date.fromisoformat(earliest[0]) > _OWN_WINDOW:
        return UNKNOWN
    return Publication(earliest[0], None, "text", (earliest[1],))


def _head_spans(text: str, blocks: Sequence[Block]) -> list[Span]:
    """The short lines above the first paragraph that are not teasers, captions or headlines, and its dateline."""
    first = next((index for index, block in enumerate(blocks) if block.kind in RUNNING_TEXT), len(blocks))
    above = [block for block in blocks[:first] if _may_date(block)][-_HEAD_LINES:]
    spans = [block.span for block in above if block.end - block.start <= _LINE_LIMIT]
    if first < len(blocks):
        start = blocks[first].start
        dateline = _DATELINE.match(text[start : min(blocks[first].end, start + _LINE_LIMIT)])
        spans += [Span(start, start + dateline.end())] if dateline else []
    return spans


def _may_date(block: Block) -> bool:
    """Furniture, a dateline, or a byline that its own words show: one that only looks like it may be a link's."""
    return block.kind in ("furniture", "dateline") or (block.kind == "byline" and block.how == "byline")


def _tail_spans(blocks: Sequence[Block]) -> list[Span]:
    """Lines below the last paragraph that say that they date the article."""
    last = max((index for index, block in enumerate(blocks) if block.kind in RUNNING_TEXT), default=len(blocks))
    below = blocks[last + 1 : last + 4]
    return [block.span for block in below if block.how == "dated" and block.end - block.start <= _LINE_LIMIT]


def publication_from_url(url: str | None) -> Publication:
    """The day (/2024/05/03/) or month (/2024/05/) in an address."""
    if url is None:
        return UNKNOWN
    days = {_iso(*map(int, match)) for match in _URL_DAY.findall(url)} - {None}
    if len(days) == 1:
        return Publication(days.pop(), None, "url")
    month = _URL_MONTH.search(url)
    if month is None or days:
        return UNKNOWN
    first = date(int(month[1]), int(month[2]), 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Publication(None, (first.isoformat(), last.isoformat()), "url")


def publication_from_metadata(value: str | None) -> Publication:
    """The day that a metadata field names: an ISO date or time, or a date in words. Unknown when it names none."""
    if not value:
        return UNKNOWN
    stripped = value.strip()[:_LINE_LIMIT]
    compact = re.match(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)", stripped)
    iso = _iso(*map(int, compact.groups())) if compact else None
    found = [e.date for e in find_dates(stripped, [Span(0, len(stripped))], None) if e.precision == "day" and e.date]
    day = iso or (found[0] if len(set(found)) == 1 else None)
    return Publication(day, None, "metadata") if day else UNKNOWN


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def first_known(publications: Iterable[Publication]) -> Publication:
    """The first that names a day, else the first that names a range, else unknown."""
    known = [publication for publication in publications if publication.day or publication.days]
    return next((publication for publication in known if publication.day), known[0] if known else UNKNOWN)


def find_author(text: str, blocks: Sequence[Block]) -> str | None:
    """The name in a plain byline ("By Ada Brandt"); None where there is none or there are two."""
    names = {match["name"] for line in _bylines(text, blocks) if (match := _BYLINE.match(line))}
    return names.pop() if len(names) == 1 else None


def find_outlet(text: str, blocks: Sequence[Block]) -> str | None:
    """The outlet that a byline names behind the author ("By Ada Brandt, The Harbour Post"); None where none does."""
    matches = filter(None, map(_BYLINE_OUTLET.match, _bylines(text, blocks)))
    names = {match["outlet"] for match in matches if not _ROLE.search(match["outlet"])}
    return names.pop() if len(names) == 1 else None


def _bylines(text: str, blocks: Sequence[Block]) -> Iterator[str]:
    return (text[b.start : b.end] for b in blocks if b.how == "byline" and b.end - b.start <= _LINE_LIMIT)


def find_genre(text: str, blocks: Sequence[Block]) -> Genre:
    """Transcript and press release by their plain marks; a text without a paragraph is unknown; else a report."""
    paragraphs = [text[block.start : block.end] for block in blocks if block.kind in RUNNING_TEXT]
    if not paragraphs:
        return "unknown"
    turns = sum(bool(_SPEAKER_LINE.match(paragraph)) for paragraph in paragraphs)
    if turns >= 5 and turns >= 0.3 * len(paragraphs):
        return "transcript"
    marked = any(_RELEASE.search(text[b.start : b.end]) for b in blocks[:6] if b.end - b.start <= 80)
    return "press_release" if marked else "report"
