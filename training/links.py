"""How much each sign that two statements tell one utterance weighs: `python -m training links --data … --out …`.

Learned on the labelled stories for mending (`benchmarks/labels`), each sign of every pair of their statements.
"""

import argparse
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.retellings import LABELS, Story, names_of, read_stories, witnesses_of

from retold.collation.alignment import Pairings
from retold.collation.links import find_candidates
from training.regression import fit, write_weights

Example = tuple[dict[str, float], int]

_FOLDS = 6
_MEANING = {
    "nearness": "cosine of what the two tell",
    "setting": "cosine of the sentences they stand in",
    "likeness": "Dice coefficient of their content roots, the rarer the heavier",
    "cover": "the share of the shorter one's content roots that the other has",
    "shared": "content roots that both have, six at most",
    "runs": "runs of three words that both have, five at most",
    "same": "the speakers are the same",
    "other": "the speakers are others",
}


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `links` to the trainings."""
    parser = commands.add_parser("links", help="weigh what makes two statements one utterance")
    parser.add_argument("--data", type=Path, required=True, help="the folder with stories/")
    parser.add_argument("--out", type=Path, required=True, help="src/retold/collation/data")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print how well it does on stories held out, and write `links.tsv`."""
    stories = read_stories(LABELS / "retellings_for_mending.jsonl", options.data)
    examples = [list(examples_of(story)) for story in stories]
    print(crossed(examples))
    weights = _learn([one for story in examples for one in story])
    write_weights(options.out / "links.tsv", weights, _MEANING, "python -m training links")
    return 0


def examples_of(story: Story) -> Iterator[Example]:
    """The signs of each two labelled statements of a story, and whether people linked them."""
    witnesses = witnesses_of(story)
    names = names_of(story, witnesses)
    pairings = Pairings()
    for a, b in [*combinations(witnesses, 2), *((one, one) for one in witnesses)]:
        for found in find_candidates(a, b, pairings.rarity(a, b)):
            ends = [names.get(side.statement.id) for side in (found.a, found.b)]
            if ends[0] and ends[1]:
                yield dict(found.signs), int(frozenset(map(str, ends)) in story.links)


def _learn(examples: Sequence[Example]) -> dict[str, float]:
    return fit([signs for signs, _ in examples], [answer for _, answer in examples], [1.0] * len(examples))


def crossed(stories: Sequence[Sequence[Example]]) -> str:
    """Precision, recall and F1 of single pairs at the cut, each story judged by what the others taught."""
    found = right = wanted = 0
    for fold in range(_FOLDS):
        weights = _learn([one for number, story in enumerate(stories) if number % _FOLDS != fold for one in story])
        for signs, answer in (one for story in stories[fold::_FOLDS] for one in story):
            odds = weights["bias"] + sum(weights[name] * value for name, value in signs.items())
            hit = odds >= _LOG_ODDS
            found, right, wanted = found + hit, right + (hit and answer), wanted + answer
    precision, recall = right / max(1, found), right / max(1, wanted)
    return f"{wanted} links: precision {precision:.3f}, recall {recall:.3f}, F1 {2 * right / (found + wanted):.3f}"


_LOG_ODDS = -1.0986  # of .25, the cut of `retold.collation.links`
