"""How well articles about one event are put together as they arrive, and how fast, beside peers.

ECB+ and NewsWCL50 are scored by weights that saw the topic of neither article; the shipped weights have learned from
both, so that figures with them are told apart. From BASIL nothing was learned. The settings of the clustering were
chosen on ECB+, NewsWCL50 and 24 events of BASIL ("seen"); the other 25 ("unseen") were kept for these figures.

Peers: single-pass clustering by tf-idf (an article joins the story whose centroid is nearest; Allan et al. 1998), with
the idf of the set itself; and average linkage of the vectors of headline and lead, without a stream. Each has the one
cut with which it does best on the mean of the sets, which flatters it.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from training.stories import learn_crossed, odds_by, pairs_of

from benchmarks.story_sets import SETS, BCubed, Labelled, b_cubed, read_set
from retold.article import Span
from retold.language.words import words_in
from retold.stories import MemoryIndex, MemoryStore, Profile, Stories, make_profiles
from retold.stories.likeness import log_odds
from retold.stories.signs import read_signs
from retold.stories.stream import Comparer

_ORDERS = 5  # shufflings of the order of arrival
_SEEN = 24  # events of BASIL that settings were chosen on, the first by their ids
_CUTS = np.arange(0.1, 0.7, 0.02)

Matrix = NDArray[np.float64]


class Arrival(NamedTuple):
    """An article with its profile."""

    labelled: Labelled
    profile: Profile


Arrivals = Sequence[Arrival]


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks stories`."""
    parser = commands.add_parser("stories", help=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with stories/")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the figures of Retold and of the peers."""
    began = time.perf_counter()
    labelled = {name: read_set(options.data, name) for name in SETS}
    count = sum(map(len, labelled.values()))
    print(f"{count} articles read, {count / (time.perf_counter() - began):.0f} a second")
    sets = {name: _profiled(some) for name, some in labelled.items()}
    compare = crossed_comparer([sets["ecbplus"], sets["newswcl50"]])
    streams = {**sets, **_halves(sets["basil"]), "all in one": [one for some in sets.values() for one in some]}
    for name, arrivals in streams.items():
        _print_stream(name, arrivals, compare)
    print("with the shipped weights, which have seen ECB+ and NewsWCL50:")
    for name, arrivals in streams.items():
        print(f"  {name:<13}", score(stream(arrivals, log_odds), arrivals))
    _print_speed(labelled)
    _print_errors(streams["all in one"], compare)
    _print_peer("single-pass tf-idf", sets, {name: _single_pass(some) for name, some in sets.items()})
    _print_peer("average linkage of vectors", sets, {name: _linkage(some) for name, some in sets.items()})
    return 0


def _profiled(labelled: Sequence[Labelled]) -> list[Arrival]:
    profiles = make_profiles([one.article for one in labelled])
    return [Arrival(one, profile) for one, profile in zip(labelled, profiles, strict=True)]


def _halves(basil: Arrivals) -> dict[str, list[Arrival]]:
    seen = set(sorted({one.labelled.story for one in basil})[:_SEEN])
    return {
        "basil, seen": [one for one in basil if one.labelled.story in seen],
        "basil, unseen": [one for one in basil if one.labelled.story not in seen],
    }


def crossed_comparer(sets: Sequence[Arrivals]) -> Comparer:
    """Compares two articles by weights that were learned without the folds of both."""
    learned = learn_crossed([pairs_of([a.labelled for a in some], [a.profile for a in some]) for some in sets])
    folds = {id(arrival.profile): arrival.labelled.fold for some in sets for arrival in some}

    def compare(one: Profile, others: Sequence[Profile]) -> Matrix:
        odds = np.zeros(len(others))
        signs = read_signs(one, others) if others else np.zeros((0, 0))
        for place, other in enumerate(others):
            held = frozenset(fold for end in (one, other) if (fold := folds.get(id(end))) is not None)
            odds[place] = odds_by(learned[held], signs[place : place + 1])[0]
        return odds

    return compare


def stream(arrivals: Arrivals, compare: Comparer, changes: Counter[str] | None = None) -> list[int]:
    """The story of each article after all have arrived one by one. `changes`: counts what was told by kind."""
    store = MemoryStore()
    stories = Stories(store, MemoryIndex(), compare)
    for number, arrival in enumerate(arrivals):
        told = stories.add(number, arrival.profile)
        if changes is not None:
            changes.update(change.kind for change in told)
    found = store.stories_of(range(len(arrivals)))
    return [found[number] for number in range(len(arrivals))]


def score(found: Sequence[int], arrivals: Arrivals) -> BCubed:
    """How well the stories that were found are those that people told."""
    return b_cubed(found, [arrival.labelled.story for arrival in arrivals])


def _print_stream(name: str, arrivals: Arrivals, compare: Comparer) -> None:
    changes: Counter[str] = Counter()
    found = stream(arrivals, compare, changes)
    print(f"{name:<13} {len(arrivals):4d} articles  {score(found, arrivals)}")
    print(f"  changes: {', '.join(f'{count} {kind}' for kind, count in changes.most_common())}")
    scores, agreements = [], []
    for seed in range(_ORDERS):
        order = random.Random(seed).sample(range(len(arrivals)), len(arrivals))
        shuffled = stream([arrivals[place] for place in order], compare)
        scores.append(score(shuffled, [arrivals[place] for place in order]).f1)
        agreements.append(b_cubed(shuffled, [found[place] for place in order]).f1)
    print(
        f"  {_ORDERS} shuffled orders: F1 mean {fmean(scores):.3f}, least {min(scores):.3f}; "
        f"B³ against the first order at least {min(agreements):.3f}"
    )


def _print_speed(labelled: Mapping[str, Sequence[Labelled]]) -> None:
    articles = [one.article for some in labelled.values() for one in some]
    began, worked = time.perf_counter(), time.process_time()
    profiles = make_profiles(articles)
    made = time.perf_counter()
    stories = Stories(MemoryStore(), MemoryIndex())
    for number, profile in enumerate(profiles):
        stories.add(number, profile)
    ended = time.perf_counter()
    count = len(articles)
    size = fmean(len(profile.to_bytes()) for profile in profiles)
    print(
        f"{count / (ended - began):.0f} documents a second, vectors included: {1000 * (made - began) / count:.1f} ms "
        f"for a profile (of {size:.0f} bytes), {1000 * (ended - made) / count:.1f} ms to add it; "
        f"{1000 * (time.process_time() - worked) / count:.1f} ms of one core's work in all"
    )


def _print_errors(arrivals: Arrivals, compare: Comparer) -> None:
    """Which stories came to be one, and which several."""
    places: dict[str, Counter[int]] = defaultdict(Counter)
    for story, arrival in zip(stream(arrivals, compare), arrivals, strict=True):
        places[arrival.labelled.story][story] += 1
    together: dict[int, list[str]] = defaultdict(list)
    for name, found in places.items():
        together[found.most_common(1)[0][0]].append(name)
    for merged in together.values():
        if len(merged) > 1:
            print("  made one:", " + ".join(f"{name} ({places[name].total()})" for name in merged))
    for name, found in places.items():
        if len(found) > 1:
            print(f"  made several: {name}:", " + ".join(str(count) for _, count in found.most_common()))


Partitions = Callable[[float], list[int]]


def _print_peer(peer: str, sets: Mapping[str, Arrivals], partitions: Mapping[str, Partitions]) -> None:
    scores = {cut: [score(partitions[name](cut), sets[name]).f1 for name in sets] for cut in _CUTS.tolist()}
    best = max(scores, key=lambda cut: fmean(scores[cut]))
    told = ", ".join(f"{name} {one:.3f}" for name, one in zip(sets, scores[best], strict=True))
    print(f"{peer}, cut {best:.2f}: {told}")


def _single_pass(arrivals: Arrivals) -> Partitions:
    vectors = _tf_idf([" ".join(filter(None, (a.labelled.article.title, a.labelled.article.text))) for a in arrivals])
    products = vectors @ vectors.T
    return lambda cut: _assign(products, cut)


def _assign(products: Matrix, cut: float) -> list[int]:
    """The story of each article by the products of all vectors, in the order of arrival."""
    count = len(products)
    sums, squares = np.zeros((count, count)), np.zeros(count)  # a centroid's products with vectors, and with itself
    found: list[int] = []
    stories = 0
    for place in range(count):
        likeness = sums[:stories, place] / np.sqrt(squares[:stories])
        nearest = int(likeness.argmax()) if stories and likeness.max() >= cut else stories
        stories = max(stories, nearest + 1)
        squares[nearest] += 2 * sums[nearest, place] + products[place, place]
        sums[nearest] += products[place]
        found.append(nearest)
    return found


def _tf_idf(texts: Sequence[str]) -> Matrix:
    """The vectors [texts, roots] of length 1 of texts, of roots that two of them use."""
    counts = [Counter(word.root for word in words_in(text, [Span(0, len(text))]) if word.content) for text in texts]
    used = Counter(root for one in counts for root in one)
    columns = {root: column for column, root in enumerate(sorted(root for root, texts in used.items() if texts > 1))}
    vectors = np.zeros((len(texts), len(columns)))
    for row, one in enumerate(counts):
        for root, count in one.items():
            if root in columns:
                vectors[row, columns[root]] = (1 + np.log(count)) * np.log(len(texts) / used[root])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors


def _linkage(arrivals: Arrivals) -> Partitions:
    vectors = np.stack([arrival.profile.vector for arrival in arrivals]).astype(float)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    merges = list(_average_linkage(vectors @ vectors.T))

    def partition(cut: float) -> list[int]:
        found = list(range(len(arrivals)))
        for first, second, likeness in merges:
            if likeness >= cut:
                found = [first if one == second else one for one in found]
        return found

    return partition


def _average_linkage(means: Matrix) -> Iterator[tuple[int, int, float]]:
    """Which two groups become one, named by a member of each, from the nearest on, and how like they are."""
    means = means.copy()
    np.fill_diagonal(means, -np.inf)
    sizes = np.ones(len(means))
    for _ in range(len(means) - 1):
        first, second = sorted(divmod(int(means.argmax()), len(means)))
        yield first, second, float(means[first, second])
        merged = (sizes[first] * means[first] + sizes[second] * means[second]) / (sizes[first] + sizes[second])
        means[first] = means[:, first] = merged
        means[second] = means[:, second] = means[first, first] = -np.inf
        sizes[first] += sizes[second]
