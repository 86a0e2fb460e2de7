"""What the network learns from: passages of our own writing with their ledger rows, and PLOVER's marked pairs.

The passages stand in `data/`; their writers knew the guide (benchmarks/labels/README.md), and neither the code nor any
text that is measured on.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from retold.article import Article, Block, Origin, Span
from retold.language.tokens import tokenize
from retold.ledger.actors import Actor, Cast, gather_cast, known_organizations
from retold.ledger.acts import ACTS, PARTS, PLOVER_ROOTS, STANCES, STATUSES, Encoded, encode_pairs
from retold.ledger.codebook import Codebook, Issue, IssueMention, read_codebook
from retold.ledger.pairs import Pair, find_pairs
from retold.ledger.scenes import Scene, read_scenes
from retold.ledger.sides import derive_sides
from retold.pipeline import find_each
from retold.statements.attribution import overlap
from retold.statements.statement import Statement

NONE = len(ACTS)
"""The class of a pair without an act."""

UNKNOWN = -100
"""A label that is not known, as torch leaves it out of a loss."""

_ALSO = 0.25  # what an act weighs that a fair reader would accept too


class Wanted(NamedTuple):
    """What is wanted of a pair. `acts`: the weight of each act and of none (empty: not known); `parts`: for each of
    PARTS a span of the article (None: it has none)."""

    acts: tuple[float, ...] = ()
    status: int = UNKNOWN
    stance: int = UNKNOWN
    hearsay: int = UNKNOWN
    plover: int = UNKNOWN
    parts: tuple[Span | None, ...] = ()


class Example(NamedTuple):
    """An encoded pair with what is wanted of it."""

    encoded: Encoded
    wanted: Wanted


class Text(NamedTuple):
    """An article with what was found in it."""

    article: Article
    statements: tuple[Statement, ...]
    cast: Cast


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_texts(texts: Sequence[str]) -> list[Text]:
    """Texts as articles all of whose lines are their own words, with the statements and actors in them."""
    return list(map(_text, find_each(map(_article, texts))))


def _article(text: str) -> Article:
    blocks = tuple(
        Block(kind="body", start=m.start(), end=m.end(), reason="all of it", how="training")
        for m in re.finditer(r"[^\n]+", text)
    )
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:12], input="training", sha256="0" * 64, text=text, blocks=blocks,
        origin=(Origin(0, len(text), 0, len(text)),), how="training",
    )  # fmt: skip


def _text(found: Any) -> Text:
    article, statements, entities = found
    sides = derive_sides([(article, tokenize(article.text))])
    organizations = known_organizations([article], [entities], statements, sides)
    return Text(article, statements, gather_cast(article, entities, sides, organizations))


_COLLECTIONS = {
    "noisy": ("reading/noisy_articles.jsonl", "url", "content_original"),
    "polnear": ("statements/polnear_train.jsonl", "doc_id", "text"),
}
"""Where the labelled reports stand among the data: the file, and its fields for id and text."""

_WORDS = ("words", "actor_words", "act_words", "issue_words", "condition", "consequence")


def read_reports(path: Path, data: Path) -> list[dict[str, Any]]:
    """Real reports with their rows as passages have them. Raises ValueError: a text is not the one labelled."""
    texts: dict[str, str] = {}
    for file, name, field in _COLLECTIONS.values():
        texts |= {str(row.get(name)): row[field] for row in read_lines(data / file)}
    reports = []
    for report in read_lines(path):
        text = texts[report["doc_id"]]
        if hashlib.sha256(text.encode()).hexdigest() != report["text_sha256"]:
            raise ValueError(f"{report['doc_id']}: not the text that was labelled")
        rows = [
            {**row, **{field: text[slice(*row[field])] if row[field] else None for field in _WORDS}}
            for row in report["rows"]
        ]
        reports.append({"text": text, "rows": rows})
    return reports


def passage_examples(passages: Sequence[Mapping[str, Any]]) -> Iterator[list[Example]]:
    """The examples of each passage: a pair that no row tells of has no act."""
    codebook = read_codebook()
    for passage, text in zip(passages, read_texts([one["text"] for one in passages]), strict=True):
        pairs = list(_passage_pairs(passage["rows"], text, codebook))
        encoded = encode_pairs([pair for pair, _ in pairs])
        yield [Example(one, wanted) for one, (_, wanted) in zip(encoded, pairs, strict=True)]


def _passage_pairs(rows: Sequence[Mapping[str, Any]], text: Text, codebook: Codebook) -> Iterator[tuple[Pair, Wanted]]:
    body = text.article.text
    named = {number: _place(body, row, "issue_words") for number, row in enumerate(rows)}
    issues = _with_named(codebook, body, rows, named)
    for scene, before in read_scenes(text.cast, text.statements, issues):
        own = {n: row for n, row in enumerate(rows) if _inside(_place(body, row, "act_words"), scene.sentence)}
        for pair in find_pairs(scene, before):
            number = next((n for n in own if _tells_of(own[n], named[n], pair, body)), None)
            yield pair, _none() if number is None else _wanted(own.pop(number), body)
        for number, row in own.items():
            made = _made(row, named[number], scene, before, body)
            if made:
                yield made, _wanted(row, body)


def _with_named(
    codebook: Codebook, body: str, rows: Sequence[Mapping[str, Any]], named: Mapping[int, Span | None]
) -> list[IssueMention]:
    """The issues that the codebook finds, and those of the rows that it does not."""
    found = list(codebook.find(body, [Span(0, len(body))]))
    for number, span in named.items():
        if span and not any(overlap(m.span, span) for m in found):
            found.append(IssueMention(_issue(rows[number]["issue"]), span))
    return sorted(found, key=lambda mention: mention.span)


def _issue(code: str) -> Issue:
    return Issue(domain="rows", code=code, label=f"row {code}", pax=(), contexts=(), cues=())


def _place(body: str, row: Mapping[str, Any], field: str) -> Span | None:
    """Where the words of a field stand: within the row's stretch, else nearest to it."""
    words, stretch = row.get(field), row["words"]
    if not words:
        return None
    start = body.find(stretch)
    inside = stretch.find(words)
    if inside >= 0:
        return Span(start + inside, start + inside + len(words))
    places = [m.start() for m in re.finditer(re.escape(words), body)]
    at = min(places, key=lambda place: abs(place - start), default=None)
    return None if at is None else Span(at, at + len(words))


