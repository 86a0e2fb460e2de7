"""The dossier on a terminal: what `retold report` prints.

Everything is laid out as `rich.text.Text`, never as markup, so that no word of an article can become a style; control
and bidirectional characters are made visible first. Without colour it reads the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from retold.article import Article, Evidence
from retold.dossier.corrections import SAID_WORDS, standing
from retold.dossier.dossier import Dossier, Finding
from retold.dossier.labels import (
    Label,
    clip,
    count_of,
    headline_of,
    how_sure,
    label_articles,
    node_kind,
    one_line,
    own_word_count,
    published_words,
    set_aside,
)
from retold.lineage.lineage import Edge, Node

MOST_FINDINGS = 12
"""Findings shown: with their words they fill what is left of the 60 lines that one look takes in. The page has all."""
_MOST_EDGES = 10
_MOST_PROBLEMS = 6
_MOST_SPEAKERS = 6
_TEXT_WIDTH = 230
_WORDS_SHOWN = 2

_STYLES = {
    "derivation": "bold",
    "altered": "bold yellow",
    "quotation_altered": "bold yellow",
    "attribution_dropped": "bold magenta",
    "trimmed": "bold blue",
    "not_found": "bold red",
    "left_out": "bold red",
}
_SIGNS = {"certain": "●", "likely": "◐", "unsure": "○", "unknown": "○"}


def print_summary(dossier: Dossier, console: Console) -> None:
    """Print the summary; on a console that is no terminal it is plain text."""
    console.print(summarize(dossier))


def summarize(dossier: Dossier) -> RenderableType:
    """The reports, who derives from whom, the findings with the words they rest on, and the problems.

    Below 60 lines of 80 columns for two reports. What does not fit is counted, not dropped in silence.
    """
    labels = label_articles(dossier.articles)
    parts: list[RenderableType] = [_title(dossier), ""]
    for name, rows in (
        ("", _reports(dossier, labels)),
        ("Who derives from whom", _lineage(dossier, labels)),
        ("Findings", _findings(dossier, labels)),
        ("Who speaks", _speakers(dossier)),
        ("Not read, and notes", _problems(dossier)),
    ):
        listed = list(rows)
        if listed:
            parts += [Text(name, style="bold underline")] if name else []
            parts += [*listed, ""]
    return Group(*parts[:-1])


def _title(dossier: Dossier) -> Text:
    counts = (
        count_of(len(dossier.articles), "report"),
        count_of(len(dossier.statements), "statement"),
        count_of(len(dossier.passages), "aligned passage"),
        count_of(len(dossier.findings), "finding"),
    )
    return Text.assemble(("Retold", "bold"), "  " + " · ".join(counts))


def _reports(dossier: Dossier, labels: dict[str, Label]) -> Iterator[RenderableType]:
    said = Counter(statement.article for statement in dossier.statements)
    for article in dossier.articles:
        yield _row(labels[article.id].letter, "bold cyan", _report(article, labels[article.id], said[article.id]))


def _report(article: Article, label: Label, said: int) -> list[Text]:
    first = Text.assemble((label.name, "bold"), ("  " + published_words(article), "dim"))
    headline = headline_of(article)
    lines = [first]
    if headline and not headline.startswith(label.name.removesuffix("…")):
        lines.append(_single(Text(clip(headline, 120), style="italic")))
    aside = set_aside(article)
    counts = f"{count_of(own_word_count(article), 'word')} · {count_of(said, 'statement')}"
    lines.append(Text(counts + (f" · set aside: {aside}" if aside else ""), style="dim"))
    return lines


def _lineage(dossier: Dossier, labels: dict[str, Label]) -> Iterator[RenderableType]:
    nodes = {node.id: node for node in dossier.lineage.nodes}
    edges = sorted(dossier.lineage.edges, key=lambda edge: (edge.direction == "unknown", -(edge.share or 0)))
    for edge in edges[:_MOST_EDGES]:
        because = [_single(Text(one_line(argument.note), style="dim")) for argument in edge.evidence[:1]]
        yield _row(_SIGNS[edge.direction], "", [_edge(edge, nodes, labels), *because])
    if len(edges) > _MOST_EDGES:
        yield _more(len(edges) - _MOST_EDGES, "link", "links")


def _edge(edge: Edge, nodes: dict[str, Node], labels: dict[str, Label]) -> Text:
    """One edge in words: "B derives from A, or from its source: 67 % of its words (certain)"."""
    source, derivative = (_short(nodes[end], labels) for end in (edge.source, edge.derivative))
    share = "" if edge.share is None else f": {round(100 * edge.share)} % of its words"
    if edge.direction == "unknown":
        return Text(f"{derivative} and {source} carry the same words{share}; which came first is unknown")
    if node_kind(nodes[edge.source]) == "lost":
        return Text(f"{derivative} derives from an original that no report names ({edge.direction})")
    if nodes[edge.source].article is None:
        return Text(f"{derivative} credits {source}, which is not among the reports ({edge.direction})")
    return Text(f"{derivative} derives from {source}, or from its source{share} ({edge.direction})")


def _short(node: Node, labels: dict[str, Label]) -> str:
    return labels[node.article].letter if node.article else one_line(node.label)


def _findings(dossier: Dossier, labels: dict[str, Label]) -> Iterator[RenderableType]:
    """What was changed, added and left out; who derives from whom has been told above."""
    told = [finding for finding in dossier.findings if finding.kind != "derivation"]
    said = standing(dossier.corrections)
    for finding in told[:MOST_FINDINGS]:
        lines = _finding(finding, labels)
        if finding.id in said:
            lines.append(_single(Text(" ".join(SAID_WORDS[said[finding.id].verdict]), style="bold")))
        yield _row(_SIGNS[how_sure(finding.confidence)], _STYLES[finding.kind], lines)
    if len(told) > MOST_FINDINGS:
        yield _more(len(told) - MOST_FINDINGS, "finding", "findings")


def _finding(finding: Finding, labels: dict[str, Label]) -> list[Text]:
    """The sentence, then the words it rests on that it does not hold itself, one line each."""
    text = one_line(finding.text)
    spans = [Evidence(each.article, (span,)) for each in finding.evidence for span in each.spans]
    words = [_words(each, labels) for each in spans if _text_of(each, labels) not in text]
    return [
        Text(clip(text, _TEXT_WIDTH), style=_STYLES[finding.kind].removeprefix("bold").strip()),
        *words[:_WORDS_SHOWN],
    ]


def _text_of(evidence: Evidence, labels: dict[str, Label]) -> str:
    return one_line(labels[evidence.article].article.words(evidence.spans))


def _words(evidence: Evidence, labels: dict[str, Label]) -> Text:
    where = labels[evidence.article].where(evidence.spans[0])
    return _single(Text.assemble((f"{where}  ", "dim"), clip(_text_of(evidence, labels), 160)))


def _speakers(dossier: Dossier) -> Iterator[RenderableType]:
    names = [speaker.name for statement in dossier.statements for speaker in statement.speakers]
    counts = Counter(one_line(name) for name in names if name).most_common()
    shown = [f"{name} ({count})" for name, count in counts[:_MOST_SPEAKERS]]
    if len(counts) > len(shown):
        shown.append(f"{count_of(len(counts) - len(shown), 'other')}")
    if None in names:
        shown.append(f"not known who ({names.count(None)})")
    if shown:
        yield Padding(Text(", ".join(shown)), (0, 0, 0, 3))


def _problems(dossier: Dossier) -> Iterator[RenderableType]:
    for problem in dossier.problems[:_MOST_PROBLEMS]:
        sign, style = ("!", "bold red") if problem.level == "error" else ("·", "")
        yield _row(sign, style, [Text(f"{one_line(problem.input)}: {one_line(problem.reason)}")])
    if len(dossier.problems) > _MOST_PROBLEMS:
        yield _more(len(dossier.problems) - _MOST_PROBLEMS, "problem", "problems")


def _row(sign: str, style: str, lines: Iterable[Text]) -> Table:
    """A sign in the margin, and lines that wrap beside it."""
    table = Table.grid(padding=(0, 1))
    table.add_column(width=max(2, len(sign)), justify="right", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_row(Text(sign, style=style), Group(*lines))
    return table


def _single(text: Text) -> Text:
    """`text` on one line, cut with an ellipsis at the width of the console."""
    text.no_wrap = True
    text.overflow = "ellipsis"
    return text


def _more(count: int, one: str, many: str) -> RenderableType:
    return Padding(Text(f"… and {count_of(count, one, many)} more in the dossier", style="dim"), (0, 0, 0, 3))
