"""The networks of the ledger: counted as discourse network analysis does, and GraphML by its structure."""

from io import BytesIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invented_ledgers import entry, hostile_ledger, ledger_dossier, wavering_dossier
from invented_lineages import ANY_TEXT, hostile_dossier, open_dossier
from lxml import etree

from retold.dossier.dossier import Dossier
from retold.exports import (
    EXPORTS,
    conflict_graph,
    congruence_graph,
    to_actor_concept_graphml,
    to_conflict_graphml,
    to_congruence_graphml,
)

NETWORKS = (to_actor_concept_graphml, to_congruence_graphml, to_conflict_graphml)
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("graphml.xsd")))


def read(data: bytes) -> Any:
    return nx.read_graphml(BytesIO(data))


def edges_of(graph: Any, value: str = "weight") -> dict[frozenset[str], Any]:
    """What edges have as `value`, by the labels of their ends."""
    label = graph.nodes(data="label")
    return {frozenset((label[one], label[other])): data[value] for one, other, data in graph.edges(data=True)}


def pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def test_actors_are_tied_to_what_they_speak_on() -> None:
    graph = read(to_actor_concept_graphml(wavering_dossier()))
    assert not graph.is_directed()
    assert edges_of(graph) == {
        pair("Ana Brusk", "Toll"): 2.0,
        pair("Teodor Vell", "Toll"): 2.0,
        pair("Ada Venn", "Ferries"): 1.0,
        pair("Telmar", "Toll"): 1.0,
        pair("Ana Brusk", "Ferries"): 1.0,
        pair("Ada Venn", "Toll"): 1.0,
    }
    agreement = edges_of(graph, "agreement")
    assert agreement[pair("Teodor Vell", "Toll")] == "mixed"
    assert agreement[pair("Ada Venn", "Ferries")] == "against"
    assert agreement[pair("Ana Brusk", "Ferries")] == "neither"
    assert edges_of(graph, "subtract")[pair("Ana Brusk", "Toll")] == 2
    assert edges_of(graph, "rows")[pair("Ana Brusk", "Toll")] == "e-1 e-2"


def test_nodes_say_what_they_are() -> None:
    nodes = dict(read(to_actor_concept_graphml(wavering_dossier())).nodes(data=True))
    by_label = {data["label"]: data for data in nodes.values()}
    assert by_label["Ana Brusk"] == {"label": "Ana Brusk", "kind": "actor", "organization": "Varenia", "entries": 3}
    assert by_label["Toll"] == {"label": "Toll", "kind": "concept", "entries": 6}


def test_congruence_counts_what_both_are_for_or_both_against() -> None:
    graph = read(to_congruence_graphml(wavering_dossier()))
    everybody = ("Ana Brusk", "Teodor Vell", "Ada Venn", "Telmar")
    assert edges_of(graph) == {pair(a, b): 1.0 for a in everybody for b in everybody if a < b}
    assert edges_of(graph, "concepts")[pair("Ana Brusk", "Ada Venn")] == "Toll: for"
    assert edges_of(graph, "rows")[pair("Ana Brusk", "Teodor Vell")] == "e-1 e-2 e-3"


def test_conflict_counts_what_one_is_for_and_the_other_against() -> None:
    graph = read(to_conflict_graphml(wavering_dossier()))
    assert edges_of(graph) == {pair("Teodor Vell", other): 1.0 for other in ("Ana Brusk", "Ada Venn", "Telmar")}
    assert len(graph) == 4, "all actors are there"
    assert edges_of(graph, "rows")[pair("Ana Brusk", "Teodor Vell")] == "e-1 e-2 e-4"


STANDS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["toll", "ferries"]), st.sampled_from([True, False, None])),
    max_size=12,
)


@given(STANDS)
def test_the_counts_are_those_of_dna(stands: list[tuple[str, str, bool | None]]) -> None:
    """As DNA multiplies them: the tensor of actors, concepts and stands, each 0 or 1."""
    dossier = ledger_dossier(*(entry(n, actor, None, issue, agree) for n, (actor, issue, agree) in enumerate(stands)))
    said = {stand for stand in stands if stand[2] is not None}
    for graph, same in ((congruence_graph(dossier), True), (conflict_graph(dossier), False)):
        weights = edges_of(graph)
        for one, other in (("A", "B"), ("A", "C"), ("B", "C")):
            counted = sum(
                (one, issue, mine) in said and (other, issue, theirs) in said
                for issue in ("toll", "ferries")
                for mine in (True, False)
                for theirs in (True, False)
                if (mine == theirs) is same
            )
            assert weights.get(pair(one, other), 0) == counted


def test_an_actor_and_a_concept_of_one_name_are_two() -> None:
    graph = read(to_actor_concept_graphml(ledger_dossier(entry(1, "toll", None, "toll", True))))
    assert len(graph) == 2


@pytest.mark.parametrize("make", NETWORKS)
def test_no_ledger_is_a_graph_without_nodes(make: Any) -> None:
    data = make(ledger_dossier())
    assert len(read(data)) == 0
    SCHEMA.assertValid(etree.fromstring(data))


@pytest.mark.parametrize("name", [name for name in EXPORTS if EXPORTS[name].file_name.endswith(".graphml")])
def test_graphml_has_its_structure(name: str) -> None:
    for dossier in (wavering_dossier(), open_dossier()):
        SCHEMA.assertValid(etree.fromstring(EXPORTS[name].make(dossier)))


def test_the_schema_refuses_what_breaks_the_structure() -> None:
    data = to_actor_concept_graphml(wavering_dossier())
    for wrong in (data.replace(b'target="', b'target="no-', 1), data.replace(b'key="label"', b'key="no"', 1)):
        assert not SCHEMA.validate(etree.fromstring(wrong))


@given(ANY_TEXT)
@example("=1\n2")
def test_no_text_breaks_it(text: str) -> None:
    for make in NETWORKS:
        data = make(hostile_ledger(text))
        assert data == make(hostile_ledger(text))
        SCHEMA.assertValid(etree.fromstring(data))
        read(data)
    SCHEMA.assertValid(etree.fromstring(EXPORTS["graphml"].make(hostile_dossier(text))))


def test_keys_are_named_by_their_attributes() -> None:
    """As in the lineage: Gephi takes the keys d3 and d7 for labels."""
    for make in NETWORKS:
        keys = etree.fromstring(make(wavering_dossier())).findall("{*}key")
        names = [key.get("id") for key in keys]
        assert names == [key.get("attr.name") for key in keys]
        assert len(set(names)) == len(names)


def unlinked(dossier: Dossier) -> int:
    return len(list(nx.isolates(conflict_graph(dossier))))


def test_who_takes_no_stand_stands_alone() -> None:
    assert unlinked(ledger_dossier(entry(1, "A", None, "toll", None), entry(2, "B", None, "toll", True))) == 2
