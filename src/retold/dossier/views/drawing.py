"""The lineage drawn: a layered layout for wide pages, a rail for phones.

Layers as Sugiyama, Tagawa and Toda 1981: a layer for each report by the longest chain of sources, long edges through
placeholders, crossings reduced by barycentres. The rail is the picture that version control tools draw: one
report a line, sources above derivatives, a track for each source.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retold.dossier.labels import clip, node_kind
from retold.dossier.views.lineage import curve_kind, drawn_edges, edge_label, node_lines, node_name, percent, short_name
from retold.dossier.views.scope import Scope
from retold.dossier.views.view import Box, Curve, Drawing
from retold.lineage.lineage import Edge, Node

_BOX_WIDTH, _LAYER_GAP, _ROW_GAP, _MARGIN = 208.0, 150.0, 20.0, 4.0
"""Three layers fill the 932 pixels that the page has for them on a screen of 1280."""
_TITLE_HEIGHT, _LINE_HEIGHT, _LANE_GAP, _MOST_LANES = 17.0, 16.0, 12.0, 10
_PORT_GAP = 24.0
_PLACEHOLDER_HEIGHT = 18.0
_SWEEPS = 6
_TITLE_PIXELS, _LINE_PIXELS, _LABEL_PIXELS = 9.4, 6.7, 6.9
"""Width of a character of a box's two sizes of type and of a label, by the widest face we know (DejaVu Sans)."""
_RAIL_WIDTH, _TRACK_GAP, _MOST_TRACKS, _RAIL_LINE = 358.0, 15.0, 8, 18.0


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
    """The layer of each node: one more than its highest source. A cycle is cut where it is met.

    A node without a source stands right before the first that derives from it, so that no line is longer than it must.
    """
    sources: dict[str, list[str]] = {}
    derivatives: dict[str, list[str]] = {}
    for edge in arrows:
        if edge.source != edge.derivative:
            sources.setdefault(edge.derivative, []).append(edge.source)
            derivatives.setdefault(edge.source, []).append(edge.derivative)
    layers: dict[str, int] = {}
    for node in nodes:
        _place(node, sources, layers)
    for node in derivatives.keys() - sources.keys():
        layers[node] = max(0, min(layers[other] for other in derivatives[node]) - 1)
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


@dataclass(frozen=True)
class _Plan:
    """Where everything of the layered drawing stands. `routes` are the nodes and placeholders of each edge."""

    graph: _Graph
    layers: Mapping[str, int]
    routes: Sequence[tuple[str, ...]]
    place: Mapping[str, tuple[float, float]]
    heights: Mapping[str, float]

    def middle(self, node: str) -> float:
        return self.place[node][1] + self.heights[node] / 2

    def is_arc(self, edge: Edge) -> bool:
        """Whether the edge joins two nodes of one layer."""
        return self.layers[edge.source] == self.layers[edge.derivative]


def draw_layers(scope: Scope) -> Drawing | None:
    """Sources on the left, derivatives on the right; None: there is no edge to draw."""
    graph = _graph(scope)
    if not graph.edges:
        return None
    layers = layer_nodes(graph.nodes, graph.arrows)
    routes = [_route(number, edge, layers) for number, edge in enumerate(graph.edges)]
    columns = _ordered(_columns(graph, layers, routes), _neighbours(routes))
    texts = _texts(scope, graph, layers, columns)
    heights = _heights(graph, columns, texts)
    tops, height = _tops(columns, heights)
    place = {n: (_MARGIN + c * (_BOX_WIDTH + _LAYER_GAP), tops[n]) for c, column in enumerate(columns) for n in column}
    plan = _Plan(graph, layers, routes, place, heights)
    boxes = tuple(_box(n, place[n.id], (_BOX_WIDTH, heights[n.id]), texts[n.id]) for n in graph.nodes.values())
    arcs = any(map(plan.is_arc, graph.edges))
    width = 2 * _MARGIN + len(columns) * (_BOX_WIDTH + _LAYER_GAP) - (0 if arcs else _LAYER_GAP)
    return Drawing(width, height + 2 * _MARGIN, boxes, _curves(plan))


@dataclass(frozen=True)
class _Text:
    """What stands in a box: its name, broken into lines, and the small lines under it."""

    titles: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """Of the box that holds it."""
        return 24.0 + _TITLE_HEIGHT * len(self.titles) + _LINE_HEIGHT * len(self.lines)


def _text(scope: Scope, node: Node, lines: Iterable[str], width: float) -> _Text:
    titles = broken(node_name(scope, node), int((width - 26) / _TITLE_PIXELS))
    return _Text(titles, tuple(clip(line, int((width - 26) / _LINE_PIXELS)) for line in lines))


