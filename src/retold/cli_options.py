"""What the commands take: options that several share, and the names of forms and exports."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Text, HTML, PDF, DOCX, ninjs, feeds, WARC; folders; .jsonl bulk input; addresses (http…); or - for "
        "standard input.",
    ),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too, as of an intranet.")
]
MostPages = Annotated[
    int, typer.Option("--most", min=1, metavar="N", help="Fetch at most N pages of a feed or sitemap.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for machines instead of text for people.")]
CodebookFile = Annotated[
    Path | None,
    typer.Option("--codebook", metavar="TSV|YAML", help="Your own issues for the ledger, instead of Retold's."),
]
ActorsFile = Annotated[
    Path | None,
    typer.Option("--actors", metavar="TSV", help="Your own actors: name, organization, kind, aliases."),
]


class ExportName(StrEnum):
    """The exports, by the names that `retold.exports.EXPORTS` has for them."""

    GRAPHML = "graphml"
    PROV = "prov"
    LEDGER_CSV = "ledger-csv"
    LEDGER_PARQUET = "ledger-parquet"
    DNA = "dna"
    DNA_SQLITE = "dna-sqlite"
    ACTOR_CONCEPT = "actor-concept"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    PLOVER = "plover"


class LedgerFormat(StrEnum):
    """The forms in which `retold ledger` writes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    DNA = "dna"
    DNA_SQLITE = "dna-sqlite"
    GRAPHML = "graphml"
    CONGRUENCE = "congruence"
    CONFLICT = "conflict"
    PLOVER = "plover"


LEDGER_EXPORTS = {
    LedgerFormat.CSV: ExportName.LEDGER_CSV,
    LedgerFormat.PARQUET: ExportName.LEDGER_PARQUET,
    LedgerFormat.DNA: ExportName.DNA,
    LedgerFormat.DNA_SQLITE: ExportName.DNA_SQLITE,
    LedgerFormat.GRAPHML: ExportName.ACTOR_CONCEPT,
    LedgerFormat.CONGRUENCE: ExportName.CONGRUENCE,
    LedgerFormat.CONFLICT: ExportName.CONFLICT,
    LedgerFormat.PLOVER: ExportName.PLOVER,
}


class Show(StrEnum):
    """The parts of a ledger that can be shown alone."""

    ALL = "all"
    POSITIONS = "positions"
    ACTS = "acts"
    TIMELINE = "timeline"
