"""How well the dossier of `examples/harbour-talks` agrees with its truth, room by room.

The truth holds exact words; here they are found in the articles as read, white space apart, and compared with what
Retold finds there. Statement figures are the linked source and content of PolNeAR's scorer (IoU >= .5 over letters).
"""

import argparse
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from retold.article import OWN_WORDS, Article, Evidence, Span
from retold.dossier.dossier import Dossier
from retold.ledger import read_codebook
from retold.pipeline import report
from retold.statements.statement import Statement

FOLDER = Path(__file__).parents[1] / "examples" / "harbour-talks"
_IOU = 0.5


class Score(NamedTuple):
    """Precision, recall and F1, 0 to 1; `wanted` is how many the truth has."""

    precision: float
    recall: float
    f1: float
    wanted: int


def score(hits_found: int, found: int, hits_wanted: int, wanted: int) -> Score:
    """A score from counts: of those found, how many are right; of those wanted, how many were found."""
    precision = hits_found / found if found else 0.0
    recall = hits_wanted / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, wanted)


Letters = frozenset[int]


@dataclass(frozen=True)
class Scene:
    """The examples' dossier, its truth, and the articles by file name."""

    dossier: Dossier
    truth: Mapping[str, Any]

    @cached_property
    def articles(self) -> dict[str, Article]:
        return {Path(article.input).name: article for article in self.dossier.articles}

    @cached_property
    def files(self) -> dict[str, str]:
        return {article.id: file for file, article in self.articles.items()}

    @cached_property
    def wanted(self) -> dict[str, tuple[Letters, Letters]]:
        """The letters of source and content of each statement of the truth, by its id; lost ones are left empty."""
        return {row["id"]: self.letters_of(row) for row in self.truth["statements"]}

    @cached_property
    def matched(self) -> dict[str, Statement]:
        """The found statement for each statement of the truth that was found, one to one, best first."""
        pairs = []
        for row in self.truth["statements"]:
            article = self.articles[row["report"]]
            source, content = self.wanted[row["id"]]
            for statement in self.dossier.statements:
                if statement.article == article.id:
                    likeness = (
                        iou(source, letters(article, statement.source)),
                        iou(content, letters(article, statement.content)),
                    )
                    if min(likeness) >= _IOU:
                        pairs.append((sum(likeness), row["id"], statement.id))
        statements = {statement.id: statement for statement in self.dossier.statements}
        best = _one_to_one(sorted(pairs, key=lambda pair: -pair[0]))
        return {name: statements[found] for name, found in best.items()}

    def letters_of(self, row: Mapping[str, Any]) -> tuple[Letters, Letters]:
        article = self.articles[row["report"]]
        near = locate(article.text, row["near"]) if row["near"] else None
        within = near or Span(0, len(article.text))
        content: list[Span] = []
        for piece in row["content"]:
            start = content[-1].end if content else within.start
            found = locate(article.text, piece, Span(start, within.end))
            content += [found] if found else []
        source = [_nearest(article.text, words, within, content) for words in row["source"]]
        return letters(article, [span for span in source if span]), letters(article, content)


def _one_to_one(pairs: Iterable[tuple[float, str, str]]) -> dict[str, str]:
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for _, wanted, found in pairs:
        if wanted not in matched and found not in taken:
            matched[wanted] = found
            taken.add(found)
    return matched


def load(folder: Path = FOLDER) -> Scene:
    """Run Retold on the examples and read their truth."""
    dossier = report([str(folder / "reports")], codebook=read_codebook(folder / "codebook.tsv"))
    return Scene(dossier, json.loads((folder / "truth.json").read_text("utf-8")))