def broken(text: str, width: int) -> tuple[str, ...]:
    """`text` in one line or two of at most `width` characters, broken behind a space or hyphen if it can be.

    >>> broken("A · The Ellersund Courier", 19), broken("D · harbour.txt", 19)
    (('A · The Ellersund', 'Courier'), ('D · harbour.txt',))
    """
    if len(text) <= width:
        return (text,)
    head = text[: width + 1]
    at = max(head.rfind(" "), head[:width].rfind("-") + 1)
    first = text[: at if at > len("A · ") else width]
    return (first.rstrip(), clip(text[len(first) :].strip(), width))


def _texts(scope: Scope, graph: _Graph, layers: Mapping[str, int], columns: list[list[str]]) -> dict[str, _Text]:
    """What stands in each box. An edge within a layer has no room for a label: the lower box says what it shares."""
    rank = {node: number for column in columns for number, node in enumerate(column)}
    shared: dict[str, list[str]] = {}
    for edge in graph.edges:
        if layers[edge.source] == layers[edge.derivative]:
            upper, lower = sorted((edge.source, edge.derivative), key=rank.__getitem__)
            share = "" if edge.share is None else f"{percent(edge.share)} "
            shared.setdefault(lower, []).append(f"{share}shared with {short_name(scope, graph.nodes[upper])}")
    return {
        i: _text(scope, node, (*node_lines(scope, node), *shared.get(i, ())), _BOX_WIDTH)
        for i, node in graph.nodes.items()
    }


def _route(number: int, edge: Edge, layers: Mapping[str, int]) -> tuple[str, ...]:
    """The nodes and placeholders that an edge runs through, from left to right."""
    left, right = sorted((edge.source, edge.derivative), key=layers.__getitem__)
    if edge.direction != "unknown":
        left, right = edge.source, edge.derivative
    between = range(layers[left] + 1, layers[right])
    return (left, *(f"\0{number}:{layer}" for layer in between), right)


def _columns(graph: _Graph, layers: Mapping[str, int], routes: Sequence[tuple[str, ...]]) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in range(max(layers.values()) + 1)]
    for node in graph.nodes:
        columns[layers[node]].append(node)
    for route in routes:
        for offset, placeholder in enumerate(route[1:-1], start=1):
            columns[layers[route[0]] + offset].append(placeholder)
    return columns


