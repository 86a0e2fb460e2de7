"""Retold: who said what, who copied whom, what changed in the retelling, and where each side stands.

>>> import retold
>>> article = retold.read_text("“The harbour stays open,” Ada Venn told reporters.", name="note")
>>> [article.words(statement.content) for statement in retold.find_statements(article)]
['“The harbour stays open,”']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from retold.article import Article, Block, Evidence, Problem, Span
    from retold.collation import Collation, collate
    from retold.dossier.dossier import Dossier
    from retold.dossier.stored import DossierError, read_dossier
    from retold.exports import (
        conflict_graph,
        congruence_graph,
        lineage_graph,
        to_actor_concept_graphml,
        to_annotations,
        to_conflict_graphml,
        to_congruence_graphml,
        to_dna_database,
        to_dna_events,
        to_graphml,
        to_json_ld,
        to_ledger_csv,
        to_ledger_parquet,
        to_plover,
        to_prov,
        two_mode_graph,
    )
    from retold.language.names import Entity
    from retold.ledger import Codebook, Entry, KnownActor, Position, Selection, read_actors, read_codebook
    from retold.ledger.coding import Coded, learn_codes
    from retold.library import Hit, Hits, Library, LibraryError, Quote, Quotes, Trace, TracedTelling
    from retold.lineage import Lineage, trace_lineage
    from retold.pipeline import make_dossier, make_ledger, report, select_ledger
    from retold.reading import ReadingError, read, read_bytes, read_text
    from retold.statements import find_entities, find_statements
    from retold.statements.statement import Speaker, Statement

# Where each public name lives. They are loaded when they are first asked for: `retold --help` must not wait for the
# HTML reader.
_HOMES = {
    "Article": "retold.article",
    "Block": "retold.article",
    "Codebook": "retold.ledger",
    "Coded": "retold.ledger.coding",
    "Collation": "retold.collation",
    "Dossier": "retold.dossier.dossier",
    "DossierError": "retold.dossier.stored",
    "Entity": "retold.language.names",
    "Entry": "retold.ledger",
    "Evidence": "retold.article",
    "KnownActor": "retold.ledger",
    "Hit": "retold.library",
    "Hits": "retold.library",
    "Library": "retold.library",
    "LibraryError": "retold.library",
    "Lineage": "retold.lineage",
    "Position": "retold.ledger",
    "Problem": "retold.article",
    "Quote": "retold.library",
    "Quotes": "retold.library",
    "ReadingError": "retold.reading",
    "Selection": "retold.ledger",
    "Span": "retold.article",
    "Speaker": "retold.statements.statement",
    "Statement": "retold.statements.statement",
    "Trace": "retold.library",
    "TracedTelling": "retold.library",
    "collate": "retold.collation",
    "conflict_graph": "retold.exports",
    "congruence_graph": "retold.exports",
    "find_entities": "retold.statements",
    "find_statements": "retold.statements",
    "learn_codes": "retold.ledger.coding",
    "lineage_graph": "retold.exports",
    "make_dossier": "retold.pipeline",
    "make_ledger": "retold.pipeline",
    "read": "retold.reading",
    "read_actors": "retold.ledger",
    "read_bytes": "retold.reading",
    "read_codebook": "retold.ledger",
    "read_dossier": "retold.dossier.stored",
    "read_text": "retold.reading",
    "report": "retold.pipeline",
    "select_ledger": "retold.pipeline",
    "to_actor_concept_graphml": "retold.exports",
    "to_annotations": "retold.exports",
    "to_conflict_graphml": "retold.exports",
    "to_congruence_graphml": "retold.exports",
    "to_dna_database": "retold.exports",
    "to_dna_events": "retold.exports",
    "to_graphml": "retold.exports",
    "to_json_ld": "retold.exports",
    "to_ledger_csv": "retold.exports",
    "to_ledger_parquet": "retold.exports",
    "to_plover": "retold.exports",
    "to_prov": "retold.exports",
    "trace_lineage": "retold.lineage",
    "two_mode_graph": "retold.exports",
}

__all__ = [
    "Article",
    "Block",
    "Codebook",
    "Coded",
    "Collation",
    "Dossier",
    "DossierError",
    "Entity",
    "Entry",
    "Evidence",
    "Hit",
    "Hits",
    "KnownActor",
    "Library",
    "LibraryError",
    "Lineage",
    "Position",
    "Problem",
    "Quote",
    "Quotes",
    "ReadingError",
    "Selection",
    "Span",
    "Speaker",
    "Statement",
    "Trace",
    "TracedTelling",
    "collate",
    "conflict_graph",
    "congruence_graph",
    "find_entities",
    "find_statements",
    "learn_codes",
    "lineage_graph",
    "make_dossier",
    "make_ledger",
    "read",
    "read_actors",
    "read_bytes",
    "read_codebook",
    "read_dossier",
    "read_text",
    "report",
    "select_ledger",
    "to_actor_concept_graphml",
    "to_annotations",
    "to_conflict_graphml",
    "to_congruence_graphml",
    "to_dna_database",
    "to_dna_events",
    "to_graphml",
    "to_json_ld",
    "to_ledger_csv",
    "to_ledger_parquet",
    "to_plover",
    "to_prov",
    "trace_lineage",
    "two_mode_graph",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'retold' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
