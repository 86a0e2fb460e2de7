"""The lineage drawn: layers follow the arrows, boxes never overlap, twenty reports fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_dossier import HOW, make_article, make_dossier
from msgspec import structs

from retold.dossier.dossier import Dossier
from retold.dossier.labels import label_articles
from retold.dossier.views.drawing import broken, draw_layers, draw_rail, layer_nodes
from retold.dossier.views.lineage import drawn_edges
from retold.dossier.views.scope import Scope
from retold.dossier.views.view import Drawing
from retold.lineage.lineage import Direction, Edge, Lineage, Node


def edge(source: str, derivative: str, share: float = 0.5, direction: Direction = "certain") -> Edge:
    return Edge(source=source, derivative=derivative, share=share, direction=direction, evidence=(), how=HOW)


def scope_of(count: int, *edges: Edge) -> Scope:
    articles = [make_article([("body", f"Boat number {n} came in.")], input=f"{n}.txt") for n in range(count)]
    nodes = tuple(
        Node(id=f"n{n}", article=article.id, label="", evidence=(), how=HOW) for n, article in enumerate(articles)
    )
    whole = make_dossier()
    dossier = Dossier(
        made=whole.made, articles=tuple(articles), statements=(), retellings=(), passages=(), support=(), timeline=(),
        ledger=(), positions=(), findings=(), problems=(), lineage=Lineage(nodes=nodes, edges=edges, how=HOW),
    )  # fmt: skip
    return Scope(dossier, label_articles(articles))


SHAPES = {
    "chain": [edge(f"n{n}", f"n{n + 1}") for n in range(19)],
    "star": [edge("n0", f"n{n}") for n in range(1, 20)],
    "undirected": [edge(f"n{a}", f"n{b}", 0.1, "unknown") for b in range(20) for a in range(b)],
    "everything": [edge(f"n{a}", f"n{b}", (a + 1) / 21) for b in range(20) for a in range(b)],
    "ring": [edge("n0", "n1"), edge("n1", "n2"), edge("n2", "n0")],
    "self": [edge("n0", "n0"), edge("n0", "n1")],
    "long": [edge("n0", "n1"), edge("n1", "n2"), edge("n2", "n3"), edge("n0", "n3")],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_boxes_stay_apart_and_inside(shape: str) -> None:
    for draw in (draw_layers, draw_rail):
        drawing = draw(scope_of(20, *SHAPES[shape]))
        assert isinstance(drawing, Drawing)
        boxes = drawing.boxes
        assert all(b.x >= 0 and b.y >= 0 for b in boxes)
        assert all(b.x + b.width <= drawing.width and b.y + b.height <= drawing.height for b in boxes)
        assert not any(
            a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
            for number, a in enumerate(boxes)
            for b in boxes[:number]
        )


def test_sources_stand_left_of_what_derives_from_them() -> None:
    nodes = ["n3", "n2", "n1", "n0"]
    assert layer_nodes(nodes, SHAPES["long"]) == {"n0": 0, "n1": 1, "n2": 2, "n3": 3}


def test_a_ring_is_cut_and_a_long_chain_does_not_overflow() -> None:
    assert set(layer_nodes(["n0", "n1", "n2"], SHAPES["ring"])) == {"n0", "n1", "n2"}
    long = [edge(f"n{n}", f"n{n + 1}") for n in range(5_000)]
    assert layer_nodes([f"n{n}" for n in range(5_000, -1, -1)], long)["n5000"] == 5_000


def test_undirected_edges_have_no_arrow_and_form_a_forest() -> None:
    edges = SHAPES["undirected"]
    assert len(drawn_edges(edges)) == 19
    drawing = draw_layers(scope_of(20, *edges))
    assert drawing is not None
    assert not any(curve.arrow for curve in drawing.curves)


def test_a_report_has_three_arrows_at_the_most() -> None:
    assert len(drawn_edges(SHAPES["everything"])) == 1 + 2 + 17 * 3


def test_a_source_stands_right_before_what_derives_from_it() -> None:
    edges = [*SHAPES["long"], edge("n4", "n3")]
    assert layer_nodes(["n0", "n4", "n1", "n2", "n3"], edges)["n4"] == 2


def test_a_label_stands_over_a_level_stretch_of_its_own_line() -> None:
    drawing = draw_layers(scope_of(20, *SHAPES["star"]))
    assert drawing is not None
    for curve in drawing.curves:
        *_, bend, end = curve.path.split(" ")
        assert end.startswith("H")
        assert abs(float(bend) - 7 - curve.label_y) < 1
        assert float(end[1:]) - float(curve.path.split(" ")[-3]) > 6.5 * len(curve.label)


@pytest.mark.parametrize(
    ("direction", "label"), [("unknown", "50 % shared (with A)"), ("likely", "50 % · likely (from A)")]
)
def test_on_a_phone_a_label_names_the_end_above(direction: Direction, label: str) -> None:
    for ends in (("n0", "n1"), ("n1", "n0")) if direction == "unknown" else (("n0", "n1"),):
        drawing = draw_rail(scope_of(2, edge(*ends, direction=direction)))
        assert drawing is not None
        assert [curve.label for curve in drawing.curves] == [label]


def test_an_original_that_no_report_names_is_not_called_credited() -> None:
    whole = make_dossier()
    lost = Node(id="lost-a-b", article=None, label="lost original", evidence=(), how=HOW)
    edges = tuple(
        Edge(source="lost-a-b", derivative=end, share=None, direction="likely", evidence=(), how=HOW)
        for end in ("n-a", "n-b")
    )
    lineage = Lineage(nodes=(*whole.lineage.nodes[:2], lost), edges=edges, how=HOW)
    drawing = draw_layers(Scope(structs.replace(whole, lineage=lineage), label_articles(whole.articles)))
    assert drawing is not None
    assert [(box.kind, box.lines) for box in drawing.boxes][-1] == ("lost", ("named by no report",))
    assert {(curve.kind, curve.label) for curve in drawing.curves} == {("lost", "likely")}


@given(st.text(max_size=60), st.integers(8, 30))
def test_a_name_fits_into_two_lines(name: str, width: int) -> None:
    lines = broken(name, width)
    assert 1 <= len(lines) <= 2
    assert all(len(line) <= width for line in lines)


def test_no_edge_no_drawing() -> None:
    assert draw_layers(scope_of(3)) is None
    assert draw_rail(scope_of(3)) is None


def test_the_credited_original_is_told_apart() -> None:
    dossier = make_dossier()
    drawing = draw_layers(Scope(dossier, label_articles(dossier.articles)))
    assert drawing is not None
    assert [box.titles for box in drawing.boxes if box.kind == "original"] == [("Telmar News Pool",)]
    assert [curve.kind for curve in drawing.curves] == ["credited", "certain"]
    assert {curve.label for curve in drawing.curves} == {"100 % · likely", "75 % · certain"}
