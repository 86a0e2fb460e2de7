"""A dossier in the formats that other tools read: each export is a pure function of a `Dossier`."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from retold.dossier.dossier import Dossier
from retold.exports.graphml import lineage_graph, to_graphml
from retold.exports.provenance import to_prov

__all__ = ["EXPORTS", "Export", "lineage_graph", "to_graphml", "to_prov"]


class Export(NamedTuple):
    """The name of the file that goes beside `dossier.json`, and what makes its bytes."""

    file_name: str
    make: Callable[[Dossier], bytes]


EXPORTS: Mapping[str, Export] = {
    "graphml": Export("lineage.graphml", to_graphml),
    "prov": Export("lineage.prov.json", to_prov),
}
"""Every export by the name that the commands know it by."""
