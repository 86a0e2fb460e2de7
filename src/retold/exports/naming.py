"""Names that XML, URNs and PROV take as they are, and words for what they name."""

import hashlib
import re

from retold.article import Evidence
from retold.dossier.dossier import Dossier
from retold.dossier.labels import Label, clip, headline_of, label_articles, node_kind, one_line
from retold.lineage.lineage import Edge, Node

_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*")
_READABLE_CHARS = 40


def safe_name(text: str) -> str:
    """`text` where it is made of ASCII letters, digits, "_", "-" and inner dots; else its readable part and a hash.

    The same text gives the same name, and two texts two names.

    >>> safe_name("58f3fa1dca95"), safe_name("Telmar & Sons")
    ('58f3fa1dca95', 'telmar-sons-5dc24a4bde')
    """
    if _PLAIN.fullmatch(text):
        return text
    readable = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:_READABLE_CHARS].strip("-")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{readable}-{digest}" if readable else digest


class Names:
    """What the articles and nodes of a dossier are called: "A · The Harrow Courier", "A", "A ¶4"."""

    def __init__(self, dossier: Dossier) -> None:
        self.labels: dict[str, Label] = label_articles(dossier.articles)
        self._nodes = {node.id: node for node in dossier.lineage.nodes}

    def full(self, node: Node) -> str:
        return self.labels[node.article].both if node.article else one_line(node.label)

    def short(self, node_id: str) -> str:
        """The letter of a report, the label of an original; the id itself where no node bears it."""
        node = self._nodes.get(node_id)
        if node is None:
            return node_id
        return self.labels[node.article].letter if node.article else one_line(node.label)

    def derivation(self, edge: Edge) -> str:
        """What an edge says, in words that claim no more than the texts prove."""
        source, derivative = self.short(edge.source), self.short(edge.derivative)
        if edge.direction == "unknown":
            return f"{source} and {derivative} share words; which came first is unknown"
        node = self._nodes.get(edge.source)
        if node and node_kind(node) == "lost":
            return f"{derivative} derives from an original that no report names"
        if node is None or node.article is None:
            return f"{derivative} carries words of {source}, which is not among the reports"
        return f"{derivative} derives from {source}, or from its source"

    def quoted(self, evidence: Evidence, width: int) -> str:
        """The words of `evidence` on one line, at most `width` of their characters, with the place of the first.

        `A ¶4 [806–916]: “…”`, the offsets of every span in brackets.
        """
        label = self.labels[evidence.article]
        places = ", ".join(f"{start}–{end}" for start, end in evidence.spans)
        where = label.where(evidence.spans[0]) if evidence.spans else label.letter
        return f"{where} [{places}]: “{clip(one_line(label.article.words(evidence.spans)), width)}”"


def dossier_key(dossier: Dossier) -> str:
    """A name for the dossier: of the same articles, by the same Retold, at the same time."""
    parts = (dossier.made.version, dossier.made.at, *(article.id for article in dossier.articles))
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def dossier_title(dossier: Dossier) -> str:
    """What a dossier goes by: the headline of its first article that has one."""
    return next((title for title in map(headline_of, dossier.articles) if title), "a dossier")
