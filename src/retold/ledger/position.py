"""What the ledger holds: acts on issues, the positions that follow from them, and what happened when."""

from typing import Literal

from retold.article import Pin, Record

Act = Literal[
    "offer", "accept", "concede", "comply", "support", "meet", "demand", "urge", "ask", "reject", "rule_out",
    "threaten", "accuse", "deny", "suspend", "state",
]  # fmt: skip
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
Precision = Literal["day", "week", "month", "year", "range"]
PositionChange = Literal[
    "new", "reaffirmed", "hardened", "softened", "reversed", "condition_added", "condition_dropped"
]


class Entry(Record, frozen=True, kw_only=True):
    """One act of one actor on one issue, pinned to its words.

    `actor` and `recipient` are names as resolved in the article; `organization` is the side the actor stands for;
    `issue` is a code of the codebook; `concept` its label. `agreement`: True for, False against, None neither.
    `plover` is the PLOVER event type, `mode` and `contexts` its refinements; None or empty: none applies.
    `condition` is in the article's words. `hearsay` is True when the actor is not the one who speaks.
    `statement` is None when the article reports the act itself. None means unknown everywhere else.
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


class Position(Record, frozen=True, kw_only=True, rename={"since": "from"}):
    """Where an actor stands on an issue over an interval, derived from ledger entries.

    `value` says it in a few words ("for", "against", "open"); `strength` is 0 to 1. `statements` are the ids of the
    ledger entries it follows from, `outlets` the outlets (or inputs) that carry them. `proof` are the two entries
    that show a change; None for a new position.
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
