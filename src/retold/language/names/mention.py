"""One place at which somebody or something is named."""

from typing import Literal, NamedTuple

from retold.article import Record, Span

NameKind = Literal["person", "organization", "place", "unknown"]


class Entity(Record, frozen=True, kw_only=True):
    """One person, body or place of an article.

    `name` is the fullest form in the article, without honorific; `role` the role words that the text gives, None:
    it gives none. `mentions` are all its mentions, short forms included, in text order, each without honorific and
    possessive ending.
    """

    name: str
    kind: NameKind
    role: str | None
    mentions: tuple[Span, ...]


class ProposedName(NamedTuple):
    """A name that a network sees: its place, what it names ("unknown": a nationality, a work, an event), and how
    probable it is that it names just that."""

    span: Span
    kind: NameKind
    probability: float


class Mention(NamedTuple):
    """A name in a sentence, as it is before mentions are put together. `seen`: what a network saw there."""

    words: tuple[str, ...]
    span: Span
    kind: NameKind
    title: str | None  # honorific, lower case
    role: str | None
    opens: bool  # the first word of its sentence: its capital proves nothing
    the: bool  # "the" or "a" stands before it: no person
    seen: ProposedName | None = None
