"""HTML pages: how much of the article is kept and how much else, beside the extractors that others use, in one run.

The measure is that of the article extraction benchmark of Scrapinghub: runs of four words that the kept text and the
labelled article have in common, as shares of either, averaged over pages; F1 of the two averages. Peers: trafilatura,
readability-lxml, resiliparse, newspaper4k (`pip install readability-lxml resiliparse "newspaper4k[nlp]"
lxml_html_clean`); one that is not installed is left out. Retold's weights learned from these pages too, so each page is
also read with weights that were learned without it and half of the others.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from time import process_time
from typing import Any, NamedTuple

from retold.reading.deciding import type_lines
from retold.reading.decoding import decode
from retold.reading.errors import ReadingError
from retold.reading.webpage import read_page, take_apart

_GRAM = 4
_WORD = re.compile(r"\w+")
_ARTICLE = frozenset({"body", "subhead", "quote-block", "dateline"})

Extract = Callable[[bytes], str]


class Page(NamedTuple):
    """A page as it was saved, and the words of its article."""

    name: str
    source: bytes
    article: str


class Score(NamedTuple):
    """Precision and recall, averaged over pages, and pages a second of one core."""

    precision: float
    recall: float
    speed: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def read_pages(folder: Path) -> Iterator[Page]:
    """The labelled pages, in the order of their names."""
    truth: Mapping[str, Any] = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name in sorted(truth):
        source = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Page(name, source, truth[name]["articleBody"])


def overlap(kept: str, article: str) -> tuple[float, float]:
    """Precision and recall of the runs of four words of one page."""
    found, wanted = _grams(kept), _grams(article)
    shared = (found & wanted).total()
    if found == wanted:
        return 1.0, 1.0
    return shared / found.total() if found else 0.0, shared / wanted.total() if wanted else 0.0


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if 0 < len(words) < _GRAM:
        return Counter([tuple(words)])
    return Counter(tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1))


def measure(pages: list[Page], extract: Extract) -> Score:
    """The score of one extractor; the first page is read once before the clock starts."""
    extract(pages[0].source)
    start = process_time()
    kept = [extract(page.source) for page in pages]
    seconds = process_time() - start
    scores = [overlap(text, page.article) for text, page in zip(kept, pages, strict=True)]
    return Score(fmean(p for p, _ in scores), fmean(r for _, r in scores), len(pages) / seconds)


# --- the extractors ------------------------------------------------------------------------------------------------


def by_retold(source: bytes) -> str:
    """The article's own running text: paragraphs, headings between them, datelines, block quotations."""
    try:
        page = read_page(decode(source).text)
    except ReadingError:
        return ""
    return "\n".join(page.text[block.start : block.end] for block in page.blocks if block.kind in _ARTICLE)


def by_halves(data: Path, pages: Sequence[Page]) -> dict[bytes, str]:
    """What Retold keeps of each page with weights that were learned without its half."""
    from benchmarks.reading.lines import learn_without

    kept: dict[bytes, str] = {}
    for half in (pages[::2], pages[1::2]):
        weights = learn_without(data, frozenset(page.name for page in half))
        for page in half:
            apart = take_apart(decode(page.source).text)
            labels = type_lines(apart.lines, title=apart.facts.title, weights=weights)
            found = zip(apart.lines, labels, strict=True)
            kept[page.source] = "\n".join(line.text for line, label in found if label.kind in _ARTICLE)
    return kept


def _trafilatura(favor_precision: bool) -> Extract:
    import trafilatura

    return lambda source: trafilatura.extract(source, include_comments=False, favor_precision=favor_precision) or ""


def _readability(source: bytes) -> str:
    from lxml.html import fromstring  # type: ignore[import-untyped]
    from readability import Document

    return str(fromstring(Document(source.decode("utf-8", "replace")).summary()).text_content())


def _resiliparse(source: bytes) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(source.decode("utf-8", "replace"), main_content=True))


def _newspaper(source: bytes) -> str:
    import newspaper

    article = newspaper.article("https://example.org/", language="en", input_html=source.decode("utf-8", "replace"))
    return str(article.text)


def extractors() -> dict[str, Extract]:
    """The extractors at hand, by name; Retold first."""
    found: dict[str, Extract] = {
        "Retold as shipped": by_retold,
        "trafilatura": _trafilatura(favor_precision=False),
        "trafilatura, for precision": _trafilatura(favor_precision=True),
    }
    peers = {"readability": ("readability-lxml", _readability), "newspaper": ("newspaper4k", _newspaper)}
    peers["resiliparse"] = ("resiliparse", _resiliparse)
    return found | {name: extract for module, (name, extract) in peers.items() if find_spec(module)}


def run(data: Path) -> None:
    """Print the table."""
    pages = list(read_pages(data / "reading" / "pages"))
    print(f"\nHTML: {len(pages)} pages, runs of {_GRAM} words\n")
    print("| extractor | precision | recall | F1 | pages a second of one core |\n|---|---|---|---|---|")
    kept = by_halves(data, pages)
    apart = measure(pages, lambda source: kept[source])
    print(f"| Retold, learned on the other half | {apart.precision:.3f} | {apart.recall:.3f} | {apart.f1:.3f} | |")
    for name, extract in extractors().items():
        score = measure(pages, extract)
        print(f"| {name} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {score.speed:.0f} |")
