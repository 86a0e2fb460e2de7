"""How `weights.tsv` of `retold.stories` was made: `python -m training stories --data FOLDER --out FOLDER`.

Learned from pairs of articles of ECB+ (two events of one kind in each topic) and NewsWCL50; BASIL is left for
measuring. Pairs that share too little to be compared teach nothing, but for those of one topic. There is no chance in
it: the same data give the same table.
"""

import argparse
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from benchmarks.story_sets import FOLDS, Labelled, read_set

from retold.stories.profile import Profile, make_profiles
from retold.stories.signs import SIGNS, Numbers, read_signs
from retold.stories.stream import SHARED_KEYS
from training.regression import fit, write_weights

_SETS = ("ecbplus", "newswcl50")
_COUNT = 0.02  # what a pair counts: a thousand articles make 27,000 pairs, which are far from independent


class Pairs(NamedTuple):
    """Pairs of articles of one set: their signs [pairs, SIGNS], whether they are one story, the folds of both ends."""

    signs: Numbers
    answers: Numbers
    folds: Numbers


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `stories` to the trainings."""
    parser = commands.add_parser("stories", help="weigh the signs that two articles report one event")
    parser.add_argument("--data", type=Path, required=True, help="the folder with stories/")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights.tsv")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Learn the table, write it, and print how well it tells pairs of articles that it was not learned from."""
    sets = [read_set(options.data, name) for name in _SETS]
    pairs = [pairs_of(some, make_profiles([one.article for one in some])) for some in sets]
    weights = learn(pairs, ())
    meaning = {**SIGNS, "bias": "log-odds of two articles without any sign"}
    write_weights(options.out / "weights.tsv", weights, meaning, "python -m training stories")
    for name, some in zip(_SETS, pairs, strict=True):
        print(f"{name}: {len(some.answers)} pairs, {int(some.answers.sum())} of one story")
        for line in reliability(some, pairs):
            print(f"  {line}")
    return 0


def pairs_of(labelled: Sequence[Labelled], profiles: Sequence[Profile]) -> Pairs:
    """The pairs of one set that share enough to be compared, or are of one topic."""
    signs, answers, folds = [], [], []
    keys = [set(profile.keys.tolist()) for profile in profiles]
    for place, one in enumerate(labelled):
        others = [
            other
            for other in range(place)
            if labelled[other].topic == one.topic or len(keys[place] & keys[other]) >= SHARED_KEYS
        ]
        if others:
            signs.append(read_signs(profiles[place], [profiles[other] for other in others]))
            answers += [float(labelled[other].story == one.story) for other in others]
            folds += [(one.fold, labelled[other].fold) for other in others]
    return Pairs(np.concatenate(signs), np.array(answers), np.array(folds))


def learn(pairs: Sequence[Pairs], held: Collection[int]) -> dict[str, float]:
    """The weights learned from pairs of which no end is in a held fold."""
    kept = [~np.isin(some.folds, list(held)).any(axis=1) for some in pairs]
    signs = np.concatenate([some.signs[keep] for some, keep in zip(pairs, kept, strict=True)])
    answers = np.concatenate([some.answers[keep] for some, keep in zip(pairs, kept, strict=True)])
    rows = [dict(zip(SIGNS, row, strict=True)) for row in signs.tolist()]
    return fit(rows, answers.tolist(), [_COUNT] * len(rows))


def learn_crossed(pairs: Sequence[Pairs]) -> dict[frozenset[int], dict[str, float]]:
    """For each one or two folds the weights that were learned without them."""
    chosen = {frozenset({one, other}) for one in range(FOLDS) for other in range(FOLDS)}
    return {held: learn(pairs, held) for held in chosen}


def odds_by(weights: Mapping[str, float], signs: Numbers) -> Numbers:
    """The log-odds that these weights give to signs [pairs, SIGNS]."""
    return signs @ np.array([weights[sign] for sign in SIGNS]) + weights["bias"]


def reliability(measured: Pairs, pairs: Sequence[Pairs]) -> list[str]:
    """How often pairs are one story of which that was held so likely, by weights that saw neither end's topic."""
    crossed = learn_crossed(pairs)
    odds = np.zeros(len(measured.answers))
    for held, weights in crossed.items():
        of_these = np.array([frozenset(ends) == held for ends in measured.folds.astype(int).tolist()])
        odds[of_these] = odds_by(weights, measured.signs[of_these])
    likely = 1 / (1 + np.exp(-odds))
    lines = []
    for low, high in ((0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1)):
        inside = (likely >= low) & (likely < high)
        if inside.any():
            told, right = likely[inside].mean(), measured.answers[inside].mean()
            lines.append(f"{low:.1f} to {high:.1f}: {inside.sum():6d} pairs, said {told:.3f}, were {right:.3f}")
    return lines
