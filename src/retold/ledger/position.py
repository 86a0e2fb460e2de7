"""What the ledger holds: acts on issues, the positions that follow from them, and what happened when."""

from typing import Literal

import msgspec

from retold.article import Pin, Record, Span

Act = Literal[
    "offer", "accept", "concede", "comply", "support", "meet", "demand", "urge", "ask", "reject", "rule_out",
    "threaten", "accuse", "deny", "suspend", "state",
]  # fmt: skip
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
Precision = Literal["day", "week", "month", "year", "range"]
PositionChange = Literal[
    "new", "reaffirmed", "hardened", "softened", "reversed", "condition_added", "condition_dropped"
]


class EntryWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of each part of an entry, in its article. None: the part has none here (a pronoun's issue stands
    elsewhere, no condition is named)."""

    actor: Span | None = None
    act: Span
    issue: Span | None = None
    condition: Span | None = None
    consequence: Span | None = None


class Entry(Record, frozen=True, kw_only=True):
    """One act of one actor on one issue, pinned to its words.

    `actor` and `recipient` are names as resolved in the article; `organization` is the side the actor stands for;
    `issue` is a code of the codebook; `concept` its label. `agreement`: True for, False against, None neither.
    `plover` is the PLOVER event type, `mode` and `contexts` its refinements; None or empty: none applies.
    `condition` and `consequence` (what is announced for the case that it comes about) are in the article's words.
    `hearsay` is True when the actor is not the one who speaks. `statement` is None when the article reports the act
    itself; else `speaker` is who tells it (None: unknown) and `channel` where. `words`: where each part stands; None
    in dossiers of before it was given. None means unknown everywhere else.
    """

    id: str
    actor: str
    organization: str | None
    recipient: str | None
    issue: str
    concept: str
    act: Act
    plover: str | None
    mode: str | None
    contexts: tuple[str, ...]
    agreement: bool | None
    status: Status
    condition: str | None
    hearsay: bool
    statement: str | None
    evidence: Pin
    said_on: str | None
    speaker: str | None = None
    channel: str | None = None
    consequence: str | None = None
    words: EntryWords | None = None


class Position(Record, frozen=True, kw_only=True, rename={"since": "from"}):
    """Where an actor stands on an issue over an interval, derived from ledger entries.

    `value` says it in a few words ("for", "against", "open"); `strength` is 0 to 1. `statements` are the ids of the
    ledger entries it follows from, `outlets` the outlets (or inputs) that carry them. `voices` is how many of these are
    independent: reports that derive from one another are one voice. `contradicted_by` are entries of other reports
    that tell the same day, or the same utterance, with another value, or with a condition where this has none. `proof`
    are the two entries that show a change; None for a new position.
    """

    id: str
    actor: str
    issue: str
    value: str
    strength: float
    condition: str | None
    since: str | None
    until: str | None
    statements: tuple[str, ...]
    outlets: tuple[str, ...]
    change: PositionChange
    proof: tuple[str, str] | None
    voices: int = 1
    contradicted_by: tuple[str, ...] = ()


class Happening(Record, frozen=True, kw_only=True):
    """One line of the timeline: `what` are the article's own words; `date` is an ISO day or the first day of it.

    `date` is None when the words name a day that cannot be worked out (a weekday in a report without a date);
    `when` are the words that name it.
    """

    id: str
    date: str | None
    precision: Precision | None
    when: str
    what: str
    evidence: tuple[Pin, ...]
