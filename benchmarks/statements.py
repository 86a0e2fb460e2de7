"""Who says what: our statements and those of other systems against PolNeAR, by the definitions of its scorer.

The figures, each 0 to 100 as precision, recall and F1:

- `linked`: an attribution found whose source and content each share at least half of their letters with the gold
  one's (intersection over union; two empty ones agree). One to one, best pairs first.
- `linked_all`: the same with the cue, all three at least half.
- `exact`: source, cue and content have the same pieces (white space at edges apart).
- `pieces`: contiguous pieces of one role, pooled per article.
- `recall_of`: recall of `linked` by how the gold content is quoted: direct, mixed, indirect.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rich.console import Console
from rich.table import Table

from retold.article import Article, Block, Problem
from retold.pipeline import find_each

ROLES = ("source", "cue", "content")
_HALF = 0.5
_MARKS = "“”\"«»‘’'`"


class Marked(NamedTuple):
    """One attribution: a list of [start, end] for each role."""

    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]


class Document(NamedTuple):
    """An article with its gold attributions."""

    id: str
    text: str
    gold: list[Marked]


@dataclass(frozen=True)
class Figure:
    """Precision, recall and F1, 0 to 100."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Scores:
    """All figures of one system; `articles_per_second` (of 700 words) is None for predictions read from a file."""

    linked: Figure
    linked_all: Figure
    exact: Figure
    pieces: dict[str, Figure]
    recall_of: dict[str, float]
    articles_per_second: float | None = None


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `statements` to the benchmarks' commands."""
    parser = commands.add_parser("statements", help="who says what, against PolNeAR")
    parser.add_argument("--data", type=Path, required=True, help="JSONL with doc_id, text, attributions")
    parser.add_argument("--peers", type=Path, help="folder of other systems' predictions (default: peers beside DATA)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print our figures and the peers'."""
    documents = read_documents(options.data)
    peers = options.peers or options.data.parent / "peers"
    measured = {name: measure_ours(documents, fast=fast) for name, fast in (("retold", False), ("retold --fast", True))}
    results = {name: one.scores for name, one in measured.items()}
    for path in sorted(peers.glob("*.jsonl")) if peers.is_dir() else []:
        results[path.stem] = score(documents, read_predictions(path))
    if options.json:
        print(json.dumps({name: asdict(scores) for name, scores in results.items()}))
        return 0
    console = Console()
    # A pipe has no width of its own: give the table what it needs instead of letting it be cut.
    wide = console if console.is_terminal else Console(width=160)
    wide.print(_table(results))
    wide.print(_reliability_table(measured))
    wide.print(_error_table(measured))
    return 0


def read_documents(path: Path) -> list[Document]:
    """The articles and gold attributions of a PolNeAR JSONL file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    return [Document(row["doc_id"], row["text"], [_marked(one) for one in row["attributions"]]) for row in rows]


def read_predictions(path: Path) -> dict[str, list[Marked]]:
    """A system's attributions by document id."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    return {row["doc_id"]: [_marked(one) for one in row["attributions"]] for row in rows}


def _marked(row: Mapping[str, Any]) -> Marked:
    return Marked(*([(start, end) for start, end in row[role]] for role in ROLES))


def make_article(text: str) -> Article:
    """A PolNeAR text as an article: each line a block, the first the headline."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            kind: Literal["body", "headline"] = "body" if blocks else "headline"
            blocks.append(Block(kind=kind, start=start, end=start + len(line), reason="a line", how="benchmark"))
        start += len(line) + 1
    return Article(id="", input="", sha256="", text=text, blocks=tuple(blocks), origin=(), how="benchmark")


class Measured(NamedTuple):
    """Our figures, and for each statement its confidence and whether it is linked to a gold one."""

    scores: Scores
    reliability: list[tuple[float, bool]]
    errors: Counter[str]


def measure_ours(documents: Sequence[Document], *, fast: bool) -> Measured:
    """Our figures and our speed (articles of 700 words in a second of the clock, on all cores, once warm)."""
    articles = [make_article(document.text) for document in documents]
    list(find_each(articles[:1], fast=fast))
    began = time.perf_counter()
    found = [one[1] for one in find_each(articles, fast=fast) if not isinstance(one, Problem)]
    seconds = time.perf_counter() - began
    predictions = {
        document.id: [Marked(list(one.source), list(one.cue), list(one.content)) for one in statements]
        for document, statements in zip(documents, found, strict=True)
    }
    words = sum(len(document.text.split()) for document in documents)
    scores = replace(score(documents, predictions), articles_per_second=words / _WORDS / seconds)
    reliability = [
        (one.confidence, number in linked)
        for document, statements in zip(documents, found, strict=True)
        for linked in [linked_of(document, predictions[document.id])]
        for number, one in enumerate(statements)
    ]
    errors = sum((error_kinds(document, predictions[document.id]) for document in documents), Counter[str]())
    return Measured(scores, reliability, errors)


_WORDS = 700  # of the article that speed is told in


def linked_of(document: Document, found: Sequence[Marked]) -> set[int]:
    """Which of those found are linked to a gold attribution by source and content."""
    gold_letters = [letters(document.text, one) for one in document.gold]
    found_letters = [letters(document.text, one) for one in found]
    return _link(found_letters, gold_letters, (0, 2))


def error_kinds(document: Document, found: Sequence[Marked]) -> Counter[str]:
    """Why gold attributions are not linked, by what the nearest one found lacks; and what nobody marked."""
    gold_letters = [letters(document.text, one) for one in document.gold]
    found_letters = [letters(document.text, one) for one in found]
    linked, used = _link(gold_letters, found_letters, (0, 2)), _link(found_letters, gold_letters, (0, 2))
    kinds: Counter[str] = Counter()
    for number, wanted in enumerate(gold_letters):
        if number not in linked:
            kinds[_lack(wanted, found_letters)] += 1
    for number, given in enumerate(found_letters):
        if number not in used and not any(given[1] & wanted[1] for wanted in gold_letters):
            kinds["found, but nobody marked its cue"] += 1
    return kinds


def _lack(wanted: "_Letters", found: Sequence["_Letters"]) -> str:
    near = [given for given in found if given[1] & wanted[1]]
    if not near:
        inside = any(wanted[1] & given[2] for given in found)
        return "cue not found: it stands in another's content" if inside else "cue not found"
    given = max(near, key=lambda one: overlap(one[0], wanted[0]) + overlap(one[2], wanted[2]))
    source, content = (overlap(given[role], wanted[role]) >= _HALF for role in (0, 2))
    if not source and not content:
        return "cue found, source and content differ"
    return "cue found, source differs" if content else "cue found, content differs"


def reliability_rows(judged: Sequence[tuple[float, bool]]) -> list[tuple[str, int, float, float]]:
    """For each fifth of the scale: its name, how many fall there, their mean confidence and the share that is right."""
    rows = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        own = [(sure, right) for sure, right in judged if low <= sure < low + 0.2 or (low == 0.8 and sure >= 1)]
        if own:
            mean = sum(sure for sure, _ in own) / len(own)
            rows.append((f"{low:.1f}–{low + 0.2:.1f}", len(own), mean, sum(right for _, right in own) / len(own)))
    return rows


def score(documents: Sequence[Document], predictions: Mapping[str, Sequence[Marked]]) -> Scores:
    """All figures of `predictions`; a document that has none counts as one in which nothing was found."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(_count(document, predictions.get(document.id, [])))
    return Scores(
        linked=_figure(counts, "linked", "all"),
        linked_all=_figure(counts, "linked_all", "all"),
        exact=_figure(counts, "exact", "all"),
        pieces={role: _figure(counts, f"pieces {role}", role) for role in ROLES},
        recall_of={kind: _share(counts[f"hit {kind}"], counts[f"gold {kind}"]) for kind in _KINDS},
    )


_KINDS = ("direct", "mixed", "indirect")


def _figure(counts: Counter[str], name: str, pool: str) -> Figure:
    precision = _share(counts[name], counts[f"found in {pool}"])
    recall = _share(counts[name], counts[f"gold in {pool}"])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Figure(precision, recall, f1)


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _count(document: Document, found: Sequence[Marked]) -> Counter[str]:
    """The hits of one document, by the names that `_figure` asks for."""
    text, gold = document.text, document.gold
    counts: Counter[str] = Counter({"gold in all": len(gold), "found in all": len(found)})
    gold_pieces = [_pieces(text, one) for one in gold]
    found_pieces = [_pieces(text, one) for one in found]
    counts["exact"] = sum((Counter(gold_pieces) & Counter(found_pieces)).values())
    for number, role in enumerate(ROLES):
        wanted = {piece for one in gold_pieces for piece in one[number]}
        given = {piece for one in found_pieces for piece in one[number]}
        counts[f"pieces {role}"] = len(wanted & given)
        counts[f"gold in {role}"], counts[f"found in {role}"] = len(wanted), len(given)
    gold_letters = [letters(text, one) for one in gold]
    found_letters = [letters(text, one) for one in found]
    linked = _link(gold_letters, found_letters, (0, 2))
    counts["linked"] = len(linked)
    counts["linked_all"] = len(_link(gold_letters, found_letters, (0, 1, 2)))
    for number, one in enumerate(gold):
        kind = kind_of(text, one)
        counts[f"gold {kind}"] += 1
        counts[f"hit {kind}"] += number in linked
    return counts


def kind_of(text: str, one: Marked) -> str:
    """How a gold content is quoted: in marks from end to end, partly, or not at all."""
    pieces = [text[start:end].strip(" \t\n.,") for start, end in one.content]
    if pieces and all(piece[:1] in _MARKS and piece[-1:] in _MARKS for piece in pieces if piece):
        return "direct"
    return "mixed" if any(mark in piece for piece in pieces for mark in '“"«') else "indirect"


_Pieces = tuple[tuple[tuple[int, int], ...], ...]


def _pieces(text: str, one: Marked) -> _Pieces:
    return tuple(_trimmed(text, spans) for spans in one)


def _trimmed(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans without white space at their edges; those that only white space parts are joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_trim(text, *span) for span in spans):
        if start == end:
            continue
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n\r":
        start += 1
    while end > start and text[end - 1] in " \t\n\r":
        end -= 1
    return start, end


_Letters = tuple[frozenset[int], ...]


def letters(text: str, one: Marked) -> _Letters:
    """The places of the letters and digits of each role."""
    return tuple(letters_of(text, spans) for spans in one)


def letters_of(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The places of the letters and digits in spans."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Intersection over union; two empty ones agree."""
    return len(one & other) / len(one | other) if one or other else 1.0


def _link(gold: Sequence[_Letters], found: Sequence[_Letters], roles: tuple[int, ...]) -> set[int]:
    """The gold attributions that have a partner: one to one, best pairs first, each of `roles` at least half."""
    pairs = []
    for i, wanted in enumerate(gold):
        for j, given in enumerate(found):
            overlaps = [overlap(wanted[role], given[role]) for role in roles]
            if min(overlaps) >= _HALF:
                key = (sum(overlaps), min(overlaps)) if len(roles) == len(ROLES) else (sum(overlaps), 0.0)
                pairs.append((*key, i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for *_, i, j in sorted(pairs, reverse=True):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
    return used_gold


def _table(results: Mapping[str, Scores]) -> Table:
    table = Table(title="statements: P/R/F1 (linked and exact), F1 (pieces), recall by kind")
    for column in ("system", "linked S+C", "linked all", "exact", "S", "Q", "C", *_KINDS, "700 words/s"):
        table.add_column(column, justify="left" if column == "system" else "right", no_wrap=True)
    for name, one in results.items():
        triples = [f"{x.precision:.1f}/{x.recall:.1f}/{x.f1:.1f}" for x in (one.linked, one.linked_all, one.exact)]
        pieces = [f"{one.pieces[role].f1:.1f}" for role in ROLES]
        recalls = [f"{one.recall_of[kind]:.1f}" for kind in _KINDS]
        speed = f"{one.articles_per_second:.1f}" if one.articles_per_second else ""
        table.add_row(name, *triples, *pieces, *recalls, speed)
    return table


def _reliability_table(measured: Mapping[str, Measured]) -> Table:
    table = Table(title="of the statements given a confidence, the share linked to a gold one")
    for column in ("system", "confidence", "statements", "mean confidence", "right"):
        table.add_column(column, justify="left" if column == "system" else "right", no_wrap=True)
    for name, one in measured.items():
        for label, count, mean, right in reliability_rows(one.reliability):
            table.add_row(name, label, str(count), f"{mean:.2f}", f"{right:.2f}")
    return table


def _error_table(measured: Mapping[str, Measured]) -> Table:
    table = Table(title="what is wrong, by kind")
    table.add_column("kind")
    for name in measured:
        table.add_column(name, justify="right")
    for kind in sorted({kind for one in measured.values() for kind in one.errors}):
        table.add_row(kind, *(str(one.errors[kind]) for one in measured.values()))
    return table
