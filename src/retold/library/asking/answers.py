"""What a library answers: tellings, quotes and found articles, each with the words it rests on.

Spans are of the text of the article that is named; `text[start:end]` is exactly what is shown. Days are ISO days; a
pair of them is the first and the last day that it may have been, None: unknown.
"""

from typing import Literal

import msgspec

from retold.article import Span
from retold.collation.collation import Change, Relation

Days = tuple[str, str]
Match = Literal["exact", "trimmed", "reworded"]
Origin = Literal["own", "source", "copy", "version", "unknown"]


class Publication(msgspec.Struct, frozen=True):
    """Where and when a text appeared. `version` is that of the text under its address, from 1; `input` what was
    read."""

    outlet: str | None
    title: str | None
    url: str | None
    published: Days | None
    version: int
    input: str


class Source(msgspec.Struct, frozen=True):
    """An article that an answer rests on: its id, and where it appeared, the earliest first, undated ones last."""

    article: str
    publications: tuple[Publication, ...]

    @property
    def published(self) -> Days | None:
        """When it first appeared; None: of no publication the day is known."""
        return self.publications[0].published if self.publications else None

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that published this text, the earliest first, each once."""
        return tuple(dict.fromkeys(one.outlet for one in self.publications if one.outlet))


class Passage(msgspec.Struct, frozen=True):
    """Words of a text. `spans` are the whole of it; `found` those of its words that were asked for."""

    words: str
    spans: tuple[Span, ...]
    found: tuple[Span, ...]


class Departure(msgspec.Struct, frozen=True):
    """How a telling departs from another (`other`: its id).

    `ordered`: the dates tell that the other came first. `fuller`: this telling has all words of the other, and more;
    then `changes` go from this one to the other, else from the other to this one.
    """

    other: str
    relation: Relation
    ordered: bool
    fuller: bool
    changes: tuple[Change, ...]


class TracedTelling(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of the words that were traced.

    `id` is that of its statement; of words that nobody is said to have said, the article's id and their place.
    `match`: how it relates to the words that were asked for. `confidence`: how sure it is that it tells the
    same (0 to 1).
    `speakers` are names (empty: unknown), `attribution` is the source in the article's words (empty: none is written).
    `said_on`: the day on which it was said, where the article tells it.
    `voice`: articles that copy one another, or are versions of one, have the same number.
    `origin`: "own", of an article that is a copy of no other in the library; "source", the earliest of its voice;
    "copy" of another outlet's and "version" of an earlier text at its address (`of`: the article's id); "unknown",
    where the days do not tell, or copies were not looked for. `departure`: from the telling it was copied from, else
    from the last before it that is no copy, of an undated one from the one whose words are most like its own; None:
    there is none.
    """

    id: str
    source: Source
    statement: str | None
    speakers: tuple[str, ...]
    attribution: str
    passage: Passage
    said_on: str | None
    match: Match
    confidence: float
    voice: int
    origin: Origin
    of: str | None
    departure: Departure | None


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Every telling of `words`, oldest first, undated ones last.

    `total` tellings were found, in `articles` articles, which are `voices` voices; `tellings` are the first of them.
    `complete` is False when there may be more, which were not looked at.
    """

    words: str
    tellings: tuple[TracedTelling, ...]
    total: int
    articles: int
    voices: int
    complete: bool


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, with those of its copies: statements of the same words in articles that are one voice with its own.

    `day` is when it was said (`said`), else when it was published; None: neither is known. The first of `sources` is
    that of the statement shown, the earliest; `statements` are the ids of all, in the order of `sources`. `speakers`,
    `attribution`: see `TracedTelling`.
    """

    id: str
    statements: tuple[str, ...]
    speakers: tuple[str, ...]
    attribution: str
    passage: Passage
    day: Days | None
    said: bool
    sources: tuple[Source, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that have it, each once."""
        return tuple(dict.fromkeys(outlet for source in self.sources for outlet in source.outlets))


class Quotes(msgspec.Struct, frozen=True, kw_only=True):
    """Quotes, the newest first. `total`: statements that fit, copies included.

    `undated`: statements that fit but for a day that is not known; they are left out where days are asked for.
    """

    quotes: tuple[Quote, ...]
    total: int
    undated: int


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An article that fits a search: the sentence with most of what was asked for, and every place of it
    (`matches`)."""

    source: Source
    title: str | None
    passage: Passage
    matches: tuple[Span, ...]


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """Articles that fit a search, the best first: `total` fit, of `articles` in the library (or of the outlet and
    days)."""

    hits: tuple[Hit, ...]
    total: int
    articles: int
