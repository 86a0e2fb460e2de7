"""The lineage as GraphML: networkx reads it back, and no text can break it."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import msgspec
import networkx as nx
from hypothesis import given
from invented_lineages import ANY_TEXT, HARBOUR, hostile_dossier, open_dossier
from tests.dossier.invented_dossier import COURIER, HOW, TIDE, make_dossier

from retold.exports import lineage_graph, to_graphml
from retold.lineage.lineage import Lineage

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def read(data: bytes) -> Any:
    return nx.read_graphml(BytesIO(data), force_multigraph=True)


def edges_of(graph: Any) -> dict[str, tuple[str, str, dict[str, Any]]]:
    return {key: (source, target, data) for source, target, key, data in graph.edges(keys=True, data=True)}


def test_nodes_say_what_they_are() -> None:
    nodes = read(to_graphml(open_dossier())).nodes
    assert {name: data["kind"] for name, data in nodes.items()} == {
        "n-a": "article",
        "n-b": "article",
        "n-c": "article",
        "n-o": "original",
        "lost-b-c": "lost",
    }
    assert nodes["n-a"]["label"] == "A · The Harrow Courier"
    assert nodes["n-a"]["outlet"] == "The Harrow Courier"
    assert nodes["n-a"]["published"] == "2031-03-12"
    assert nodes["n-b"]["title"] == "Varenia gives way on toll"
    assert nodes["n-b"]["url"] == "https://tide.example/toll"
    assert "published" not in nodes["n-b"], "what is unknown is absent"
    assert "credited at the foot of A" in nodes["n-o"]["basis"]


def test_an_edge_runs_from_the_source_and_names_its_words() -> None:
    source, target, data = edges_of(read(to_graphml(open_dossier())))["e2"]
    assert (source, target) == ("n-a", "n-b")
    assert data["direction"] == "certain"
    assert data["share"] == data["weight"] == 0.75
    assert data["relation"] == "B derives from A, or from its source"
    argument, *words = data["evidence"].splitlines()
    assert argument == "strict_part: a quotation of B is a strict part of one of A’s"
    start = COURIER.text.index("“We will lower")
    assert words[0].startswith(f"  A ¶2 [{start}–")
    assert words[1].endswith(": ““We will lower the toll,””")


def test_a_pair_without_a_direction_has_an_edge_each_way() -> None:
    edges = edges_of(read(to_graphml(open_dossier())))
    unknown = {name: edge for name, edge in edges.items() if edge[2]["direction"] == "unknown"}
    assert {name: edge[:2] for name, edge in unknown.items()} == {"e3": ("n-a", "n-c"), "e3-back": ("n-c", "n-a")}
    there, back = (edge[2] for edge in unknown.values())
    assert there == back
    assert HARBOUR.text[4:16] in there["evidence"]


def test_no_edge_is_so_light_that_gephi_drops_it() -> None:
    edges = edges_of(read(to_graphml(open_dossier())))
    assert all(data["weight"] > 0 for _, _, data in edges.values())
    assert "share" not in edges["e4"][2], "it cannot be measured"


def test_keys_are_named_by_their_attributes() -> None:
    """Gephi takes the keys d3 and d7 for labels, whatever they are; so no key may be numbered, nor stand twice."""
    keys = ElementTree.fromstring(to_graphml(open_dossier())).findall(f"{GRAPHML}key")
    names = [key.get("id") for key in keys]
    assert names == [key.get("attr.name") for key in keys]
    assert len(set(names)) == len(names)


def test_what_is_written_is_what_is_in_the_graph() -> None:
    for dossier in (make_dossier(), open_dossier()):
        graph, back = lineage_graph(dossier), read(to_graphml(dossier))
        assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
        assert edges_of(back) == edges_of(graph)


def test_no_lineage_is_a_graph_without_edges() -> None:
    alone = msgspec.structs.replace(make_dossier(), lineage=Lineage(nodes=(), edges=(), how=HOW))
    assert len(read(to_graphml(alone))) == 0


@given(ANY_TEXT)
def test_no_text_breaks_it(text: str) -> None:
    data = to_graphml(hostile_dossier(text))
    back = read(data)
    assert len(back) == 5
    assert len(edges_of(back)) == 6
    assert data == to_graphml(hostile_dossier(text))


def test_ids_of_nodes_are_safe_and_apart() -> None:
    whole = open_dossier()
    ids = iter(["original-harrow’s-pool", "original-harrow&s-pool"])
    nodes = tuple(node if node.article else msgspec.structs.replace(node, id=next(ids)) for node in whole.lineage.nodes)
    renamed = msgspec.structs.replace(whole, lineage=Lineage(nodes=nodes, edges=(), how=HOW))
    names = list(read(to_graphml(renamed)).nodes)
    assert len(names) == 5
    assert all(name.replace("-", "").isalnum() and name.isascii() for name in names)
    assert TIDE.id not in names, "a node has the id that the dossier gives it"
