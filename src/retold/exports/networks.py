"""The networks of the ledger as GraphML: who speaks on what, who agrees with whom, who is at odds with whom.

They are those of discourse network analysis: an actor is tied to a concept by what he says on it; two actors are tied
by congruence as often as both are for one concept or both against it, by conflict as often as one is for it and the
other against it. Each counts once how often anybody says it: an actor who is for a concept in three reports is for it
once, and one who is for it in one report and against it in another is both.
Sources: Leifeld, "Discourse Network Analysis", in The Oxford Handbook of Political Networks, 2017;
leifeld-lab/dna:dna/src/main/java/dna/export/Exporter.java, computeOneModeMatrix (boolean qualifier, duplicates counted
once "across range", no normalisation).
"""

from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

import networkx as nx

from retold.dossier.dossier import Dossier
from retold.dossier.labels import one_line
from retold.exports.graphml import graphml_bytes, known_attributes
from retold.exports.naming import safe_name
from retold.ledger.position import Entry


class Shared(NamedTuple):
    """What two actors share: a concept (code), and whether the one and the other are for it."""

    issue: str
    one: bool
    other: bool


def to_actor_concept_graphml(dossier: Dossier) -> bytes:
    """`two_mode_graph` as UTF-8 GraphML; the same dossier gives the same bytes."""
    return graphml_bytes(two_mode_graph(dossier))


def to_congruence_graphml(dossier: Dossier) -> bytes:
    """`congruence_graph` as UTF-8 GraphML; the same dossier gives the same bytes."""
    return graphml_bytes(congruence_graph(dossier))


def to_conflict_graphml(dossier: Dossier) -> bytes:
    """`conflict_graph` as UTF-8 GraphML; the same dossier gives the same bytes."""
    return graphml_bytes(conflict_graph(dossier))


def two_mode_graph(dossier: Dossier) -> nx.Graph:
    """Actors and concepts, an edge for each pair with at least one entry of the ledger; its weight is their number."""
    graph = nx.Graph()
    for actor, entries in _grouped(dossier.ledger, "actor").items():
        graph.add_node(_actor_id(actor), **_actor(actor, entries))
    for issue, entries in _grouped(dossier.ledger, "issue").items():
        graph.add_node(_concept_id(issue), **_node("concept", entries[0].concept or issue, entries))
    for actor, entries in _grouped(dossier.ledger, "actor").items():
        for issue, told in _grouped(entries, "issue").items():
            graph.add_edge(_actor_id(actor), _concept_id(issue), **_two_mode_edge(told))
    return graph


def congruence_graph(dossier: Dossier) -> nx.Graph:
    """All actors; an edge where two have the same stand, weighing on how many concepts they have it."""
    return _one_mode_graph(dossier, agreeing=True)


def conflict_graph(dossier: Dossier) -> nx.Graph:
    """All actors; an edge where one is for what the other is against, weighing how many concepts that is."""
    return _one_mode_graph(dossier, agreeing=False)


def _one_mode_graph(dossier: Dossier, *, agreeing: bool) -> nx.Graph:
    graph, actors = nx.Graph(), _grouped(dossier.ledger, "actor")
    stands = {actor: _stands(entries) for actor, entries in actors.items()}
    for actor, entries in actors.items():
        graph.add_node(_actor_id(actor), **_actor(actor, entries))
    for one, other in combinations(actors, 2):
        shared = [pair for pair in _shared(stands[one], stands[other]) if (pair.one == pair.other) is agreeing]
        if shared:
            edge = _one_mode_edge(shared, actors[one], actors[other])
            graph.add_edge(_actor_id(one), _actor_id(other), **edge)
    return graph


def _stands(entries: Iterable[Entry]) -> list[tuple[str, bool]]:
    """The concepts (codes) that `entries` are for or against, each stand once, in their order."""
    return list(dict.fromkeys((entry.issue, entry.agreement) for entry in entries if entry.agreement is not None))


def _shared(one: list[tuple[str, bool]], other: list[tuple[str, bool]]) -> list[Shared]:
    return [Shared(issue, mine, theirs) for issue, mine in one for same, theirs in other if issue == same]


def _grouped(entries: Iterable[Entry], field: str) -> dict[str, list[Entry]]:
    """The entries by what they have in `field`, in the order in which that is first met."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(getattr(entry, field), []).append(entry)
    return groups


def _actor_id(actor: str) -> str:
    """An id that no concept has."""
    return f"actor-{safe_name(actor)}"


def _concept_id(issue: str) -> str:
    return f"concept-{safe_name(issue)}"


def _actor(actor: str, entries: list[Entry]) -> dict[str, Any]:
    organizations = dict.fromkeys(one_line(entry.organization) for entry in entries if entry.organization)
    return _node("actor", actor, entries, organization="; ".join(organizations))


def _node(kind: str, label: str, entries: list[Entry], **more: str) -> dict[str, Any]:
    return known_attributes({"label": one_line(label), "kind": kind, **more, "entries": len(entries)})


def _two_mode_edge(entries: list[Entry]) -> dict[str, Any]:
    stands = [entry.agreement for entry in entries]
    pro, contra = stands.count(True), stands.count(False)
    agreement = "mixed" if pro and contra else "for" if pro else "against" if contra else "neither"
    return known_attributes(
        {
            "edgelabel": agreement,
            "agreement": agreement,
            "for": pro,
            "against": contra,
            "neither": len(stands) - pro - contra,
            "subtract": pro - contra,
            "rows": _ids(entries),
            "weight": float(len(entries)),
        }
    )


def _one_mode_edge(shared: list[Shared], ones: list[Entry], others: list[Entry]) -> dict[str, Any]:
    labels = {entry.issue: one_line(entry.concept or entry.issue) for entry in ones}
    told = [
        *_telling(ones, {(pair.issue, pair.one) for pair in shared}),
        *_telling(others, {(pair.issue, pair.other) for pair in shared}),
    ]
    return known_attributes(
        {
            "edgelabel": str(len(shared)),
            "concepts": "\n".join(f"{labels[pair.issue]}: {_stand_words(pair)}" for pair in shared),
            "rows": _ids(told),
            "weight": float(len(shared)),
        }
    )


def _telling(entries: list[Entry], stands: set[tuple[str, bool]]) -> list[Entry]:
    """Those of `entries` that tell one of `stands`."""
    return [entry for entry in entries if (entry.issue, entry.agreement) in stands]


def _stand_words(pair: Shared) -> str:
    """ "for", "against"; "for, against" where the two differ, the source of the edge first."""
    return ", ".join("for" if stand else "against" for stand in dict.fromkeys((pair.one, pair.other)))


def _ids(entries: list[Entry]) -> str:
    """The ids of the ledger's rows that an edge rests on."""
    return " ".join(one_line(entry.id) for entry in entries)
