"""What every builder of views needs: the dossier, its labels, and the words for its kinds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from retold.article import Article, Evidence, Record, Span
from retold.collation.collation import Change, Passage
from retold.dossier.correction import Correction, Value
from retold.dossier.corrections import SAID_WORDS, rows_by_id, standing, told_value, value_of
from retold.dossier.dossier import Dossier
from retold.dossier.labels import Label, clip, how_sure, one_line, spoken_date
from retold.dossier.views.view import ChangeView, EditView, SaidView, Sure, TagView, Words
from retold.statements.statement import Statement

RELATION_WORDS: Mapping[str, str] = {
    "verbatim": "verbatim",
    "trimmed": "trimmed",
    "reworded": "reworded",
    "altered": "altered",
}

SEVERITY = ("verbatim", "trimmed", "reworded", "altered")
"""The relations from the mildest to the gravest: where passages overlap, the gravest is shown."""

FINDING_WORDS: Mapping[str, str] = {
    "derivation": "derivation",
    "altered": "altered",
    "attribution_dropped": "attribution dropped",
    "quotation_altered": "quotation altered",
    "trimmed": "trimmed",
    "not_found": "not found elsewhere",
    "left_out": "left out",
}

CHANGE_WORDS: Mapping[str, tuple[str, str]] = {
    "number": ("number", "another figure"),
    "date": ("date", "another day or time"),
    "name": ("name", "another person, body or place"),
    "negation": ("negation", "a “not” came or went"),
    "modality": ("modality", "may, could, will or must changed places"),
    "strength": ("strength", "said with more or less force"),
    "condition": ("condition", "a condition came or went"),
    "attribution_dropped": ("attribution dropped", "who said it is gone: it reads as fact"),
    "attribution_added": ("attribution added", "put into a mouth that the other telling does not name"),
    "speaker_changed": ("speaker changed", "someone else is said to have said it"),
    "quotation_altered": ("quotation altered", "the words inside the quotation marks differ"),
    "added": ("added", "something stands here that the fuller telling lacks"),
    "omitted": ("omitted", "something of the fuller telling is left out"),
    "other": ("other", "another difference"),
}

VERDICT_WORDS: Mapping[str, str] = {
    "supported": "borne out",
    "partly": "borne out in part",
    "unsupported": "not found elsewhere",
    "contradicted": "the other reports differ",
}

_SHORTEST_ID, _SPARE = 6, 3
"""Characters of an id that are shown: so many at least, and so many more than another row has in common with it, that
the next run will hardly have a third that begins likewise."""
_SHOWN_WORDS = 240
"""Characters of evidence shown in a list; the link leads to all of it."""


@dataclass(frozen=True)
class Scope:
    """A dossier with the label of each of its articles."""

    dossier: Dossier
    labels: Mapping[str, Label]

    def article(self, article_id: str) -> Article:
        return self.labels[article_id].article

    @cached_property
    def passages(self) -> Mapping[str, tuple[tuple[int, Passage], ...]]:
        """The passages of each article, each with its number in the dossier, counted from 1."""
        found: dict[str, list[tuple[int, Passage]]] = {article_id: [] for article_id in self.labels}
        for number, passage in enumerate(self.dossier.passages, start=1):
            found[passage.a].append((number, passage))
            found[passage.b].append((number, passage))
        return {article_id: tuple(numbered) for article_id, numbered in found.items()}

    @cached_property
    def statements(self) -> Mapping[str, tuple[tuple[int, Statement], ...]]:
        """The statements of each article, each with its number in the dossier, counted from 1."""
        found: dict[str, list[tuple[int, Statement]]] = {article_id: [] for article_id in self.labels}
        for number, statement in enumerate(self.dossier.statements, start=1):
            found[statement.article].append((number, statement))
        return {article_id: tuple(numbered) for article_id, numbered in found.items()}

    @cached_property
    def findings_of_rows(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the findings that name each row, by the row's id."""
        found: dict[str, list[int]] = {}
        for number, finding in enumerate(self.dossier.findings, start=1):
            for row in finding.rows:
                found.setdefault(row, []).append(number)
        return {row: tuple(numbers) for row, numbers in found.items()}

    @cached_property
    def findings_of_words(self) -> Mapping[str, tuple[tuple[int, Span], ...]]:
        """The findings that rest on words of each article: their numbers and the words."""
        found: dict[str, list[tuple[int, Span]]] = {article_id: [] for article_id in self.labels}
        for number, finding in enumerate(self.dossier.findings, start=1):
            for evidence in finding.evidence:
                found[evidence.article] += [(number, span) for span in evidence.spans]
        return {article_id: tuple(numbered) for article_id, numbered in found.items()}

    @cached_property
    def cited(self) -> Mapping[str, tuple[Span, ...]]:
        """Of each article every span that some row of the dossier rests on, in order, each once."""
        found: dict[str, set[Span]] = {article_id: set() for article_id in self.labels}
        for evidence in all_evidence(self.dossier):
            found[evidence.article].update(evidence.spans)
        return {article_id: tuple(sorted(spans)) for article_id, spans in found.items()}

    @cached_property
    def said(self) -> Mapping[str, Correction]:
        """What an analyst says of the rows, by their ids."""
        return standing(self.dossier.corrections)

    @cached_property
    def beginnings(self) -> Mapping[str, str]:
        """Of each row's id a beginning that no other row's id has."""
        ids = sorted({*rows_by_id(self.dossier), *self.said})
        shared = [0, *(_shared_length(*pair) for pair in pairwise(ids)), 0]
        return {
            each: each[: max(_SHORTEST_ID, _SPARE + max(shared[number], shared[number + 1]))]
            for number, each in enumerate(ids)
        }

    def is_rejected(self, row_id: str) -> bool:
        return row_id in self.said and self.said[row_id].verdict == "reject"

    def tag(self, row_id: str, row: Record | None) -> TagView:
        """The short id of a row, and what an analyst says of it; `row` None: there is no such row any more."""
        short = one_line(self.beginnings.get(row_id, row_id))
        if row_id not in self.said:
            return TagView(short, None)
        verdict = self.said[row_id].verdict
        return TagView(short, said_view(self.said[row_id], row), f"is-{verdict}")

    def key(self, article_id: str, span: Span) -> str:
        """The word that ties a link to the words it leads to: "A.120-140"."""
        return f"{self.labels[article_id].letter}.{span.start}-{span.end}"

    def anchor(self, article_id: str, offset: int) -> str:
        """The fragment of the words that begin at `offset`: "A.120"."""
        return f"{self.labels[article_id].letter}.{offset}"

    def words(self, evidence: Evidence, width: int = _SHOWN_WORDS) -> Words:
        """The words of `evidence` on one line, clipped to `width` characters, with the way to the first of them."""
        label = self.labels[evidence.article]
        first = evidence.spans[0] if evidence.spans else Span(0, 0)
        return Words(
            letter=label.letter,
            where=label.where(first),
            text=clip(one_line(label.article.words(evidence.spans)), width),
            href="#" + self.anchor(evidence.article, first.start),
            keys=" ".join(self.key(evidence.article, span) for span in evidence.spans),
        )

    def change(self, change: Change) -> ChangeView:
        return ChangeView(
            kind=change.kind,
            word=CHANGE_WORDS[change.kind][0],
            note=one_line(change.note),
            before=self.words(change.before) if change.before else None,
            after=self.words(change.after) if change.after else None,
            sure=sure(change),
        )

    def changes(self, changes: Iterable[Change]) -> tuple[ChangeView, ...]:
        return tuple(self.change(change) for change in changes)


