"""The formats that other tools read: their names, what is said of them, and whether they can be made here."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from inspect import cleandoc
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from retold.dossier.dossier import Dossier


class ExportName(StrEnum):
    """The exports, by the names that `retold.exports.EXPORTS` has for them."""

    GRAPHML = "graphml"
    PROV = "prov"
    ANNOTATIONS = "annotations"
    JSON_LD = "json-ld"
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

EXPORT_FORMATS: dict[str, str] = {
    ExportName.GRAPHML: "the lineage for Gephi and networkx: who derives from whom",
    ExportName.PROV: "the same, and who quotes whom, as PROV-JSON of the W3C",
    ExportName.ANNOTATIONS: "the words of every row, as Web Annotations of the W3C",
    ExportName.JSON_LD: "articles, quotations, claims as JSON-LD of schema.org",
    ExportName.LEDGER_CSV: "the ledger as a table, for spreadsheets",
    ExportName.LEDGER_PARQUET: "the same with typed columns, for data frames (needs pyarrow)",
    ExportName.DNA: "the ledger as an event list of Discourse Network Analyzer",
    ExportName.DNA_SQLITE: "the same as a database that DNA 3 opens",
    ExportName.ACTOR_CONCEPT: "who speaks for or against what, as GraphML",
    ExportName.CONGRUENCE: "who agrees with whom, as GraphML",
    ExportName.CONFLICT: "who is at odds with whom, as GraphML",
    ExportName.PLOVER: "the ledger as PLOVER events, in lines of JSON",
}
LEDGER_FORMATS: dict[str, str] = {
    LedgerFormat.TABLE: "positions, acts and timeline, for people",
    LedgerFormat.JSON: "a JSON object a line: rows of the ledger, positions or happenings (same as --json)",
    **{form: EXPORT_FORMATS[export] for form, export in LEDGER_EXPORTS.items()},
}
"""What the help of a command says of each format, in its order; "the same" is what stands before, in either table."""

_Command = TypeVar("_Command", bound=Callable[..., None])


def explain_formats(formats: Mapping[str, str]) -> Callable[[_Command], _Command]:
    """Put the table of formats where the help of a command says {formats}."""
    table = "\n".join(f"{name:<16}{about}" for name, about in formats.items())

    def explain(command: _Command) -> _Command:
        command.__doc__ = cleandoc(command.__doc__ or "").replace("{formats}", table)
        return command

    return explain


def check_available(names: Iterable[ExportName]) -> None:
    """Raises: typer.BadParameter, where an export needs a package that is not installed."""
    from retold.exports import EXPORTS

    for name in names:
        if not EXPORTS[name].available:
            raise typer.BadParameter(f"{name} needs {EXPORTS[name].package}: pip install 'retold[parquet]'")


def make_exports(dossier: "Dossier", names: Iterable[ExportName]) -> dict[str, bytes]:
    """The exports of these names, by the names of their files."""
    from retold.dossier.corrections import with_corrected_ledger
    from retold.exports import EXPORTS

    corrected = with_corrected_ledger(dossier)
    return {EXPORTS[name].file_name: EXPORTS[name].make(corrected) for name in names}
