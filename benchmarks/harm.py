"""Whether any real article crashes the statements, hangs them or loses its text.

Every article of the reading and stories data is read as a file or bulk line would be. The peer is how many
of them the `direct_quotations` of textacy refuses: those with an odd number of quotation marks (its documented error).
"""

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from retold.article import Article
from retold.reading import ReadingError, read_bytes, read_text
from retold.statements import find_statements

_SLOW = 10.0  # seconds
_TEXT_FIELDS = ("text", "content_original")


@dataclass
class Harm:
    """What became of the articles."""

    articles: int = 0
    refused: int = 0
    crashed: int = 0
    slow: int = 0
    without_text: int = 0
    spans_outside: int = 0
    statements: int = 0
    slowest_seconds: float = 0.0
    odd_marks: int = 0


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `harm` to the benchmarks' commands."""
    parser = commands.add_parser("harm", help="do real articles crash it, hang it or lose their text?")
    parser.add_argument("--data", type=Path, required=True, help="folder of the research data")
    parser.add_argument("--most", type=int, default=10_000, help="stop after so many articles")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the counts as one JSON object."""
    harm = Harm()
    for name, data in _inputs(options.data):
        if harm.articles == options.most:
            break
        harm.articles += 1
        _try(harm, name, data)
    print(json.dumps(asdict(harm)))
    return 0


def _inputs(folder: Path) -> Iterator[tuple[str, str | bytes]]:
    """Each article by name: a text, or the bytes of a page."""
    for path in sorted([*(folder / "stories").glob("*.jsonl"), folder / "reading" / "noisy_articles.jsonl"]):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            text = next(row[field] for field in _TEXT_FIELDS if field in row)
            if text.strip():  # some rows of ECB+ are empty
                yield f"{path.name}:{number}", text
    for path in sorted((folder / "reading" / "pages" / "html").glob("*.html.gz")):
        yield path.name.removesuffix(".gz"), gzip.decompress(path.read_bytes())


def _try(harm: Harm, name: str, data: str | bytes) -> None:
    began = time.perf_counter()
    try:
        article = read_text(data, name=name) if isinstance(data, str) else read_bytes(data, name=name)
        statements = find_statements(article)
    except ReadingError:  # a clear answer: not English, or no text
        harm.refused += 1
        return
    except Exception as error:  # that is what is counted
        harm.crashed += 1
        print(f"{name}: {type(error).__name__}: {error}")
        return
    seconds = time.perf_counter() - began
    harm.slow += seconds > _SLOW
    harm.slowest_seconds = max(harm.slowest_seconds, seconds)
    harm.statements += len(statements)
    harm.without_text += not article.text.strip() or (isinstance(data, str) and article.text != data)
    harm.spans_outside += any(not _inside(article, one.source + one.cue + one.content) for one in statements)
    harm.odd_marks += sum(article.text.count(mark) for mark in '"“”') % 2


def _inside(article: Article, spans: tuple[tuple[int, int], ...]) -> bool:
    return all(any(block.start <= start < end <= block.end for block in article.own_blocks()) for start, end in spans)
