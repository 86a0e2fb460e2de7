"""One index that grows: what a thousand articles more cost when it holds ten thousand, and when it holds a million.

Two more processes write the articles and fingerprint them; this one keeps them and looks each up. Writing is the
benchmark's own work, and its time is told apart. Into every batch a few articles are planted. At each size copies of
planted ones are looked up, and whatever else is found with them counts as wrong.
"""

import resource
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.random import default_rng

from benchmarks.copies.generator import COLUMNS, Copyist, Model, Words
from benchmarks.copies.shelf import Shelf
from retold.stories.fingerprints import fingerprint
from retold.stories.postings import Keys

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
_BATCH = 10_000
_PLANTED = 20  # articles in each batch
_ASKED = 200  # planted articles of which copies are looked up
_WORKERS = 2
_MEBI = 1024  # what Linux counts ru_maxrss in, to mebibytes


@dataclass(frozen=True)
class Step:
    """The index when it holds `articles`. Microseconds of CPU time for each article since the step before; megabytes
    (millions of bytes) and mebibytes; `seconds` and `written`: on the clock since the start, and CPU time that writing
    articles took. `single`: milliseconds of CPU time to look up one article by itself.
    """

    articles: int
    fingerprint: float
    lookup: float
    insert: float
    seconds: float
    written: float
    disk_megabytes: float
    peak_mebibytes: float
    single: float
    recall: dict[str, float]
    precision: float


class Batch(NamedTuple):
    """The fingerprints of a batch, CPU seconds for writing and fingerprinting, and the worker's peak memory."""

    keys: list[Keys]
    wrote: float
    fingerprinted: float
    peak: float


_model: Model | None = None  # of a worker process


def _begin(model: Model) -> None:
    global _model
    _model = model


def _make_batch(number: int) -> Batch:
    assert _model
    started = time.process_time()
    texts = [" ".join(words) for words in [*planted(_model, number), *_fill(_model, number)]]
    wrote = time.process_time()
    keys = fingerprint(texts)
    return Batch(keys, wrote - started, time.process_time() - wrote, _peak())


def planted(model: Model, batch: int) -> list[Words]:
    """The articles that a batch begins with, and of which copies are asked for."""
    return model.articles(_PLANTED, default_rng([1, batch]))


def _fill(model: Model, batch: int) -> list[Words]:
    return model.articles(_BATCH - _PLANTED, default_rng([2, batch]))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEBI


