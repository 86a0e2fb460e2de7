"""The lineage drawn: a layered layout for wide pages, a rail for phones.

Layers as Sugiyama, Tagawa and Toda 1981: a layer for each report by the longest chain of sources, long edges through
placeholders, crossings reduced by barycentres. The rail is the picture that version control tools draw: one
report a line, sources above derivatives, a track for each source.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retold.dossier.labels import clip
from retold.dossier.views.lineage import drawn_edges, edge_label, node_lines, node_name
from retold.dossier.views.scope import Scope
from retold.dossier.views.view import Box, Curve, Drawing
from retold.lineage.lineage import Edge, Node

_BOX_WIDTH, _BOX_HEIGHT, _LAYER_GAP, _ROW_GAP, _MARGIN = 224.0, 72.0, 144.0, 22.0, 4.0
_PORT_GAP = 24.0
_PLACEHOLDER_HEIGHT = 18.0
_SWEEPS = 6
_TITLE_PIXELS, _LINE_PIXELS = 9.4, 6.7
"""Width of a character of a box's two sizes of type, by the widest interface face we know (DejaVu Sans)."""
_RAIL_WIDTH, _TRACK_GAP, _RAIL_BOX_HEIGHT, _RAIL_LINE = 358.0, 15.0, 70.0, 18.0


@dataclass(frozen=True)
class _Graph:
    """What is drawn: the nodes that some drawn edge touches, and those edges."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]

    @property
    def arrows(self) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.edges if edge.direction != "unknown")


def _graph(scope: Scope) -> _Graph:
    edges = drawn_edges(scope.dossier.lineage.edges)
    touched = {end for edge in edges for end in (edge.source, edge.derivative)}
    return _Graph({node.id: node for node in scope.dossier.lineage.nodes if node.id in touched}, edges)


def drawn_nodes(scope: Scope) -> frozenset[str]:
    """The ids of the nodes that the drawings show; the others have no edge."""
    return frozenset(_graph(scope).nodes)


def layer_nodes(nodes: Iterable[str], arrows: Sequence[Edge]) -> dict[str, int]:
    """The layer of each node: one more than its highest source, 0 without one. A cycle is cut where it is met."""
    sources: dict[str, list[str]] = {}
    for edge in arrows:
        sources.setdefault(edge.derivative, []).append(edge.source)
    layers: dict[str, int] = {}
    for node in nodes:
        _place(node, sources, layers)
    return layers


def _place(node: str, sources: Mapping[str, list[str]], layers: dict[str, int]) -> None:
    """Depth first without recursion: a chain of copies may be longer than Python's stack."""
    stack, entered = [node], set[str]()
    while stack:
        top = stack[-1]
        waiting = [s for s in sources.get(top, ()) if s not in layers and s not in entered and s != top]
        entered.add(top)
        if waiting and top not in layers:
            stack += waiting
            continue
        stack.pop()
        known = [layers[source] for source in sources.get(top, ()) if source in layers and source != top]
        layers.setdefault(top, max(known, default=-1) + 1)


def draw_layers(scope: Scope) -> Drawing | None:
    """Sources on the left, derivatives on the right; None: there is no edge to draw."""
    graph = _graph(scope)
    if not graph.edges:
        return None
    layers = layer_nodes(graph.nodes, graph.arrows)
    routes = {number: _route(number, edge, layers) for number, edge in enumerate(graph.edges)}
    columns = _ordered(_columns(graph, layers, routes), _neighbours(routes))
    heights = _heights(graph, columns)
    tops, height = _tops(columns, heights)
    place = {n: (_MARGIN + c * (_BOX_WIDTH + _LAYER_GAP), tops[n]) for c, column in enumerate(columns) for n in column}
    boxes = tuple(_box(scope, node, place[node.id], heights[node.id]) for node in graph.nodes.values())
    curves = _curves(graph, routes, layers, place, heights)
    arcs = any(layers[edge.source] == layers[edge.derivative] for edge in graph.edges)
    width = 2 * _MARGIN + len(columns) * (_BOX_WIDTH + _LAYER_GAP) - (0 if arcs else _LAYER_GAP)
    return Drawing(width, height + 2 * _MARGIN, boxes, curves)


