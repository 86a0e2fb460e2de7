"""The evidence of a dossier as annotations of its articles, in the W3C Web Annotation Data Model.

An annotation is a row of the dossier: its targets are the words that the row rests on, its bodies say what the row says
of them. How sure the row is and what found it are no part of that model; they stand beside, in Retold's own terms.
Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017; its JSON-LD context `anno.jsonld`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from retold.article import Evidence, Record, Span
from retold.collation.collation import Change, Link, Passage, Support, Verdict
from retold.dossier.dossier import Dossier
from retold.dossier.labels import count_of, one_line
from retold.exports.linked_data import address, known, to_bytes, urn
from retold.exports.naming import dossier_key, dossier_title
from retold.exports.selectors import select
from retold.ledger.position import Entry
from retold.statements.statement import Statement

_CONTEXT = (
    "http://www.w3.org/ns/anno.jsonld",
    {
        "retold": "urn:retold:term:",
        "confidence": {"@id": "retold:confidence", "@type": "http://www.w3.org/2001/XMLSchema#double"},
        "how": "retold:how",
        "part": "retold:part",
        "article": {"@id": "retold:article", "@type": "@id"},
    },
)
_VERDICTS: dict[Verdict, str] = {
    "supported": "another report bears it out",
    "partly": "another report bears a part of it out",
    "contradicted": "another report has it otherwise",
}

Fields = dict[str, Any]


def to_annotations(dossier: Dossier) -> bytes:
    """The evidence of `dossier` as an AnnotationCollection with one page, UTF-8 JSON-LD.

    Every field is described in docs/exports.md. The same dossier gives the same bytes; of every TextPositionSelector
    and TextQuoteSelector `text[start:end] == exact`. Raises: nothing that a dossier can cause.
    """
    return to_bytes(annotation_collection(dossier))


def annotation_collection(dossier: Dossier) -> Fields:
    """The same as a dictionary."""
    items = list(_Annotations(dossier).all())
    name = urn("annotations", dossier_key(dossier))
    page = {"id": f"{name}:page-1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items}
    collection = {
        "@context": list(_CONTEXT),
        "id": name,
        "type": "AnnotationCollection",
        "label": dossier_title(dossier),
        "generator": _generator(dossier),
        "total": len(items),
    }
    return {**collection, "first": page, "last": page["id"]} if items else collection


class _Annotations:
    """The annotations of a dossier, statements first, then what becomes of them, the ledger, and the support."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.articles = {article.id: article for article in dossier.articles}
        self.statements = {statement.id: statement for statement in dossier.statements}
        self.generated = _moment(dossier.made.at)
        self.software = _generator(dossier)["id"]

    def all(self) -> Iterator[Fields]:
        for statement in self.dossier.statements:
            yield from self._statement(statement)
        for retelling in self.dossier.retellings:
            for number, link in enumerate(retelling.links, start=1):
                yield from self._link(f"{retelling.id}-{number}", link)
        for passage in self.dossier.passages:
            yield from self._passage(passage)
        for entry in self.dossier.ledger:
            yield from self._entry(entry)
        for row in self.dossier.support:
            yield from self._support(row)

    def _statement(self, row: Statement) -> Iterator[Fields]:
        """What is said; and, each as an annotation that links to it, by whom and with which verb."""
        names = [speaker.name for speaker in row.speakers if speaker.name and speaker.name.strip()]
        content = self._targets(Evidence(row.article, row.content), "content")
        bodies = [_text("statement", "tagging"), _text(row.kind, "classifying"), _text(_told(row, names), "describing")]
        yield from self._annotation(row.id, "describing", bodies, content, row)
        link = urn("annotation", row.id)
        source, cue = (Evidence(row.article, spans) for spans in (row.source, row.cue))
        of = [_text("source", "tagging"), *(_text(name, "identifying") for name in names), link]
        yield from self._annotation(f"{row.id}-source", "identifying", of, self._targets(source, "source"), row)
        of = [_text("cue", "tagging"), link]
        yield from self._annotation(f"{row.id}-cue", "tagging", of, self._targets(cue, "cue"), row)

    def _link(self, name: str, row: Link) -> Iterator[Fields]:
        """How one statement tells another one again, and every change on the way."""
        fuller, other = self.statements.get(row.fuller), self.statements.get(row.other)
        if fuller is None or other is None:
            return
        bodies = [_text("retelling", "tagging"), _text(row.relation, "classifying"), urn("annotation", fuller.id)]
        targets = self._targets(Evidence(other.article, other.content), "content")
        yield from self._annotation(name, "linking", bodies, targets, row)
        yield from self._changes(name, row.changes)

    def _passage(self, row: Passage) -> Iterator[Fields]:
        """Words of two articles that tell the same, and every change between them."""
        bodies = [_text("passage", "tagging"), _text(row.relation, "classifying")]
        targets = [*self._targets(Evidence(row.a, row.a_spans), "a"), *self._targets(Evidence(row.b, row.b_spans), "b")]
        yield from self._annotation(row.id, "linking", bodies, targets, row)
        yield from self._changes(row.id, row.changes)

    def _changes(self, row: str, changes: Sequence[Change]) -> Iterator[Fields]:
        for number, change in enumerate(changes, start=1):
            bodies = [_text("change", "tagging"), _text(change.kind, "classifying"), _text(change.note, "describing")]
            targets = [*self._targets(change.before, "before"), *self._targets(change.after, "after")]
            yield from self._annotation(f"{row}-change-{number}", "describing", bodies, targets, change)

    def _entry(self, row: Entry) -> Iterator[Fields]:
        bodies = [
            _text("ledger", "tagging"),
            *(_text(each, "classifying") for each in (row.act, row.concept)),
            _text(_entry_words(row), "describing"),
        ]
        evidence = Evidence(row.evidence.article, (row.evidence.span,))
        yield from self._annotation(row.id, "classifying", bodies, self._targets(evidence, "evidence"), row)

    def _support(self, row: Support) -> Iterator[Fields]:
        """Whether other reports bear a sentence out, with their words: those that do, else the closest ones."""
        others = count_of(len(self.articles) - 1, "other report")
        verdict = _VERDICTS.get(row.verdict, f"not found in the {others}")
        words = [each for part in row.by for each in self._targets(part, "by")]
        closest = [] if words else self._targets(row.closest, "closest")
        bodies = [
            _text("support", "tagging"),
            _text(row.verdict, "classifying"),
            _text(verdict, "assessing"),
            *({**each, "purpose": "linking"} for each in (*words, *closest)),
        ]
        sentence = self._targets(Evidence(row.article, (row.span,)), "sentence")
        yield from self._annotation(row.id, "assessing", bodies, sentence, row)
        yield from self._changes(row.id, row.changes)

    def _annotation(
        self, name: str, motivation: str, bodies: Iterable[Fields | str | None], targets: list[Fields], row: Record
    ) -> Iterator[Fields]:
        """An annotation; none where there are no words that it could be of."""
        if targets:
            yield known(
                {
                    "id": urn("annotation", name),
                    "type": "Annotation",
                    "motivation": motivation,
                    "generator": self.software,
                    "generated": self.generated,
                    "body": [body for body in bodies if body],
                    "target": targets,
                    "confidence": float(row.confidence),
                    "how": row.how,
                }
            )

    def _targets(self, words: Evidence | None, part: str) -> list[Fields]:
        """A SpecificResource for each span of `words`: its source is the address of the article, else its name."""
        article = self.articles.get(words.article) if words else None
        if words is None or article is None:
            return []
        name = urn("article", article.id)
        url = address(article)
        where = {"source": url, "renderedVia": self.software} if url else {"source": name}
        return [
            {
                "type": "SpecificResource",
                **where,
                "article": name,
                "part": part,
                "selector": _selectors(article.text, span),
            }
            for span in words.spans
        ]


