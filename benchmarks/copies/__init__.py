"""Copies among many articles: how many are found, how many findings are right, how fast, and what peers do.

Five kinds of copies (syndicated, trimmed to half, edited, a third of the words changed, embedded in a page three times
as long) of articles that a Markov model wrote, and of real ones; then pairs of real versions and of independent
reports. The model is fitted on the public articles whose SHA-256 begins with an odd byte; settings were chosen on the
others (`--half even`), the version pairs at even places and the first 75 articles of BASIL. `--growth` adds a million
articles to one index instead.
"""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.copies.cases import (
    Document,
    independent_pairs,
    read_news,
    real_documents,
    score,
    share_a_run,
    synthetic_documents,
    version_pairs,
    without_quotations,
)
from benchmarks.copies.detectors import (
    Detector,
    run_datasketch,
    run_ensemble,
    run_rensa,
    run_retold,
    run_retold_singly,
    sketch_with_cminhash,
)
from benchmarks.copies.generator import COLUMNS, Model
from benchmarks.copies.growth import SIZES, measure_growth, plot_growth, print_growth
from retold.stories.fingerprints import fingerprint
from retold.stories.postings import Hits
from retold.stories.reuse import Reuse, find_reuse

_SEED = 20
_CHECKED = 1000  # findings that are wrong, of which it is asked whether the originals share text after all


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks copies`."""
    parser = commands.add_parser("copies", help=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with stories/, statements/ and reading/")
    parser.add_argument(
        "--half", choices=("even", "odd"), default="odd", help="even: those that settings were chosen on"
    )
    parser.add_argument("--documents", type=int, default=12_000, help="synthetic documents")
    parser.add_argument("--growth", type=int, nargs="?", const=SIZES[-1], metavar="N", help="add so many articles")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="with --growth: draw it (needs matplotlib)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print recall, precision and speed of all detectors, or how one index grows."""
    news = read_news(options.data, options.half)
    model = Model(news)
    if options.growth:
        steps = measure_growth(model, options.growth)
        print_growth(steps)
        if options.plot:
            plot_growth(steps, options.plot)
        return 0
    random = np.random.default_rng(_SEED)
    print_detectors("synthetic articles", synthetic_documents(model, options.documents, random))
    print_detectors("real articles", real_documents(news, model, random))
    print_pairs("versions of one report", version_pairs(options.data, options.half))
    print_pairs("independent reports of one event", independent_pairs(options.data, options.half))
    return 0


def print_detectors(title: str, documents: Sequence[Document]) -> None:
    """One row for each detector."""
    texts = [document.text for document in documents]
    words = np.mean([len(text.split()) for text in texts])
    print(f"\n{title}: {len(texts)} documents of {words:.0f} words; documents per CPU-second by step and together")
    columns = " ".join(f"{column:>13}" for column in COLUMNS)
    print(f"{'recall of':<32} {columns}  precision   sketch   lookup   insert  sketch + lookup  all three")
    for name, detect in _detectors().items():
        _print_row(name, detect, documents, texts)
    print(f"{'rensa CMinHash, sketch alone':<32} {len(texts) / sketch_with_cminhash(texts):>8.0f} per CPU-second")


def _detectors() -> dict[str, Detector]:
    return {
        "Retold": run_retold,
        "Retold, one at a time": run_retold_singly,
        "datasketch, likeness .5": partial(run_datasketch, threshold=0.5),
        "datasketch, likeness .2": partial(run_datasketch, threshold=0.2),
        "datasketch ensemble, contains .5": partial(run_ensemble, threshold=0.5),
        "rensa, likeness .5": partial(run_rensa, threshold=0.5),
        "rensa, likeness .2": partial(run_rensa, threshold=0.2),
    }


def _print_row(name: str, detect: Detector, documents: Sequence[Document], texts: Sequence[str]) -> None:
    found = detect(texts)
    scores = score(documents, found.pairs)
    recall = " ".join(f"{scores.recall[column]:>13.3f}" for column in COLUMNS)
    steps = (found.sketch, found.lookup, found.insert)
    speeds = " ".join(f"{len(texts) / max(seconds, 1e-9):>8.0f}" for seconds in steps)
    both = f"{len(texts) / sum(steps[:2]):>16.0f} {len(texts) / sum(steps):>10.0f}"
    checked = scores.wrong[:_CHECKED]
    shared = sum(share_a_run(documents[one], documents[other]) for one, other in checked)
    note = f"; {shared} of {len(checked)} not made as copies share 20 words in a row" if checked else ""
    print(f"{name:<32} {recall} {scores.precision:>10.4f} {speeds} {both}{note}", flush=True)


def print_pairs(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    """How many pairs are found to share text, with words in quotation marks and without them."""
    for note, read in (("all words", str), ("without quotations", without_quotations)):
        found = [found_between(read(one), read(other)) for one, other in pairs]
        kinds = [reuse.kind for reuse in found if reuse]
        counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(sorted(kinds)))
        print(f"{title}, {note}: {len(kinds)} of {len(pairs)} share text ({counts or 'none'})")


def found_between(one: str, other: str) -> Reuse | None:
    """What Retold says of two texts."""
    this, that = fingerprint([one, other])
    shared = len(np.intersect1d(this, that))
    hits = Hits(*(np.array([value]) for value in (0, 1, shared)))
    return next(iter(find_reuse([len(this)], hits, np.array([len(that)]))[0]), None)
