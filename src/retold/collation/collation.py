"""What a comparison of two tellings yields: passages, retellings, changes, support."""

from typing import Literal

from retold.article import Evidence, Record, Span

Relation = Literal["verbatim", "trimmed", "reworded", "altered"]
Verdict = Literal["supported", "partly", "unsupported", "contradicted"]
ChangeKind = Literal[
    "number",
    "date",
    "name",
    "negation",
    "modality",
    "strength",
    "condition",
    "attribution_dropped",
    "attribution_added",
    "speaker_changed",
    "quotation_altered",
    "added",
    "omitted",
    "other",
]


class Change(Record, frozen=True, kw_only=True, rename={"before": "from", "after": "to"}):
    """One typed difference, from the fuller telling (`before`) to the other (`after`); None: nothing stands there."""

    kind: ChangeKind
    before: Evidence | None
    after: Evidence | None
    note: str


class Passage(Record, frozen=True, kw_only=True):
    """Words of `a` and the words of `b` that tell the same. `a` is the fuller telling where one is fuller."""

    id: str
    a: str
    a_spans: tuple[Span, ...]
    b: str
    b_spans: tuple[Span, ...]
    relation: Relation
    changes: tuple[Change, ...]


class Link(Record, frozen=True, kw_only=True, rename={"fuller": "from", "other": "to"}):
    """Two statements (ids) that tell one utterance, and how `other` departs from `fuller`."""

    fuller: str
    other: str
    relation: Relation
    changes: tuple[Change, ...]


class Retelling(Record, frozen=True, kw_only=True):
    """The statements that report one utterance. `earliest` is None where the dates do not tell."""

    id: str
    statements: tuple[str, ...]
    earliest: str | None
    fullest: str
    links: tuple[Link, ...]


class Support(Record, frozen=True, kw_only=True):
    """Whether the other articles bear out the sentence at `span`.

    `by` are the words that do; `closest` is the nearest passage where none does. "unsupported" means: not found
    in the other reports. `score` (0 to 1) is the probability that they bear it out, for ranking; None: in dossiers of
    before it was given.
    """

    id: str
    article: str
    span: Span
    verdict: Verdict
    by: tuple[Evidence, ...]
    closest: Evidence | None
    changes: tuple[Change, ...]
    score: float | None = None


class QuotationCheck(Record, frozen=True, kw_only=True):
    """A quotation (`spans` of `article`) held against a primary source (`source`, a transcript or press release).

    `found` is where the source has it, exactly or altered (`changes`); where it does not have it, `closest` are its
    nearest words (None: it has nothing like them).
    """

    id: str
    statement: str
    article: str
    spans: tuple[Span, ...]
    source: str
    verdict: Literal["exact", "altered", "not_found"]
    found: Evidence | None
    closest: Evidence | None
    changes: tuple[Change, ...]


class Collation(Record, frozen=True, kw_only=True):
    """The full comparison of two articles (ids)."""

    a: str
    b: str
    passages: tuple[Passage, ...]
    links: tuple[Link, ...]