def _neighbours(routes: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {}
    for route in routes:
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


def _heights(graph: _Graph, columns: list[list[str]], texts: Mapping[str, _Text]) -> dict[str, float]:
    ports: dict[str, int] = {}
    for edge in graph.arrows:
        ports[edge.derivative] = ports.get(edge.derivative, 0) + 1
    return {
        node: max(texts[node].height, ports.get(node, 0) * _PORT_GAP + 14) if node in texts else _PLACEHOLDER_HEIGHT
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


def _box(node: Node, at: tuple[float, float], size: tuple[float, float], text: _Text) -> Box:
    return Box(*at, *size, node_kind(node), text.titles, text.lines)


def _curves(plan: _Plan) -> tuple[Curve, ...]:
    ports = _ports(plan)
    arcs = [edge for edge in plan.graph.edges if plan.is_arc(edge)]
    uppers = dict.fromkeys(min(edge.source, edge.derivative, key=plan.middle) for edge in arcs)
    lanes = {node: _LANE_GAP * (1 + number % _MOST_LANES) for number, node in enumerate(uppers)}
    return tuple(
        _arc(plan, edge, lanes) if plan.is_arc(edge) else _across(plan, edge, plan.routes[number], ports[number])
        for number, edge in enumerate(plan.graph.edges)
    )


def _ports(plan: _Plan) -> dict[int, float]:
    """The height at which each edge arrives: a port of its own for each, in the order in which they come in."""
    arriving: dict[str, list[int]] = {}
    for number, edge in enumerate(plan.graph.edges):
        if not plan.is_arc(edge):
            arriving.setdefault(plan.routes[number][-1], []).append(number)
    ports: dict[int, float] = {}
    for node, numbers in arriving.items():
        numbers.sort(key=lambda number: plan.middle(plan.routes[number][-2]))
        for index, number in enumerate(numbers):
            ports[number] = plan.middle(node) + (index - (len(numbers) - 1) / 2) * _PORT_GAP
    return ports


def _across(plan: _Plan, edge: Edge, route: tuple[str, ...], port: float) -> Curve:
    """From layer to layer, level where it passes through one, and level where its label stands before the arrow."""
    source = plan.graph.nodes[edge.source]
    label = edge_label(edge, source)
    level = min(len(label) * _LABEL_PIXELS + 18, _LAYER_GAP - 24)
    x, y = plan.place[route[0]][0] + _BOX_WIDTH, plan.middle(route[0])
    path = [f"M{x:.0f} {y:.0f}"]
    for stop in route[1:]:
        last = stop == route[-1]
        to_x, to_y = plan.place[stop][0], port if last else plan.middle(stop)
        end = to_x - level if last else to_x
        bend = (x + end) / 2
        path.append(f"C{bend:.0f} {y:.0f} {bend:.0f} {to_y:.0f} {end:.0f} {to_y:.0f}")
        x, y = to_x if last else to_x + _BOX_WIDTH, to_y
        path.append(f"H{x:.0f}")
    return Curve(" ".join(path), curve_kind(edge, source), label, x - 14, port - 7, "end")


def _arc(plan: _Plan, edge: Edge, lanes: Mapping[str, float]) -> Curve:
    """Between two nodes of one layer: out on the right, down the lane of the upper one, and in again."""
    upper, lower = sorted((edge.source, edge.derivative), key=plan.middle)
    x, y, to_y = plan.place[upper][0] + _BOX_WIDTH, plan.middle(upper), plan.middle(lower)
    kind = curve_kind(edge, plan.graph.nodes[edge.source])
    return Curve(_bracket(x, x + lanes[upper], y, to_y), kind, "", x, y, "start")


def _bracket(x: float, lane: float, y: float, to_y: float) -> str:
    """A path from (x, y) out to `lane`, down, and back to (x, to_y), its corners rounded."""
    corner = 7 if lane > x else -7
    return (
        f"M{x:.0f} {y:.0f} H{lane - corner:.0f} Q{lane:.0f} {y:.0f} {lane:.0f} {y + 7:.0f} "
        f"V{to_y - 7:.0f} Q{lane:.0f} {to_y:.0f} {lane - corner:.0f} {to_y:.0f} H{x:.0f}"
    )


def draw_rail(scope: Scope) -> Drawing | None:
    """One report a line, sources above derivatives, for narrow pages; None: there is no edge to draw."""
    graph = _graph(scope)
    if not graph.edges:
        return None
    layers = layer_nodes(graph.nodes, graph.arrows)
    order = sorted(graph.nodes, key=layers.__getitem__)
    rank = {node: number for number, node in enumerate(order)}
    ends = [sorted((edge.source, edge.derivative), key=rank.__getitem__) for edge in graph.edges]
    arriving = {node: [number for number, (_, lower) in enumerate(ends) if lower == node] for node in order}
    tracks = _tracks(upper for upper, _ in sorted(ends, key=lambda end: rank[end[0]]))
    left = _MARGIN + 10 + max(tracks.values())
    width = _RAIL_WIDTH - left - _MARGIN
    texts = {n: _text(scope, graph.nodes[n], [", ".join(node_lines(scope, graph.nodes[n]))], width) for n in order}
    tops, height = _rail_tops(order, arriving, texts)
    boxes = [_box(graph.nodes[n], (left, tops[n]), (width, texts[n].height), texts[n]) for n in order]
    curves = []
    for number, (upper, lower) in enumerate(ends):
        y, to_y = (tops[node] + texts[node].height / 2 for node in (upper, lower))
        path = _bracket(left - 1, left - tracks[upper], y, to_y)
        above = len(arriving[lower]) - arriving[lower].index(number) - 1
        curves.append(_track(scope, graph, number, upper, path, (left + 2, tops[lower] - 8 - _RAIL_LINE * above)))
    return Drawing(_RAIL_WIDTH, height, tuple(boxes), tuple(curves))


def _tracks(uppers: Iterable[str]) -> dict[str, float]:
    """How far left of the boxes the track of each upper node runs; with very many, tracks are used again."""
    nodes = dict.fromkeys(uppers)
    return {node: 10 + _TRACK_GAP * (number % _MOST_TRACKS) for number, node in enumerate(nodes)}


def _rail_tops(
    order: Iterable[str], arriving: Mapping[str, list[int]], texts: Mapping[str, _Text]
) -> tuple[dict[str, float], float]:
    """The top of each box, with room above it for the labels of what arrives; and the height of the whole."""
    tops: dict[str, float] = {}
    y = _MARGIN
    for node in order:
        y += _RAIL_LINE * len(arriving[node]) + (8 if arriving[node] else 0)
        tops[node] = y
        y += texts[node].height + 14
    return tops, y


def _track(scope: Scope, graph: _Graph, number: int, upper: str, path: str, at: tuple[float, float]) -> Curve:
    """One edge of the rail. Its label names the upper end, which may be far above."""
    edge = graph.edges[number]
    source = graph.nodes[edge.source]
    way = f"with {short_name(scope, graph.nodes[upper])}"
    if edge.direction != "unknown":
        way = f"from {short_name(scope, source)}"
    label = f"{edge_label(edge, source)} ({way})"
    return Curve(path, curve_kind(edge, source), clip(label, 44), *at, "start")
