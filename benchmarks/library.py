"""What adding to a library costs, and how that grows with what is in it: time, disk and memory for a thousand articles.

Articles of a Markov model of public news (see `benchmarks.copies.generator`) are added in steps, each by a process of
its own, as `retold add` is run from day to day. `--whole` real articles are then added with their statements, to a
library of their own. After each step some questions are asked, each by a new process.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from benchmarks.copies.cases import read_news
from benchmarks.copies.generator import Model
from retold.library import Library

_SIZES = (0, 1_000, 3_000, 10_000, 30_000, 100_000)
_OUTLETS = 40
_DAYS = 60  # over which the articles are spread
_KIB = 1024  # what Linux counts ru_maxrss in
_QUESTIONS = (
    ("search", "search", "northern border", "--limit", "5"),
    ("stories", "stories", "--limit", "5"),
    ("trace", "trace", "we will not accept any deal at the border", "--limit", "5"),
)


class Cost(NamedTuple):
    """What a step of adding cost: seconds on the clock and of all cores, bytes of the file after it, peak memory."""

    seconds: float
    cpu: float
    file_bytes: int
    peak_bytes: int


class Row(NamedTuple):
    """A step: how many articles the library had after it, and how many came."""

    articles: int
    added: int
    cost: Cost
    grown_bytes: int


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks library`."""
    parser = commands.add_parser("library", help="what does adding to a library cost, and how does it grow?")
    parser.add_argument("--data", type=Path, help="the folder with stories/, statements/ and reading/")
    parser.add_argument("--articles", type=int, default=10_000, help="up to how many are added without statements")
    parser.add_argument("--whole", type=int, default=200, help="real articles that are added with their statements")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw it (needs matplotlib)")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print a row for each step; or, with --step, be the process of one."""
    if options.step:
        print(json.dumps(_add(*options.step)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        print("articles  came     articles/s  CPU ms/article  MB/1,000  peak MB  then, ms on the clock")
        rows = list(_steps(Path(folder), Model(read_news(options.data, "odd")), options.articles))
        print("with statements:")
        _whole(Path(folder), options.data, options.whole)
    if options.plot:
        plot(rows, options.plot)
    return 0


def _steps(folder: Path, model: Model, most: int) -> Iterator[Row]:
    random = np.random.default_rng(7)
    library, before = folder / "quick.db", 0
    for start, end in pairwise([size for size in _SIZES if size <= most]):
        file = folder / f"{end}.jsonl"
        write(file, [" ".join(words) for words in model.articles(end - start, random)], start)
        cost = _in_a_process("quick", library, file)
        row = Row(end, end - start, cost, cost.file_bytes - before)
        before = cost.file_bytes
        _show(row, " ".join(f"{name} {milliseconds:.0f}" for name, milliseconds in _ask(library)))
        yield row


def write(file: Path, texts: Sequence[str], first: int) -> None:
    """Articles as lines of bulk input, over some outlets and days."""
    rows = (
        {
            "id": str(number),
            "text": text,
            "url": f"https://news.example/{number}",
            "outlet": f"Outlet {number % _OUTLETS}",
            "published": str(np.datetime64("2031-01-01") + number % _DAYS),
        }
        for number, text in enumerate(texts, first)
    )
    file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def _whole(folder: Path, data: Path, count: int) -> None:
    lines = (data / "reading" / "noisy_articles.jsonl").read_bytes().splitlines()[:count]
    file, library = folder / "whole.jsonl", folder / "whole.db"
    write(file, [msgspec.json.decode(line)["content_original"] for line in lines], 0)
    cost = _in_a_process("whole", library, file)
    _show(Row(count, count, cost, cost.file_bytes), "")


def _in_a_process(way: str, library: Path, file: Path) -> Cost:
    command = [sys.executable, "-m", "benchmarks", "library", "--step", way, str(library), str(file)]
    return Cost(*json.loads(subprocess.run(command, check=True, capture_output=True).stdout.splitlines()[-1]))


def _add(way: str, place: str, file: str) -> Cost:
    started = time.perf_counter()
    with Library(place) as library:
        library.add([file], quick=way == "quick")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB
    return Cost(seconds, time.process_time(), Path(place).stat().st_size, peak)


def _ask(library: Path) -> Iterator[tuple[str, float]]:
    """How long each question takes in a new process: the second time, when the file is in the system's cache."""
    for name, *words in _QUESTIONS:
        command = [sys.executable, "-m", "retold", *words, "--library", str(library)]
        for _ in range(2):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
        yield name, (time.perf_counter() - started) * 1000


def _show(row: Row, asked: str) -> None:
    cost = row.cost
    print(
        f"{row.articles:>8,}  {row.added:>6,}  {row.added / cost.seconds:>9.1f}  {cost.cpu / row.added * 1e3:>14.1f}"
        f"  {row.grown_bytes / row.added / 1e3:>8.1f}  {cost.peak_bytes / 1e6:>7.0f}  {asked}",
        flush=True,
    )


def plot(rows: Sequence[Row], path: Path) -> None:
    """Time, disk and memory by the size of the library, as a picture."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 3, figsize=(9, 3), layout="constrained")
    sizes = [row.articles for row in rows]
    for place, (label, values) in enumerate(
        (
            ("CPU ms an article", [row.cost.cpu / row.added * 1e3 for row in rows]),
            ("MB on disk for 1,000 articles", [row.grown_bytes / row.added / 1e3 for row in rows]),
            ("peak memory, MB", [row.cost.peak_bytes / 1e6 for row in rows]),
        )
    ):
        axes[place].plot(sizes, values, marker="o")
        axes[place].set(xscale="log", ylim=(0, None), xlabel="articles in the library", title=label)
    figure.savefig(path)
