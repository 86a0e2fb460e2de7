"""A dossier in the formats that other tools read: each export is a pure function of a `Dossier`."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import NamedTuple

from retold.dossier.dossier import Dossier
from retold.exports.annotations import to_annotations
from retold.exports.dna import to_dna_events
from retold.exports.dna_database import to_dna_database
from retold.exports.graphml import lineage_graph, to_graphml
from retold.exports.json_ld import to_json_ld
from retold.exports.ledger_rows import MissingPackageError, to_ledger_csv, to_ledger_parquet
from retold.exports.networks import (
    conflict_graph,
    congruence_graph,
    to_actor_concept_graphml,
    to_conflict_graphml,
    to_congruence_graphml,
    two_mode_graph,
)
from retold.exports.plover import to_plover
from retold.exports.provenance import to_prov

__all__ = [
    "EXPORTS",
    "Export",
    "MissingPackageError",
    "conflict_graph",
    "congruence_graph",
    "lineage_graph",
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
    "two_mode_graph",
]


class Export(NamedTuple):
    """The name of the file that goes beside `dossier.json`, what makes its bytes, and the package that this needs."""

    file_name: str
    make: Callable[[Dossier], bytes]
    package: str | None = None

    @property
    def available(self) -> bool:
        """Whether the package that it needs is installed."""
        return self.package is None or find_spec(self.package) is not None


EXPORTS: Mapping[str, Export] = {
    "graphml": Export("lineage.graphml", to_graphml),
    "prov": Export("lineage.prov.json", to_prov),
    "annotations": Export("evidence.annotations.jsonld", to_annotations),
    "json-ld": Export("story.jsonld", to_json_ld),
    "ledger-csv": Export("ledger.csv", to_ledger_csv),
    "ledger-parquet": Export("ledger.parquet", to_ledger_parquet, "pyarrow"),
    "dna": Export("ledger.dna.csv", to_dna_events),
    "dna-sqlite": Export("ledger.dna", to_dna_database),
    "actor-concept": Export("actor-concept.graphml", to_actor_concept_graphml),
    "congruence": Export("congruence.graphml", to_congruence_graphml),
    "conflict": Export("conflict.graphml", to_conflict_graphml),
    "plover": Export("ledger.plover.jsonl", to_plover),
}
"""Every export by the name that the commands know it by."""