def _route(number: int, edge: Edge, layers: Mapping[str, int]) -> tuple[str, ...]:
    """The nodes and placeholders that an edge runs through, from left to right."""
    left, right = sorted((edge.source, edge.derivative), key=layers.__getitem__)
    if edge.direction != "unknown":
        left, right = edge.source, edge.derivative
    between = range(layers[left] + 1, layers[right])
    return (left, *(f"\0{number}:{layer}" for layer in between), right)


def _columns(graph: _Graph, layers: Mapping[str, int], routes: Mapping[int, tuple[str, ...]]) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in range(max(layers.values()) + 1)]
    for node in graph.nodes:
        columns[layers[node]].append(node)
    for route in routes.values():
        for offset, placeholder in enumerate(route[1:-1], start=1):
            columns[layers[route[0]] + offset].append(placeholder)
    return columns


def _neighbours(routes: Mapping[int, tuple[str, ...]]) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {}
    for route in routes.values():
        for one, other in pairwise(route):
            neighbours.setdefault(one, []).append(other)
            neighbours.setdefault(other, []).append(one)
    return neighbours


def _ordered(columns: list[list[str]], neighbours: Mapping[str, list[str]]) -> list[list[str]]:
    """The columns with each node moved towards the mean place of what it is joined to."""
    rank = {node: float(number) for column in columns for number, node in enumerate(column)}
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            means = {n: sum(rank[m] for m in neighbours[n]) / len(neighbours[n]) for n in column}
            column.sort(key=lambda node: means[node])
            rank.update({node: float(number) for number, node in enumerate(column)})
    return columns


def _heights(graph: _Graph, columns: list[list[str]]) -> dict[str, float]:
    ports: dict[str, int] = {}
    for edge in graph.arrows:
        ports[edge.derivative] = ports.get(edge.derivative, 0) + 1
    return {
        node: _PLACEHOLDER_HEIGHT if node.startswith("\0") else max(_BOX_HEIGHT, ports.get(node, 0) * _PORT_GAP + 14)
        for column in columns
        for node in column
    }