def measure_growth(model: Model, most: int) -> list[Step]:
    """Add articles up to so many (rounded up to whole batches)."""
    steps: list[Step] = []
    with TemporaryDirectory() as folder, ProcessPoolExecutor(_WORKERS, None, _begin, (model,)) as pool:
        growth = _Growth(model, Path(folder) / "copies.sqlite")
        for number, batch in enumerate(_make_batches(pool, -(-most // _BATCH)), 1):
            growth.take(batch)
            if number * _BATCH in (*SIZES, most):
                steps.append(growth.step(number))
                print_growth(steps[-1:], header=len(steps) == 1)
        growth.close()
    return steps


def _make_batches(pool: Executor, count: int) -> Iterator[Batch]:
    """Batches in order, of which as many are being made as there are workers."""
    waiting = deque(pool.submit(_make_batch, number) for number in range(min(_WORKERS, count)))
    for number in range(_WORKERS, count + _WORKERS):
        batch = waiting.popleft().result()
        if number < count:
            waiting.append(pool.submit(_make_batch, number))
        yield batch


class _Growth:
    """The index, and what was spent on it since the last step."""

    def __init__(self, model: Model, path: Path) -> None:
        self._model, self._shelf = model, Shelf(path)
        self._started = time.perf_counter()
        self._written = self._fingerprinted = 0.0
        self._peaks: list[float] = []
        self._last = 0

    def take(self, batch: Batch) -> None:
        """Keep a batch and look each of its articles up."""
        numbers = self._shelf.add(batch.keys)
        self._shelf.find(batch.keys, numbers)
        self._written += batch.wrote
        self._fingerprinted += batch.fingerprinted
        self._peaks.append(batch.peak)

    def step(self, batches: int) -> Step:
        """What the last articles cost, and what is found now. The time of these questions is left out."""
        articles = batches * _BATCH
        seconds = time.perf_counter() - self._started
        costs = [self._fingerprinted, self._shelf.cpu["lookup"], self._shelf.cpu["insert"]]
        fingerprinted, lookup, insert = (1e6 * cost / (articles - self._last) for cost in costs)
        peak = _peak() + _WORKERS * max(self._peaks)
        recall, precision, single = self._ask(batches)
        self._last, self._fingerprinted, self._shelf.cpu = articles, 0.0, {"lookup": 0.0, "insert": 0.0}
        self._started += time.perf_counter() - self._started - seconds
        return Step(
            articles,
            fingerprinted,
            lookup,
            insert,
            seconds,
            self._written,
            self._shelf.megabytes(),
            peak,
            single,
            recall,
            precision,
        )

    def _ask(self, batches: int) -> tuple[dict[str, float], float, float]:
        """Recall by column, precision, and milliseconds for one question."""
        random = default_rng(batches)
        chosen = np.sort(random.choice(batches * _PLANTED, min(_ASKED, batches * _PLANTED), replace=False))
        numbers = (chosen // _PLANTED * _BATCH + chosen % _PLANTED + 1).tolist()
        originals = [planted(self._model, int(one) // _PLANTED)[int(one) % _PLANTED] for one in chosen]
        copyist = Copyist(self._model, random)
        recall, right, found = {}, 0, 0
        for column, copy in COLUMNS.items():
            answers = self._shelf.find(fingerprint([" ".join(copy(copyist, words)) for words in originals]))
            sets = [{reuse.number for reuse in answer} for answer in answers]
            hit = sum(number in each for number, each in zip(numbers, sets, strict=True))
            recall[column] = hit / len(numbers)
            right, found = right + hit, found + sum(map(len, sets))
        return recall, right / max(1, found), self._time_singles(fingerprint([" ".join(words) for words in originals]))

    def _time_singles(self, key_sets: Sequence[Keys]) -> float:
        started = time.process_time()
        for keys in key_sets:
            self._shelf.find([keys])
        return 1e3 * (time.process_time() - started) / len(key_sets)

    def close(self) -> None:
        self._shelf.close()


def print_growth(steps: Sequence[Step], *, header: bool = True) -> None:
    """A line for each step."""
    if header:
        print("   articles | CPU µs an article: fingerprint, look-up, insert | s | of it CPU s for writing articles")
        print("            | disk MB per 1,000 | peak MiB | one look-up ms | recall by column | precision", flush=True)
    for step in steps:
        cells = (
            f"{step.articles:>11,}",
            f"{step.fingerprint:.0f}, {step.lookup:.0f}, {step.insert:.0f}",
            f"{step.seconds:.0f}",
            f"{step.written:.0f}",
            f"{1000 * step.disk_megabytes / step.articles:.2f}",
            f"{step.peak_mebibytes:.0f}",
            f"{step.single:.2f}",
            " ".join(f"{value:.3f}" for value in step.recall.values()),
            f"{step.precision:.4f}",
        )
        print(" | ".join(cells), flush=True)


def plot_growth(steps: Sequence[Step], path: Path) -> None:
    """CPU time of an article by the size of the index, as a picture."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.5), layout="constrained")
    parts: dict[str, Callable[[Step], float]] = {
        "fingerprint": lambda step: step.fingerprint,
        "look-up": lambda step: step.lookup,
        "insert": lambda step: step.insert,
    }
    for name, part in parts.items():
        axes.plot([step.articles for step in steps], [part(step) for step in steps], marker="o", label=name)
    axes.set(xscale="log", ylim=(0, None), xlabel="articles in the index", ylabel="CPU µs an article")
    axes.legend()
    figure.savefig(path)