def all_evidence(dossier: Dossier) -> Iterator[Evidence]:
    """All words that any row rests on, but for the statements' and passages' own."""
    changes = [c for p in dossier.passages for c in p.changes]
    changes += [c for r in dossier.retellings for link in r.links for c in link.changes]
    for support in dossier.support:
        yield Evidence(support.article, (support.span,))
        yield from support.by
        yield from (support.closest,) if support.closest else ()
        changes += support.changes
    for change in changes:
        yield from (each for each in (change.before, change.after) if each)
    arguments = [argument for node in dossier.lineage.nodes for argument in node.evidence]
    arguments += [argument for edge in dossier.lineage.edges for argument in edge.evidence]
    yield from (each for argument in arguments for each in argument.evidence)
    yield from (each for finding in dossier.findings for each in finding.evidence)
    pins = [p for happening in dossier.timeline for p in happening.evidence]
    pins += [entry.evidence for entry in dossier.ledger]
    yield from (Evidence(each.article, (each.span,)) for each in pins)
    yield from (Evidence(a.id, a.published_evidence) for a in dossier.articles)


def _shared_length(one: str, other: str) -> int:
    """How many characters two strings have in common from their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def said_view(correction: Correction, row: Record | None) -> SaidView:
    sign, word = SAID_WORDS[correction.verdict]
    said_on = spoken_date(correction.at) if correction.at else ""
    return SaidView(
        verdict=correction.verdict,
        sign=sign,
        word=word,
        edits=tuple(_edit(row, field, value) for field, value in correction.set.items()),
        note=one_line(correction.note or ""),
        by=one_line(", ".join(filter(None, (correction.by, said_on)))),
    )


def _edit(row: Record | None, field: str, value: Value) -> EditView:
    before = value_of(row, field) if row else ""
    name, after = one_line(field.replace("_", " ")), told_value(field, value)
    return EditView(name, one_line(before) or "nothing", one_line(after) or "nothing")


def sure(record: Record) -> Sure:
    """How sure `record` is, in a word and in per cent."""
    return Sure(how_sure(record.confidence), round(100 * record.confidence), one_line(record.how))


def marks_of(*groups: Iterable[str]) -> str:
    """The values that the filters go by, each once, in order, as one attribute."""
    return " ".join(dict.fromkeys(value for group in groups for value in group))
