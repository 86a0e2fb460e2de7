"""The lineage, the quotations and their evidence as W3C PROV, in PROV-JSON.

What PROV calls a derivation is here a finding of the dossier: each names its direction, its confidence and the words
it rests on, as Web Annotation selectors. A pair without a direction is no derivation but a collection of two.
Sources: W3C PROV-DM 2013; PROV-JSON 2013; Web Annotation Data Model 2017, 4.2.4 and 4.2.5.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from prov.constants import PROV
from prov.identifier import Namespace, QualifiedName
from prov.model import ProvDocument

from retold.article import Article, Evidence, Record, Span
from retold.dossier.dossier import Dossier
from retold.dossier.labels import headline_of, node_kind, one_line
from retold.exports.days import published
from retold.exports.naming import Names, dossier_key, dossier_title, safe_name
from retold.exports.quotations import Earlier, Quotation, find_quotations
from retold.exports.selectors import select
from retold.lineage.lineage import Edge, Node
from retold.statements.statement import Speaker, Statement

Value = str | int | float | QualifiedName | None
Pairs = Iterable[tuple[QualifiedName, Value]]

TERM = Namespace("retold", "urn:retold:term:")
OA = Namespace("oa", "http://www.w3.org/ns/oa#")
_KINDS = (
    "article", "original", "derivation", "shared", "statement", "utterance", "selection", "outlet", "speaker",
    "dossier", "run", "software",
)  # fmt: skip
_SPACES = tuple(Namespace(kind, f"urn:retold:{kind}:") for kind in _KINDS)
ARTICLE, ORIGINAL, DERIVATION, SHARED, STATEMENT, UTTERANCE, SELECTION, OUTLET, SPEAKER, DOSSIER, RUN, SOFTWARE = (
    _SPACES
)
_NODE_TYPES = {"article": TERM["Article"], "original": TERM["CreditedOriginal"], "lost": TERM["LostOriginal"]}


def to_prov(dossier: Dossier) -> bytes:
    """The lineage and quotations of `dossier` as UTF-8 PROV-JSON; the same dossier gives the same bytes.

    Every record is described in docs/exports.md. Text stands as the articles have it, but for lone surrogates, which
    become "?". Raises: nothing that a dossier can cause.
    """
    text = make_document(dossier).serialize(indent=1, ensure_ascii=False) or ""
    return text.encode("utf-8", "replace") + b"\n"


def make_document(dossier: Dossier) -> ProvDocument:
    """The same as a document of the `prov` library."""
    writer = _Writer(dossier)
    writer.write_making()
    for article in dossier.articles:
        writer.write_article(article)
    for node in dossier.lineage.nodes:
        writer.write_original(node)
    for edge in dossier.lineage.edges:
        writer.write_edge(edge)
    for quotation in find_quotations(dossier):
        writer.write_quotation(quotation)
    return writer.document


class _Writer:
    """A document being written. Agents, statements and selections are written once, when they are first named."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.names = Names(dossier)
        self.nodes = {node.id: node for node in dossier.lineage.nodes}
        self.document = ProvDocument()
        self.written: set[QualifiedName] = set()
        for namespace in (TERM, OA, *_SPACES):
            self.document.add_namespace(namespace)

    def is_new(self, name: QualifiedName) -> bool:
        """Whether `name` has not been written yet; from now on it has."""
        new = name not in self.written
        self.written.add(name)
        return new

    def write_making(self) -> None:
        """Which Retold made the dossier of which articles, and when."""
        made, key = self.dossier.made, dossier_key(self.dossier)
        dossier, run, software = DOSSIER[key], RUN[key], SOFTWARE["retold-" + safe_name(made.version)]
        at = _time(made.at)
        models = [(TERM["model"], model) for model in made.models]
        self.document.agent(
            software, [(PROV["type"], PROV["SoftwareAgent"]), _label("Retold"), (TERM["version"], made.version)]
        )
        self.document.activity(run, None, at, _known([_label("retold report"), *models]))
        self.document.wasAssociatedWith(run, software)
        self.document.entity(dossier, [(PROV["type"], TERM["Dossier"]), _label(dossier_title(self.dossier))])
        self.document.wasGeneratedBy(dossier, run, at)
        for article in self.dossier.articles:
            self.document.used(run, _article(article.id))

    def write_article(self, article: Article) -> None:
        name = _article(article.id)
        self.document.entity(name, _known(self._article(article)))
        if article.outlet and article.outlet.strip():
            outlet = OUTLET[safe_name(article.outlet)]
            if self.is_new(outlet):
                self.document.agent(outlet, [(PROV["type"], PROV["Organization"]), _label(article.outlet)])
            self.document.wasAttributedTo(name, outlet)

    def _article(self, article: Article) -> Iterator[tuple[QualifiedName, Value]]:
        yield PROV["type"], TERM["Article"]
        yield _label(self.names.labels[article.id].both)
        yield TERM["title"], headline_of(article)
        yield TERM["author"], article.author
        yield TERM["url"], article.url
        yield TERM["published"], published(article)
        yield TERM["publishedBasis"], article.published_basis
        yield TERM["genre"], article.genre
        yield TERM["sha256"], article.sha256
        yield from ((TERM["sharesWordsWith"], other) for other in self._sharing_with(_article(article.id)))

    def _sharing_with(self, name: QualifiedName) -> Iterator[QualifiedName]:
        """What shares words with `name`, where the texts do not tell which of the two came first."""
        for edge in self.dossier.lineage.edges:
            ends = (self._node_name(edge.source), self._node_name(edge.derivative))
            if edge.direction == "unknown" and name in ends:
                yield ends[0] if ends[1] == name else ends[1]

    def write_original(self, node: Node) -> None:
        """An original that is not among the reports. The articles are written by `write_article`."""
        if node.article is not None:
            return
        attributes = [(PROV["type"], _NODE_TYPES[node_kind(node)]), _label(node.label), *_sure(node)]
        self.document.entity(self._node_name(node.id), _known([*attributes, *self._arguments(node)]))

    def write_edge(self, edge: Edge) -> None:
        """A derivation; or, where the texts tell no direction, a collection of the two that share words."""
        source, derivative = self._node_name(edge.source), self._node_name(edge.derivative)
        told: list[tuple[QualifiedName, Value]] = [
            _label(self.names.derivation(edge)),
            (TERM["direction"], edge.direction),
            (TERM["share"], edge.share),
            *_sure(edge),
            *self._arguments(edge),
        ]
        if edge.direction != "unknown":
            self.document.wasDerivedFrom(
                derivative, source, identifier=_between(derivative, source), other_attributes=_known(told)
            )
            return
        shared = SHARED[f"{source.localpart}.{derivative.localpart}"]
        types = [(PROV["type"], PROV["Collection"]), (PROV["type"], TERM["SharedWords"])]
        self.document.entity(shared, _known([*types, *told]))
        for end in (source, derivative):
            self.document.hadMember(shared, end)

    def _node_name(self, node_id: str) -> QualifiedName:
        node = self.nodes.get(node_id)
        if node is None or node.article is None:
            return ORIGINAL[safe_name(node_id)]
        return _article(node.article)

    def _arguments(self, row: Node | Edge) -> Iterator[tuple[QualifiedName, Value]]:
        for argument in row.evidence:
            yield TERM["argument"], f"{argument.kind}: {one_line(argument.note)}"
        for argument in row.evidence:
            for words in argument.evidence:
                yield from self._selected(TERM["evidence"], words)

    def _selected(self, role: QualifiedName, words: Evidence) -> Iterator[tuple[QualifiedName, Value]]:
        """The selections of `words`, each as the value of `role`."""
        for span in words.spans:
            yield role, self._selection(words.article, span)

    def _selection(self, article_id: str, span: Span) -> QualifiedName:
        """An entity that selects the words at `span`, by their position and by their wording."""
        name = SELECTION[f"{safe_name(article_id)}.{span.start}-{span.end}"]
        if self.is_new(name):
            selected = select(self.names.labels[article_id].article.text, span)
            attributes: list[tuple[QualifiedName, Value]] = [
                (PROV["type"], OA["TextPositionSelector"]),
                (PROV["type"], OA["TextQuoteSelector"]),
                (OA["hasSource"], _article(article_id)),
                *((OA[field], value) for field, value in selected._asdict().items()),
            ]
            self.document.entity(name, _known(attributes))
        return name

    def write_quotation(self, quotation: Quotation) -> None:
        """That a statement quotes an earlier telling, or the utterance itself where none is known."""
        name = self._statement(quotation.statement)
        if quotation.earlier is None:
            quoted, told = self._utterance(quotation), _sure(quotation.statement)
        else:
            quoted, told = self._statement(quotation.earlier.statement), _retold(quotation.earlier)
        self.document.wasQuotedFrom(name, quoted, identifier=_between(name, quoted), other_attributes=_known(told))

    def _statement(self, statement: Statement) -> QualifiedName:
        name = STATEMENT[safe_name(statement.id)]
        if self.is_new(name):
            self.document.entity(name, _known(self._of_statement(statement)))
        return name

    def _of_statement(self, statement: Statement) -> Iterator[tuple[QualifiedName, Value]]:
        yield PROV["type"], TERM["Statement"]
        yield TERM["kind"], statement.kind
        yield TERM["article"], _article(statement.article)
        yield from ((TERM["speaker"], speaker.name) for speaker in statement.speakers)
        yield TERM["channel"], statement.channel
        yield TERM["saidOn"], statement.said_on
        yield from _sure(statement)
        for role, spans in (("source", statement.source), ("cue", statement.cue), ("content", statement.content)):
            yield from self._selected(TERM[role], Evidence(statement.article, spans))

    def _utterance(self, quotation: Quotation) -> QualifiedName:
        """What was said, of which the statements are tellings; attributed to whom the fullest telling names."""
        name = UTTERANCE[safe_name(quotation.utterance)]
        if self.is_new(name):
            fullest = self._statement(quotation.fullest)
            self.document.entity(name, [(PROV["type"], TERM["Utterance"]), (TERM["fullestTelling"], fullest)])
            for speaker in quotation.fullest.speakers:
                if speaker.name and speaker.name.strip():
                    self.document.wasAttributedTo(name, self._speaker(speaker, speaker.name))
        return name

    def _speaker(self, speaker: Speaker, called: str) -> QualifiedName:
        name = SPEAKER[safe_name(called)]
        if self.is_new(name):
            kind = {"person": PROV["Person"], "body": PROV["Organization"]}.get(speaker.kind)
            self.document.agent(name, _known([(PROV["type"], kind), _label(called)]))
        return name


