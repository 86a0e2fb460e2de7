"""A dossier in the words of schema.org, as JSON-LD: its articles, what they quote, and the claims that several tell.

Only what the dossier knows is said, and only where schema.org has a word that means it: an article is based on another
one where the lineage is certain or likely, a quotation is spoken by the one to whom its article attributes it.
Source: https://schema.org/NewsArticle, /Quotation and /Claim.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from retold.article import Article, Record
from retold.collation.collation import Retelling
from retold.dossier.dossier import Dossier
from retold.dossier.labels import headline_of, node_kind, one_line
from retold.exports.days import iso_day
from retold.exports.linked_data import address, known, to_bytes, urn
from retold.exports.quotations import find_quotations
from retold.lineage.lineage import Node
from retold.statements.statement import Speaker, Statement

_CONTEXT = ["https://schema.org/", {"retold": "urn:retold:term:"}]
_SPEAKER_TYPES = {"person": "Person", "body": "Organization"}

Fields = dict[str, Any]


def to_json_ld(dossier: Dossier) -> bytes:
    """The articles, quotations and claims of `dossier` as UTF-8 JSON-LD of schema.org.

    Every field is described in docs/exports.md. The same dossier gives the same bytes, which are safe inside a
    `<script>` of a page. Raises: nothing that a dossier can cause.
    """
    return to_bytes({"@context": _CONTEXT, "@graph": [known(each) for each in _Graph(dossier).all()]})


class _Graph:
    """The things of a dossier, each once, in its order."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.articles = {article.id: article for article in dossier.articles}
        self.statements = {statement.id: statement for statement in dossier.statements}
        self.nodes = {node.id: node for node in dossier.lineage.nodes}
        self.quotations = _sources(dossier)

    def all(self) -> Iterator[Fields]:
        for article in self.dossier.articles:
            yield self._article(article)
        for node in self.dossier.lineage.nodes:
            if _is_credited(node):
                name = one_line(node.label)
                yield {"@id": urn("original", node.id), "@type": "CreativeWork", "name": name, **_sure(node)}
        for statement in self.dossier.statements:
            if statement.kind != "indirect" and statement.article in self.articles:
                yield self._quotation(statement)
        for retelling in self.dossier.retellings:
            yield from self._claim(retelling)

    def _article(self, article: Article) -> Fields:
        day = iso_day(article.published)
        return {
            "@id": urn("article", article.id),
            "@type": "NewsArticle" if article.genre in ("report", "unknown") else "Article",
            "identifier": article.id,
            "url": address(article),
            "headline": headline_of(article),
            "author": one_line(article.author or ""),
            "publisher": known({"@type": "Organization", "name": one_line(article.outlet)}) if article.outlet else None,
            "datePublished": day.isoformat() if day else None,
            "genre": {"transcript": "transcript", "press_release": "press release"}.get(article.genre),
            "isBasedOn": [{"@id": name} for name in self._sources_of(article)],
        }

    def _sources_of(self, article: Article) -> Iterator[str]:
        """What the lineage certainly or likely derives `article` from, and has a name."""
        own = {node.id for node in self.dossier.lineage.nodes if node.article == article.id}
        for edge in self.dossier.lineage.edges:
            source = self.nodes.get(edge.source)
            if edge.direction == "unknown" or edge.derivative not in own or source is None:
                continue
            if source.article in self.articles:
                yield urn("article", source.article)
            elif _is_credited(source):
                yield urn("original", source.id)

    def _quotation(self, statement: Statement) -> Fields:
        article = self.articles[statement.article]
        day = iso_day(statement.said_on)
        return {
            "@id": urn("statement", statement.id),
            "@type": "Quotation",
            "text": article.words(statement.content),
            "spokenByCharacter": list(_speakers(statement.speakers)),
            "dateCreated": day.isoformat() if day else None,
            "isPartOf": {"@id": urn("article", article.id)},
            "isBasedOn": [{"@id": name} for name in self.quotations.get(statement.id, ())],
            **_sure(statement),
        }

    def _claim(self, retelling: Retelling) -> Iterator[Fields]:
        """What several statements tell: in the words of the fullest one."""
        fullest = self.statements.get(retelling.fullest)
        tellings = [self.statements[name] for name in retelling.statements if name in self.statements]
        if fullest is None or fullest.article not in self.articles:
            return
        earliest = self.statements.get(retelling.earliest or "")
        articles = dict.fromkeys(telling.article for telling in tellings)
        yield {
            "@id": urn("utterance", retelling.id),
            "@type": "Claim",
            "text": self.articles[fullest.article].words(fullest.content),
            "author": list(_speakers(fullest.speakers)),
            "appearance": [{"@id": urn("article", article)} for article in articles],
            "firstAppearance": {"@id": urn("article", earliest.article)} if earliest else None,
            **_sure(retelling),
        }


def _sources(dossier: Dossier) -> dict[str, list[str]]:
    """The names of the earlier tellings that each statement (id) quotes, where the lineage knows one."""
    found: dict[str, list[str]] = {}
    for quotation in find_quotations(dossier):
        if quotation.earlier is not None and quotation.earlier.statement.kind != "indirect":
            found.setdefault(quotation.statement.id, []).append(urn("statement", quotation.earlier.statement.id))
    return found


def _speakers(speakers: Iterable[Speaker]) -> Iterator[Fields | str]:
    """Those that have a name; the bare name where it is not known to be of a person or of a body."""
    for speaker in speakers:
        name = one_line(speaker.name or "")
        kind = _SPEAKER_TYPES.get(speaker.kind)
        if name and kind:
            role = one_line(speaker.role or "") if kind == "Person" else None
            yield known({"@type": kind, "name": name, "jobTitle": role})
        elif name:
            yield name


def _is_credited(node: Node) -> bool:
    """Whether it is an original that a report names, and that is not among the reports."""
    return node.article is None and node_kind(node) == "original" and bool(one_line(node.label))


def _sure(row: Record) -> Fields:
    return {"retold:confidence": float(row.confidence), "retold:how": row.how}