def _inside(span: Span | None, sentence: Span) -> bool:
    return span is not None and sentence.start <= span.start < sentence.end


def _tells_of(row: Mapping[str, Any], issue: Span | None, pair: Pair, body: str) -> bool:
    words = _place(body, row, "actor_words")
    named = words is not None and any(overlap(s, words) for s in pair.actor_words)
    actor = named or pair.actor.name == row["actor"]
    return actor and issue is not None and any(overlap(s, issue) for s in pair.issue_words)


def _made(
    row: Mapping[str, Any],
    issue: Span | None,
    scene: Scene,
    before: Scene | None,
    body: str,
) -> Pair | None:
    """The pair of a row whose actor the rules do not offer; None where the network could not be asked."""
    words = _place(body, row, "actor_words")
    if issue is None:
        return None
    inside = (words,) if words and _inside(words, scene.sentence) else ()
    earlier = None if _inside(issue, scene.sentence) else before
    if not _inside(issue, scene.sentence) and not (before and _inside(issue, before.sentence)):
        return None
    return Pair(scene, Actor(row["actor"], None), inside, _issue(row["issue"]), (issue,), earlier)


def _none() -> Wanted:
    return Wanted(acts=(0.0,) * NONE + (1.0,), parts=(None,) * len(PARTS))


def _wanted(row: Mapping[str, Any], body: str) -> Wanted:
    weights = [0.0] * (NONE + 1)
    also = [act for act in row["also"] if act in ACTS and act != row["act"]]
    for act in also:
        weights[ACTS.index(act)] = _ALSO / len(also)
    weights[ACTS.index(row["act"])] = 1.0 - (_ALSO if also else 0.0)
    return Wanted(
        acts=tuple(weights),
        status=STATUSES.index(row["status"]),
        stance=STANCES.index(row["stance"]),
        hearsay=int(row["hearsay"]),
        parts=tuple(_place(body, row, field) for field in ("act_words", "condition", "consequence")),
    )


def plover_examples(rows: Sequence[Mapping[str, Any]]) -> list[Example]:
    """PLOVER's marked pairs, of which only the event type is known."""
    pairs = [_plover_pair(row, text) for row, text in zip(rows, read_texts([r["text"] for r in rows]), strict=True)]
    wanted = [Wanted(plover=PLOVER_ROOTS.index(row["event_type"])) for row in rows]
    return [Example(one, each) for one, each in zip(encode_pairs(pairs), wanted, strict=True)]


def _plover_pair(row: Mapping[str, Any], text: Text) -> Pair:
    actor, recipient = _marked(row, "actor"), _marked(row, "recipient")
    mention = IssueMention(_issue("recipient"), recipient)
    scenes = [scene for scene, _ in read_scenes(text.cast, text.statements, [mention])]
    scene = next(scene for scene in scenes if recipient.start < scene.sentence.end)
    inside = (actor,) if _inside(actor, scene.sentence) else ()
    return Pair(scene, Actor(row["actor"], None), inside, mention.issue, (recipient,), None)


def _marked(row: Mapping[str, Any], role: str) -> Span:
    for span in row.get("spans", ()):
        if span["role"] == role:
            return Span(span["start"], span["end"])
    start = row["text"].find(row[role])
    return Span(start, start + len(row[role]))
