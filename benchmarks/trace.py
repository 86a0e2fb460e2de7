"""How fast and how surely tellings are traced in a large library, beside brute force and beside full-text search alone.

The library (see `trace_library`) is made once in the folder of `--at`. Warm: a library that stays open, each question
asked once. Cold: the whole command in a new process. Peers: the cosines of float vectors of as many statements, one
after the other with no index (time only: the vectors are random); and the phrase alone in SQLite's FTS5, as it is kept
here.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from sqlalchemy import Engine

from benchmarks.retellings import LABELS, read_stories
from benchmarks.trace_library import Telling, build, planted_tellings, word_counts
from retold import Library, Trace
from retold.article import Article, Span
from retold.language.vectors import WIDTH, text_vectors
from retold.language.words import words_in
from retold.library.asking.asked import Asked
from retold.library.opening import connect
from retold.library.place import find_place
from retold.library.query import Query, forms_of
from retold.library.words import find_in_order

_COMMON = (
    "the government said that people want a new plan this year",
    "the president told the people that he would work for the country",
    "they said it was time for a new government",
    "we want to make this country work for people",
    "one of the most important things is that people have work",
)  # nobody is planted to have said them: what is measured is what common words cost
_KINDS = ("exact", "trimmed", "reworded", "running")
_COLD_RUNS = 7
_LEAST_ASKED = 4  # content words: of fewer nobody asks where they were said


class Timed(NamedTuple):
    """What a question cost, in seconds: on the clock, and of the processor."""

    wall: float
    processor: float


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `trace` to the benchmarks' commands."""
    parser = commands.add_parser("trace", help="how fast, and how surely, are tellings traced in a large library?")
    parser.add_argument("--data", type=Path, required=True, help="the folder with statements/ and retelling/")
    parser.add_argument("--at", type=Path, required=True, help="the folder where the library is kept, once made")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=150, help="sentences that are planted and traced")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the library where it is not there yet, ask, and print what it took and what was found."""
    queries, tellings = planted_tellings(options.data / "retelling/machine_rewrites_news.jsonl", options.queries)
    path = options.at / f"{options.articles}-{len(queries)}.db"
    if not path.exists():
        options.at.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        build(part, options.articles, word_counts(options.data / "statements/polnear_train.jsonl"), tellings)
        part.rename(path)
    print(f"{options.articles:,} articles, {path.stat().st_size / 1e6:,.0f} MB; load {os.getloadavg()[0]:.1f}")
    _measure_warm(path, queries, tellings)
    _measure_cold(path, queries)
    _measure_peers(path, queries, tellings)
    _print_real(options.data)
    return 0


def _measure_warm(path: Path, queries: Sequence[str], tellings: Sequence[Telling]) -> None:
    with Library(path) as library:
        opening = _time(library.trace, "a sentence that opens the library and loads what it needs")
        _print_times("first question of a process", [opening])
        times, answers = [], []
        for query in queries:
            answers.append(library.trace(query))
            times.append(_time(library.trace, f"{query} again"))
        _print_times("warm, planted sentences", times)
        _print_times("warm, common words", [_time(library.trace, words) for words in _COMMON])
        _print_found(queries, tellings, answers)


def _print_found(queries: Sequence[str], tellings: Sequence[Telling], answers: Sequence[Trace]) -> None:
    """The part of the planted tellings that were found, by kind; and how many others were shown for a question."""
    known = {telling.words.rstrip(".,!?") for telling in tellings}
    for kind in _KINDS:
        planted = [telling for telling in tellings if telling.kind == kind]
        found = sum(
            any(_tells(one.passage.words, telling) for one in answers[telling.query].tellings) for telling in planted
        )
        print(f"recall, {kind:9} {found / len(planted):.3f} of {len(planted)}")
    others = sum(
        not any(_core(one.passage.words) == _core(words) for words in known) for a in answers for one in a.tellings
    )
    print(f"shown although not planted: {others} in {len(queries)} answers")


def _tells(shown: str, telling: Telling) -> bool:
    return _core(shown) == _core(telling.words)


def _core(words: str) -> str:
    """Words without what stands around a quotation, and case."""
    return words.strip("“”,. !?").casefold()


def _print_real(data: Path) -> None:
    """Statements of real stories, each traced among those of its story: how many of those that are called a telling of
    it the labels of `benchmarks.retellings` have for one utterance."""
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wanted = 0
    for story in read_stories(LABELS / "retellings.jsonl", data):
        told = {name: _words_of(story.reports[one.doc_id], one.content) for name, one in story.statements.items()}
        vectors = text_vectors(list(told.values()))
        asked = {name: Asked(words) for name, words in told.items()}
        for (i, one), (j, other) in permutations(enumerate(told), 2):
            if len(asked[one].content) < _LEAST_ASKED:
                continue
            labelled = frozenset((one, other)) in story.links
            wanted += labelled
            if relation := asked[one].relate(asked[other].words, float(vectors[i] @ vectors[j])):
                found[relation.match] += 1
                right[relation.match] += labelled
    print(f"real stories: {sum(right.values())} of {wanted} labelled pairs found; of what is called a telling")
    for kind, count in found.items():
        print(f"real stories, {kind:9} {right[kind]} of {count} labelled as one utterance")


def _words_of(article: Article, spans: Iterable[Span]) -> str:
    return " ".join(article.words(spans).split())


def _measure_cold(path: Path, queries: Sequence[str]) -> None:
    times = []
    for query in queries[:_COLD_RUNS]:
        before = os.times()
        command = [sys.executable, "-m", "retold", "trace", query, "--library", str(path), "--json"]
        wall = _time(_run, command).wall
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        times.append(Timed(wall, spent))
    _print_times("cold, the whole command", times)


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _measure_peers(path: Path, queries: Sequence[str], tellings: Sequence[Telling]) -> None:
    engine = connect(find_place(path), kept=True)
    times = [_time(_phrase, engine, query) for query in queries]
    _print_times("peer: FTS5, the phrase alone", times)
    rows = np.random.default_rng(0).standard_normal((_count(engine), WIDTH), np.float32)
    vectors = text_vectors(list(queries[:5]))
    _print_times("peer: float cosines, brute force", [_time(rows.__matmul__, vector) for vector in vectors])
    hits = [telling for telling in tellings if telling.said and _phrase_is_in(queries[telling.query], telling.words)]
    for kind in _KINDS[:3]:
        planted = sum(telling.kind == kind for telling in tellings)
        print(f"peer: the phrase alone has {kind:9} {sum(one.kind == kind for one in hits) / planted:.3f} of {planted}")
    engine.dispose()


def _phrase(engine: Engine, query: str) -> list[int]:
    with engine.connect() as connection:
        return find_in_order(connection, "statement_words", Query((_forms(query),)), 1_000)


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM statements").scalar_one())


def _forms(text: str) -> tuple[tuple[str, ...], ...]:
    return forms_of(word for word in words_in(text, (Span(0, len(text)),)) if word.content)


def _phrase_is_in(query: str, text: str) -> bool:
    wanted, there = _forms(query)[0], _forms(text)[0]
    return any(there[start : start + len(wanted)] == wanted for start in range(len(there)))


def _time(work: Callable[..., object], *given: object) -> Timed:
    wall, processor = time.perf_counter(), time.process_time()
    work(*given)
    return Timed(time.perf_counter() - wall, time.process_time() - processor)


def _print_times(what: str, times: Sequence[Timed]) -> None:
    walls = [1000 * one.wall for one in times]
    processor = median(1000 * one.processor for one in times)
    print(
        f"{what:34} median {median(walls):7.0f} ms, worst {max(walls):7.0f} ms, processor {processor:7.0f} ms",
        flush=True,
    )
