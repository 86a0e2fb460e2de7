"""Texts and pages with what is known of each of their lines.

Of some lines the kind is known (labels of our own, `benchmarks/labels`); of others only whether they are of the article
(the labelled pages). So an example says which kinds a line may have.
"""

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.article import BlockKind
from retold.reading.deciding import known_labels, leanings
from retold.reading.decoding import decode
from retold.reading.features import find_features, look_round
from retold.reading.labelling import KINDS, Floats
from retold.reading.lines import Line, split_lines
from retold.reading.recurring import find_recurring
from retold.reading.stretches import kept_shares
from retold.reading.webpage import Page, take_apart

Mask = NDArray[np.bool_]
Blocks = Sequence[tuple[int, int, BlockKind]]

_IN_ARTICLE: frozenset[str] = frozenset({"body", "subhead", "quote-block"})
_ROUND_ARTICLE: frozenset[str] = frozenset({"headline", "byline", "caption", "credit", "teaser", "furniture"})
_HEADED = 3  # every third scrape gets its title back as a first line: most have lost it, and users' files have not


class Example(NamedTuple):
    """One text or page: its lines, their features, what is known beforehand of each, and which kinds it may have by
    label [lines, kinds].

    `name` is the hash of the text, or the page's name.
    """

    name: str
    lines: tuple[Line, ...]
    features: list[list[str]]
    leaning: Floats
    labelled: Mask


def mask(kinds: Iterable[str]) -> Mask:
    """Which of the kinds these are [kinds]."""
    wanted = frozenset(kinds)
    return np.array([kind in wanted for kind in KINDS])


def hash_text(text: str) -> str:
    """The SHA-256 by which labels name their text."""
    return hashlib.sha256(text.encode()).hexdigest()


def make_example(
    name: str,
    lines: Sequence[Line],
    labelled: Mask,
    *,
    title: str | None = None,
    recurring: frozenset[str] = frozenset(),
) -> Example:
    """An example from lines and what is known of them."""
    around = look_round(lines, title=title, recurring=recurring)
    known = known_labels(lines, around)
    return Example(name, tuple(lines), find_features(lines, around, known), leanings(lines, around, known), labelled)


# --- scrapes -------------------------------------------------------------------------------------------------------


class Scrape(NamedTuple):
    """A scraped article: outlet, title as its collection gives it, and text."""

    outlet: str
    title: str
    text: str


def read_scrapes(data: Path) -> dict[str, Scrape]:
    """The scraped articles by the hash of their text."""
    rows = map(json.loads, (data / "reading" / "noisy_articles.jsonl").read_text("utf-8").splitlines())
    scrapes = (Scrape(row["source"], row["title"], row["content_original"]) for row in rows)
    return {hash_text(scrape.text): scrape for scrape in scrapes}


def read_labels(path: Path) -> dict[str, Blocks]:
    """The labelled blocks by the hash of their text."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return {row["text_sha256"]: row["blocks"] for row in rows}


def kinds_of(lines: Sequence[Line], blocks: Blocks) -> list[BlockKind]:
    """The kind of the block that each line shares most characters with."""
    kinds: list[BlockKind] = []
    at = 0
    for line in lines:
        while at < len(blocks) and blocks[at][1] <= line.span.start:
            at += 1
        shared: Counter[BlockKind] = Counter()
        for start, end, kind in blocks[at:]:
            if start >= line.span.end:
                break
            shared[kind] += min(end, line.span.end) - max(start, line.span.start)
        kinds.append(shared.most_common(1)[0][0])
    return kinds


def scrape_examples(
    labels: Mapping[str, Blocks], scrapes: Mapping[str, Scrape], *, headed: bool = False
) -> Iterator[Example]:
    """The labelled scrapes. `headed`: some of them twice, the second time below their title."""
    recurring = find_recurring((scrape.outlet, scrape.text) for scrape in scrapes.values())
    for number, (name, blocks) in enumerate(labels.items()):
        if name not in scrapes:
            continue
        scrape = scrapes[name]
        lines = split_lines(scrape.text)
        labelled = np.array([mask([kind]) for kind in kinds_of(lines, blocks)])
        title = None if headed and number % 2 else scrape.title
        yield make_example(name, lines, labelled, title=title, recurring=recurring.get(scrape.outlet, frozenset()))
        if headed and number % _HEADED == 0:
            shift = len(scrape.title) + 2
            moved = [(0, len(scrape.title), "headline"), *((s + shift, e + shift, kind) for s, e, kind in blocks)]
            lines = split_lines(f"{scrape.title}\n\n{scrape.text}")
            labelled = np.array([mask([kind]) for kind in kinds_of(lines, moved)])
            title = scrape.title if number % 2 else None
            yield make_example(name, lines, labelled, title=title, recurring=recurring.get(scrape.outlet, frozenset()))


# --- pages ---------------------------------------------------------------------------------------------------------


class LabelledLines(NamedTuple):
    """A page as plain lines, each with whether it is of the article."""

    name: str
    lines: list[tuple[str, int]]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(line for line, _ in self.lines)


def read_lines(data: Path) -> list[LabelledLines]:
    """The labelled pages as plain lines."""
    rows = map(json.loads, (data / "reading" / "plaintext_lines.jsonl").read_text("utf-8").splitlines())
    return [LabelledLines(row["doc_id"], row["lines"]) for row in rows]


def line_example(page: LabelledLines, blocks: Blocks | None) -> Example:
    """A page as plain lines: with our labels where there are any, else with those of the page."""
    lines = split_lines(page.text)
    if blocks:
        labelled = np.array([mask([kind]) for kind in kinds_of(lines, blocks)])
    else:
        own: dict[int, int] = {}
        start = 0
        for line, is_body in page.lines:
            own[start + len(line) - len(line.lstrip())] = is_body
            start += len(line) + 1
        inside, outside = mask(_IN_ARTICLE), mask(_ROUND_ARTICLE)
        labelled = np.array([inside if own.get(line.span.start) else outside for line in lines])
    return make_example(page.name, lines, labelled)


def page_examples(data: Path, labels: Mapping[str, Blocks]) -> Iterator[Example]:
    """The labelled pages as HTML: what is in the article's words is of the article; the kinds are our labels', by the
    words of the line, where there are any."""
    folder = data / "reading" / "pages"
    truth: Mapping[str, Any] = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    kinds = {page.name: _kinds_by_words(page, labels) for page in read_lines(data)}
    for name in sorted(truth):
        source = decode(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())).text
        page = take_apart(source)
        labelled = _in_article(page, truth[name]["articleBody"], kinds.get(name, {}))
        yield make_example(name, page.lines, labelled, title=page.facts.title)


def _kinds_by_words(page: LabelledLines, labels: Mapping[str, Blocks]) -> dict[str, set[str]]:
    blocks = labels.get(hash_text(page.text))
    if blocks is None:
        return {}
    lines = split_lines(page.text)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for line, kind in zip(lines, kinds_of(lines, blocks), strict=True):
        kinds[" ".join(line.text.split())].add(kind)
    return kinds


def _in_article(page: Page, article: str, kinds: Mapping[str, set[str]]) -> Mask:
    """Which kinds each line of a page may have, by the article's words and by our labels, as far as they agree."""
    shares = kept_shares([line.text for line in page.lines], article.split("\n"))
    rows = []
    for line, share in zip(page.lines, shares, strict=True):
        allowed = _IN_ARTICLE if share > 0.5 else _ROUND_ARTICLE
        rows.append(mask(allowed & kinds.get(line.text, set()) or allowed))
    return np.array(rows)