def _selectors(text: str, span: Span) -> list[Fields]:
    """Two selectors of the same words: where they stand, and how they read."""
    found = select(text, span)
    return [
        {"type": "TextPositionSelector", "start": found.start, "end": found.end},
        {"type": "TextQuoteSelector", "exact": found.exact, "prefix": found.prefix, "suffix": found.suffix},
    ]


def _text(value: str, purpose: str) -> Fields | None:
    """A body of plain text on one line; None: it would say nothing."""
    words = one_line(value)
    return {"type": "TextualBody", "value": words, "format": "text/plain", "purpose": purpose} if words else None


def _told(row: Statement, names: Sequence[str]) -> str:
    """Who tells it, to whom, where and when, as far as it is known."""
    who = ", ".join(names) or "an unknown speaker"
    details = (("to", row.addressee), ("in", row.channel), ("on", row.said_on))
    return " · ".join([who, *(f"{word} {value}" for word, value in details if value)])


def _entry_words(row: Entry) -> str:
    """A row of the ledger in a line: "Ana Brusk (Varenia) · offer · Harbour tolls · if the ferries run at night"."""
    actor = f"{row.actor} ({row.organization})" if row.organization and row.organization != row.actor else row.actor
    towards = f"towards {row.recipient}" if row.recipient else ""
    condition = f"condition: {row.condition}" if row.condition else ""
    status = "" if row.status == "actual" else row.status
    return " · ".join(filter(None, (actor, row.act, row.concept, towards, condition, status)))


def _generator(dossier: Dossier) -> Fields:
    version = dossier.made.version
    return known(
        {
            "id": urn("software", f"retold-{version}"),
            "type": "Software",
            "name": "Retold",
            "schema:softwareVersion": version,
        }
    )


def _moment(at: str) -> str | None:
    """A time as the model demands it, in UTC with a "Z"; None: it is none."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
