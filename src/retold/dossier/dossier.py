"""The dossier: everything found about one set of reports, in the stable format `retold-dossier/1`."""

from typing import Literal

import msgspec

from retold.article import Article, Evidence, Problem, Record
from retold.collation.collation import Passage, QuotationCheck, Retelling, Support
from retold.dossier.correction import Correction
from retold.ledger.position import Entry, Happening, Position
from retold.lineage.lineage import Lineage
from retold.statements.statement import Statement

FORMAT: Literal["retold-dossier/1"] = "retold-dossier/1"

FindingKind = Literal[
    "derivation",
    "altered",
    "attribution_dropped",
    "quotation_altered",
    "trimmed",
    "not_found",
    "left_out",
]


class Made(msgspec.Struct, frozen=True):
    """Which Retold made the dossier, when (ISO 8601, UTC), and with which models."""

    version: str
    at: str
    models: tuple[str, ...]


class Finding(Record, frozen=True, kw_only=True):
    """One sentence for the reader, filled from the rows it names; `evidence` are the words it rests on."""

    id: str
    kind: FindingKind
    text: str
    rows: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """All of it about one story, in input order. Lists are empty where nothing was found.

    `corrections` are what an analyst said of its rows, one for an id. The rows stand as they were found; only
    `positions` follow from the corrected ledger (`corrections.corrected_ledger`).
    """

    format: Literal["retold-dossier/1"] = FORMAT
    made: Made
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    retellings: tuple[Retelling, ...]
    passages: tuple[Passage, ...]
    support: tuple[Support, ...]
    quotations: tuple[QuotationCheck, ...] = ()
    lineage: Lineage
    timeline: tuple[Happening, ...]
    ledger: tuple[Entry, ...]
    positions: tuple[Position, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    corrections: tuple[Correction, ...] = ()
