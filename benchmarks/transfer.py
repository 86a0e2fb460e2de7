"""What the export and the import of a library cost, in time and memory: for a library, and for one of a tenth of it.

The articles are invented, in words that mean nothing, with as many words to index as real ones and their statements
have. Each step runs in a process of its own, whose peak memory is then told: where it does not grow with the library,
rows are streamed.
"""

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, insert

from retold.article import Article, Block, Origin, Span
from retold.library import Library, schema
from retold.library.codes import CODE_BYTES
from retold.library.moments import now
from retold.library.opening import bring_up_to_date, open_for_writing
from retold.library.place import find_place
from retold.library.records import pack_article, pack_entities, pack_statement
from retold.library.storing import store_publication
from retold.library.transfer.manifest import FORMS
from retold.statements.statement import Speaker, Statement

_KIB = 1024 / 1_000_000  # megabytes in what Linux counts ru_maxrss in
_WORDS, _SENTENCE = 350, 35  # of an article: half of a real one, as each of its sentences is a statement here
_SEED = 7
_SYLLABLES = ("bar", "del", "fon", "ga", "hel", "ki", "lor", "mu", "nat", "pe", "ris", "sol", "ta", "ven", "wo", "zim")
_HOW = "invented"


class Cost(NamedTuple):
    """What a step took. `cpu`: seconds of all cores; `megabytes`: of what it wrote; `peak`: megabytes of memory."""

    seconds: float
    cpu: float
    megabytes: float
    peak: float


def make_library(place: str, count: int) -> None:
    """Keep so many invented articles in a new library. Its indexes stay empty: they are not exported."""
    engine = open_for_writing(find_place(place))
    bring_up_to_date(engine)
    articles = _invent(count)
    with engine.execution_options(writes=True).begin() as connection:
        for number, article in enumerate(articles, start=1):
            _store(connection, number, article)
    engine.dispose()


def _store(connection: Connection, number: int, article: Article) -> None:
    kept = {"number": number, "article": number, "added": now()}
    connection.execute(
        insert(schema.articles), {**kept, "id": article.id, "text": article.text, "record": pack_article(article)}
    )
    store_publication(connection, number, article)
    vectors = random.Random(number).randbytes(CODE_BYTES * len(article.blocks))
    found = {"vectors": vectors, "entities": pack_entities(())}
    connection.execute(insert(schema.readings), {**kept, "version": _HOW, "current": True, **found})
    statements = [_statement(article, block) for block in article.blocks]
    first = (number - 1) * len(statements) + 1
    rows = [
        {"number": first + place, "reading": number, "article": number, "id": one.id, "place": place}
        | {"record": pack_statement(one)}
        for place, one in enumerate(statements)
    ]
    connection.execute(insert(schema.statements), rows)
    speakers = [{"statement": row["number"], "place": 0, "name": "Ada Venn", "folded": "ada venn"} for row in rows]
    connection.execute(insert(schema.speakers), speakers)


def _invent(count: int) -> Iterator[Article]:
    chance = random.Random(_SEED)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(20_000)]
    for number in range(count):
        words = chance.choices(vocabulary, k=_WORDS)
        sentences = [" ".join(words[at : at + _SENTENCE]) + "." for at in range(0, _WORDS, _SENTENCE)]
        yield _article(number, "\n\n".join(sentences))


def _article(number: int, text: str) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    ends = [at for at in range(len(text)) if text[at : at + 2] == "\n\n"] + [len(text)]
    starts = [0, *(end + 2 for end in ends[:-1])]
    blocks = tuple(
        Block(kind="body", start=start, end=end, reason="it is invented", how=_HOW)
        for start, end in zip(starts, ends, strict=True)
    )
    return Article(
        id=digest[:12], input=f"in.jsonl:{number + 1}", url=f"https://invented.example/{number}", sha256=digest,
        text=text, blocks=blocks, origin=(Origin(0, len(text), 0, len(text)),), how=_HOW,
    )  # fmt: skip


def _statement(article: Article, block: Block) -> Statement:
    source, content = Span(block.start, block.start + 9), Span(block.start + 20, block.end)
    return Statement(
        id=f"{article.id}-{block.start:08x}", article=article.id, kind="indirect", source=(source,), cue=(),
        content=(content,), speakers=(Speaker(name="Ada Venn", mention=source, how=_HOW),), how=_HOW,
    )  # fmt: skip


def step(name: str, place: str, folder: str) -> Cost:
    """Export the library at a place into a folder, as the form that is named, or import it from there."""
    started = time.perf_counter()
    with Library(place) as library:
        if name == "import":
            library.import_(folder)
        else:
            library.export(folder, form="parquet" if name == "parquet" else "jsonl")
    seconds = time.perf_counter() - started
    written = [Path(place)] if name == "import" else list(Path(folder).iterdir())
    megabytes = sum(path.stat().st_size for path in written) / 1_000_000
    return Cost(seconds, time.process_time(), megabytes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB)


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `transfer` to the benchmarks' commands."""
    parser = commands.add_parser("transfer", help="what do the export and the import of a library cost?")
    parser.add_argument("--articles", type=int, default=10_000, help="in the larger of the two libraries")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do every step for both libraries, and print a table; or, with --step, be the process of one."""
    if options.step:
        print(json.dumps(step(*options.step)))
        return 0
    print("articles  step             seconds  CPU s  CPU s/1,000  written MB  peak MB")
    for count in (options.articles // 10, options.articles):
        with tempfile.TemporaryDirectory() as folder:
            _run_all(Path(folder), count)
    return 0


def _run_all(folder: Path, count: int) -> None:
    library = folder / "library.db"
    make_library(str(library), count)
    for form in FORMS:
        _print(count, f"export {form}", _apart(form, library, folder / form))
    for form in FORMS:
        _print(count, f"import {form}", _apart("import", folder / f"{form}.db", folder / form))


def _apart(name: str, place: Path, folder: Path) -> Cost:
    command = [sys.executable, "-m", "benchmarks", "transfer", "--step", name, str(place), str(folder)]
    return Cost(*json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


def _print(count: int, name: str, cost: Cost) -> None:
    times = f"{cost.seconds:8.1f} {cost.cpu:6.1f} {cost.cpu / count * 1000:12.2f}"
    print(f"{count:8,}  {name:15} {times} {cost.megabytes:11.1f} {cost.peak:8.0f}", flush=True)