def _article(article_id: str) -> QualifiedName:
    return ARTICLE[safe_name(article_id)]


def _between(derived: QualifiedName, used: QualifiedName) -> QualifiedName:
    """The name of a derivation."""
    return DERIVATION[f"{derived.localpart}.{used.localpart}"]


def _retold(earlier: Earlier) -> Iterator[tuple[QualifiedName, Value]]:
    """How a statement retells an earlier one. It is no surer than that the one article derives from the other."""
    link, edge = earlier.link, earlier.edge
    yield TERM["direction"], edge.direction
    yield TERM["relation"], link.relation
    yield from ((TERM["change"], f"{change.kind}: {one_line(change.note)}") for change in link.changes)
    yield TERM["confidence"], float(min(edge.confidence, link.confidence))
    yield TERM["how"], link.how


def _sure(row: Record) -> Pairs:
    return (TERM["confidence"], float(row.confidence)), (TERM["how"], row.how)


def _label(text: str) -> tuple[QualifiedName, Value]:
    return PROV["label"], one_line(text)


def _known(pairs: Pairs) -> list[tuple[QualifiedName, str | int | float | QualifiedName]]:
    """The attributes that are known and not empty."""
    return [(name, value) for name, value in pairs if value is not None and value != ""]


def _time(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        return None