def _pattern(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def locate(text: str, words: str, within: Span | None = None) -> Span | None:
    """Where `words` first stand in `text` (inside `within`), white space apart; None: nowhere."""
    start, end = within or Span(0, len(text))
    match = re.compile(_pattern(words)).search(text, start, end)
    return Span(*match.span()) if match else None


def _nearest(text: str, words: str, within: Span, content: Sequence[Span]) -> Span | None:
    """Where `words` stand as whole words inside `within`, outside of `content` and nearest to it."""
    pattern = re.compile(rf"(?<!\w){_pattern(words)}(?!\w)")
    spans = [Span(*match.span()) for match in pattern.finditer(text, *within)]
    outside = [span for span in spans if not any(span.start < end and start < span.end for start, end in content)]
    return min(outside or spans, key=lambda span: _distance(span, content), default=None)


def _distance(span: Span, content: Sequence[Span]) -> int:
    gaps = [max(start - span.end, span.start - end, 0) for start, end in content]
    return min(gaps, default=0)


def letters(article: Article, spans: Iterable[Span]) -> Letters:
    """The offsets of the letters and digits in `spans`."""
    return frozenset(at for start, end in spans for at in range(start, end) if article.text[at].isalnum())


def iou(one: Letters, other: Letters) -> float:
    """Intersection over union; two empty sets are equal."""
    return len(one & other) / len(one | other) if one | other else 1.0


def score_blocks(scene: Scene) -> Score:
    """Words of blocks that are not the article's own (plain text): found as such, against the truth's."""
    right = found = wanted = 0
    for row in scene.truth["reports"]:
        article = scene.articles[row["file"]]
        if row["file"].endswith(".txt"):
            aside = letters(article, (b.span for b in article.blocks if b.kind not in OWN_WORDS))
            truth = _aside(article, row["blocks"])
            right, found, wanted = right + len(aside & truth), found + len(aside), wanted + len(truth)
    return score(right, found, right, wanted)


def _aside(article: Article, blocks: Iterable[Mapping[str, str]]) -> Letters:
    spans, at = [], 0
    for block in blocks:
        span = locate(article.text, block["text"], Span(at, len(article.text)))
        if span:
            at = span.end
            spans += [span] if block["kind"] not in OWN_WORDS else []
    return letters(article, spans)


def score_statements(scene: Scene) -> Score:
    """Linked source and content, IoU >= .5."""
    hits = len(scene.matched)
    return score(hits, len(scene.dossier.statements), hits, len(scene.wanted))


def score_agreement(scene: Scene, rows: Sequence[Mapping[str, Any]]) -> Score:
    """Linked source and content of a second annotator's statements (`rows`) against the truth of the same reports."""
    reports = {row["report"] for row in rows}
    truth = [row for row in scene.truth["statements"] if row["report"] in reports]
    pairs = []
    for one in truth:
        for other in (row for row in rows if row["report"] == one["report"]):
            sides = zip(scene.wanted[one["id"]], scene.letters_of(other), strict=True)
            likeness = [iou(wanted, found) for wanted, found in sides]
            if min(likeness) >= _IOU:
                pairs.append((sum(likeness), one["id"], other["id"]))
    hits = len(_one_to_one(sorted(pairs, key=lambda pair: -pair[0])))
    return score(hits, len(rows), hits, len(truth))


def score_speakers(scene: Scene) -> Score:
    """Of the statements found, how many have exactly the truth's speakers (by last name; unknown is an answer)."""
    rows = {row["id"]: row for row in scene.truth["statements"]}
    right = sum(
        _last_names(rows[name]["speakers"]) == _last_names([speaker.name for speaker in found.speakers] or [None])
        for name, found in scene.matched.items()
    )
    return score(right, len(scene.matched), right, len(scene.matched))


def _last_names(names: Iterable[str | None]) -> set[str | None]:
    return {name.removeprefix("the ").split()[-1].casefold() if name else None for name in names}


def score_links(scene: Scene) -> tuple[Score, float]:
    """Pairs of found statements that tell one utterance, and how many of the truth's links have its relation."""
    ids = {name: found.id for name, found in scene.matched.items()}
    wanted = _pairs([ids[name] for name in group["statements"] if name in ids] for group in scene.truth["retellings"])
    known = set(ids.values())
    found = _pairs([name for name in group.statements if name in known] for group in scene.dossier.retellings)
    relations = {
        frozenset((link.fuller, link.other)): link.relation
        for group in scene.dossier.retellings
        for link in group.links
    }
    rows = [
        (frozenset((ids[link["from"]], ids[link["to"]])), link["relation"])
        for group in scene.truth["retellings"]
        for link in group["links"]
        if link["from"] in ids and link["to"] in ids
    ]
    linked = [(relations[pair], relation) for pair, relation in rows if pair in relations]
    right = sum(found_relation == relation for found_relation, relation in linked) / max(1, len(linked))
    hits = len(found & wanted)
    return score(hits, len(found), hits, len(wanted)), right


def _pairs(groups: Iterable[Sequence[str]]) -> set[frozenset[str]]:
    return {frozenset((one, other)) for group in groups for one in group for other in group if one != other}


def score_alterations(scene: Scene) -> Score:
    """Findings of change against the truth's alterations, on overlapping words; cuts (omitted) are not asked for."""
    wanted = [row for row in scene.truth["alterations"] if row["kind"] != "omitted"]
    kinds = ("altered", "attribution_dropped", "quotation_altered")
    changes = [finding.evidence for finding in scene.dossier.findings if finding.kind in kinds]
    new = [(Evidence(article, (span,)),) for article, span in _alone(scene)]
    hits_wanted = sum(any(_meets(scene, row, found) for found in [*changes, *new]) for row in wanted)
    hits_found = sum(any(_meets(scene, row, change) for row in scene.truth["alterations"]) for change in changes)
    return score(hits_found, len(changes), hits_wanted, len(wanted))


def _meets(scene: Scene, row: Mapping[str, Any], evidence: Sequence[Evidence]) -> bool:
    """Whether a finding is about an alteration: it rests on words of the altering report that the truth names, or
    (words left out) on those of the other."""
    file, words = (row["report"], row["words"]) if row["words"] else (row["of_report"], row["of_words"])
    return any(
        scene.files[found.article] == file and _overlaps(scene.articles[file], words, found.spans) for found in evidence
    )


def _overlaps(article: Article, words: str, spans: Iterable[Span]) -> bool:
    pattern = re.compile(rf"(?<!\w){_pattern(words)}(?!\w)") if words[0].isalnum() else re.compile(_pattern(words))
    places = [Span(*match.span()) for match in pattern.finditer(article.text)]
    return any(place.start < end and start < place.end for start, end in spans for place in places)


def score_not_found(scene: Scene) -> Score:
    """Sentences of derived reports that no other report, or none of their sources, bears out.

    Of independent reports the truth lists only some; of derived ones hardly any that are merely vague.
    """
    derived = {row["to"] for row in scene.truth["lineage"]["edges"] if row["best"] == "certain"}
    rows = [row for row in scene.truth["not_found"] if row["report"] in derived]
    wanted = {(row["report"], locate(scene.articles[row["report"]].text, row["sentence"])) for row in rows}
    found = [(scene.files[article], span) for article, span in _alone(scene) if scene.files[article] in derived]
    hits_wanted = sum(any(f == file and span and _share(span, other) for f, other in found) for file, span in wanted)
    hits_found = sum(any(f == file and other and _share(span, other) for f, other in wanted) for file, span in found)
    return score(hits_found, len(found), hits_wanted, len(wanted))


def _alone(scene: Scene) -> list[tuple[str, Span]]:
    """The sentences that findings call not found elsewhere, with their articles (ids)."""
    rows = {row.id: row for row in scene.dossier.support}
    named = [name for finding in scene.dossier.findings if finding.kind == "not_found" for name in finding.rows]
    return [(rows[name].article, rows[name].span) for name in named if name in rows]


def _share(one: Span, other: Span) -> bool:
    return min(one.end, other.end) - max(one.start, other.start) > 0.5 * min(
        one.end - one.start, other.end - other.start
    )


def score_lineage(scene: Scene) -> tuple[Score, float]:
    """Edges with a direction, against the truth's; and the part of the independent pairs that no edge joins."""
    labels = {node.id: scene.files.get(node.id, node.label) for node in scene.dossier.lineage.nodes}
    directed = {
        (labels[edge.source], labels[edge.derivative])
        for edge in scene.dossier.lineage.edges
        if edge.direction != "unknown"
    }
    wanted = {(row["from"], row["to"]) for row in scene.truth["lineage"]["edges"] if row["best"] != "unknown"}
    joined = {frozenset((labels[edge.source], labels[edge.derivative])) for edge in scene.dossier.lineage.edges}
    apart = [frozenset(pair) for pair in scene.truth["lineage"]["independent"]]
    kept = sum(pair not in joined for pair in apart) / len(apart)
    hits = len(directed & wanted)
    return score(hits, len(directed), hits, len(wanted)), kept


def score_ledger(scene: Scene) -> Score:
    """Ledger rows with the truth's act on overlapping words of the same report."""
    rows = scene.truth["ledger"]
    found = [(scene.files[entry.evidence.article], entry.act, entry.evidence.span) for entry in scene.dossier.ledger]
    hits_wanted = sum(any(_is_row(scene, row, entry) for entry in found) for row in rows)
    hits_found = sum(any(_is_row(scene, row, entry) for row in rows) for entry in found)
    return score(hits_found, len(found), hits_wanted, len(rows))


def _is_row(scene: Scene, row: Mapping[str, Any], entry: tuple[str, str, Span]) -> bool:
    file, act, span = entry
    return file == row["report"] and act == row["act"] and _overlaps(scene.articles[file], row["words"], [span])


def all_scores(scene: Scene) -> dict[str, float]:
    """Every figure by its name, 0 to 1."""
    links, relations = score_links(scene)
    lineage, apart = score_lineage(scene)
    alterations, not_found, ledger = score_alterations(scene), score_not_found(scene), score_ledger(scene)
    return {
        "words set aside F1": score_blocks(scene).f1,
        "statements F1": score_statements(scene).f1,
        "speakers right": score_speakers(scene).precision,
        "retelling pairs F1": links.f1,
        "relations right": relations,
        "alterations recall": alterations.recall,
        "alterations precision": alterations.precision,
        "not found recall": not_found.recall,
        "not found precision": not_found.precision,
        "directed edges F1": lineage.f1,
        "independent pairs kept apart": apart,
        "ledger recall": ledger.recall,
        "ledger precision": ledger.precision,
    }


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks examples`."""
    parser = commands.add_parser("examples", help=__doc__.split("\n")[0])
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Print every figure, and how far two annotators agree on the statements."""
    scene = load()
    for name, value in all_scores(scene).items():
        print(f"{name:<30} {value:.3f}")
    second = json.loads((FOLDER / "second-annotator.json").read_text("utf-8"))["statements"]
    print(f"{'(two annotators, statements F1)':<30} {score_agreement(scene, second).f1:.3f}")
    return 0