def _tops(columns: list[list[str]], heights: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """The top of each node, every column centred on the tallest; and the height of the whole."""
    totals = [sum(heights[node] + _ROW_GAP for node in column) - _ROW_GAP for column in columns]
    tallest = max(totals)
    tops: dict[str, float] = {}
    for column, total in zip(columns, totals, strict=True):
        y = _MARGIN + (tallest - total) / 2
        for node in column:
            tops[node] = y
            y += heights[node] + _ROW_GAP
    return tops, tallest


def _box(scope: Scope, node: Node, at: tuple[float, float], height: float, width: float = _BOX_WIDTH) -> Box:
    title = clip(node_name(scope, node), int((width - 26) / _TITLE_PIXELS))
    lines = tuple(clip(line, int((width - 26) / _LINE_PIXELS)) for line in node_lines(scope, node))
    return Box(*at, width, height, title, lines, node.article is None)


def _curves(
    graph: _Graph,
    routes: Mapping[int, tuple[str, ...]],
    layers: Mapping[str, int],
    place: Mapping[str, tuple[float, float]],
    heights: Mapping[str, float],
) -> tuple[Curve, ...]:
    """Arrows end at a port of their own on the left of the derivative, in the order in which they arrive."""
    middle = {node: place[node][1] + heights[node] / 2 for node in place}
    arriving: dict[str, list[int]] = {}
    for number, route in routes.items():
        if len(route) > 1 and layers[route[0]] != layers[route[-1]]:
            arriving.setdefault(route[-1], []).append(number)
    port: dict[int, float] = {}
    for node, numbers in arriving.items():
        numbers.sort(key=lambda number: middle[routes[number][-2]])
        for index, number in enumerate(numbers):
            port[number] = middle[node] + (index - (len(numbers) - 1) / 2) * _PORT_GAP
    return tuple(
        _across(graph, edge, routes[number], place, middle, port[number])
        if number in port
        else _arc(graph, edge, place, middle)
        for number, edge in enumerate(graph.edges)
    )


def _across(
    graph: _Graph,
    edge: Edge,
    route: tuple[str, ...],
    place: Mapping[str, tuple[float, float]],
    middle: Mapping[str, float],
    port: float,
) -> Curve:
    x, y = place[route[0]][0] + _BOX_WIDTH, middle[route[0]]
    path = [f"M{x:.0f} {y:.0f}"]
    for stop in route[1:]:
        to_x, to_y = place[stop][0], port if stop == route[-1] else middle[stop]
        bend = (to_x - x) / 2 if stop != route[-1] else (to_x - x) * 0.3
        path.append(f"C{x + bend:.0f} {y:.0f} {x + bend:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}")
        x, y = to_x, to_y
        if stop != route[-1]:
            path.append(f"H{x + _BOX_WIDTH:.0f}")
            x += _BOX_WIDTH
    lost = graph.nodes[edge.source].article is None
    label = edge_label(edge, lost)
    return Curve(" ".join(path), edge.direction != "unknown", lost, label, x - 12, port - 6, "end")


def _arc(graph: _Graph, edge: Edge, place: Mapping[str, tuple[float, float]], middle: Mapping[str, float]) -> Curve:
    """Two nodes of one layer: an arc on their right, its label beside the lower one."""
    x = place[edge.source][0] + _BOX_WIDTH
    y, to_y = sorted((middle[edge.source], middle[edge.derivative]))
    out = x + min(24 + 0.12 * (to_y - y), _LAYER_GAP - 20)
    lost = graph.nodes[edge.source].article is None
    path = f"M{x:.0f} {y + 8:.0f} C{out:.0f} {y + 8:.0f} {out:.0f} {to_y - 8:.0f} {x:.0f} {to_y - 8:.0f}"
    return Curve(path, edge.direction != "unknown", lost, edge_label(edge, lost), x + 14, to_y + 8, "start")


def draw_rail(scope: Scope) -> Drawing | None:
    """One report a line, sources above derivatives, for narrow pages; None: there is no edge to draw."""
    graph = _graph(scope)
    if not graph.edges:
        return None
    layers = layer_nodes(graph.nodes, graph.arrows)
    order = sorted(graph.nodes, key=layers.__getitem__)
    rank = {node: number for number, node in enumerate(order)}
    upper = {number: min(edge.source, edge.derivative, key=rank.__getitem__) for number, edge in enumerate(graph.edges)}
    tracks = {node: number for number, node in enumerate(n for n in order if n in upper.values())}
    left = _MARGIN + 10 + _TRACK_GAP * len(tracks)
    incoming = {
        node: [n for n, e in enumerate(graph.edges) if node in (e.source, e.derivative) and upper[n] != node]
        for node in order
    }
    boxes, curves, y = [], [], _MARGIN
    middle: dict[str, float] = {}
    for node in order:
        y += _RAIL_LINE * len(incoming[node]) + (8 if incoming[node] else 0)
        middle[node] = y + _RAIL_BOX_HEIGHT / 2
        boxes.append(_box(scope, graph.nodes[node], (left, y), _RAIL_BOX_HEIGHT, _RAIL_WIDTH - left - _MARGIN))
        for index, number in enumerate(incoming[node]):
            label_y = y - 8 - _RAIL_LINE * (len(incoming[node]) - 1 - index)
            x = left - 10 - _TRACK_GAP * tracks[upper[number]]
            curves.append(_track(graph, graph.edges[number], x, left, middle[upper[number]], middle[node], label_y))
        y += _RAIL_BOX_HEIGHT + 14
    return Drawing(_RAIL_WIDTH, y, tuple(boxes), tuple(curves))


def _track(graph: _Graph, edge: Edge, x: float, left: float, y: float, to_y: float, label_y: float) -> Curve:
    """Down the track of the upper node and back in, with rounded corners; its label stands above the lower box."""
    lost = graph.nodes[edge.source].article is None
    path = (
        f"M{left:.0f} {y:.0f} H{x + 7:.0f} Q{x:.0f} {y:.0f} {x:.0f} {y + 7:.0f} "
        f"V{to_y - 7:.0f} Q{x:.0f} {to_y:.0f} {x + 7:.0f} {to_y:.0f} H{left - 1:.0f}"
    )
    return Curve(path, edge.direction != "unknown", lost, edge_label(edge, lost), left + 2, label_y, "start")
