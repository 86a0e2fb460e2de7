"""How often a statement is right that is found with a certain probability, measured on the tenth held apart.

Right: people marked source and content too (each shares at least half of its letters). The measured points are joined
where they fall (pool adjacent violators), so that a higher probability never means a lower confidence.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from benchmarks.statements import Document, Marked, letters, make_article, overlap, read_documents

from retold.statements.attribution import Attribution
from retold.statements.find import read_attributions
from retold.statements.shipped import load_network
from training.cues import is_held

_POINTS = 8
_HALF = 0.5
_ESTIMATED = {"rule:hearsay": 0.6, "rule:label": 0.6}
"""PolNeAR marks no attribution inside another, and hardly any headline of this kind: nothing to measure with."""


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `calibrate` to the commands."""
    parser = commands.add_parser("calibrate", help="measure the confidence of what the shipped tagger finds")
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's training articles")
    parser.add_argument("--out", type=Path, required=True, help="folder for reliability.tsv")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure both sizes and write the table."""
    documents = [one for one in read_documents(options.data) if is_held(one.id)]
    judged = [pair for fast in (False, True) for document in documents for pair in judge(document, fast)]
    rows = []
    for how in sorted({one.how for one, _ in judged} - _ESTIMATED.keys()):
        own = [(one.probability, right) for one, right in judged if one.how == how]
        rows += [f"{how}\t{at:.3f}\t{share:.3f}\t{count}" for at, share, count in points(own)]
    rows += [f"{how}\t0.500\t{share:.3f}\t0" for how, share in _ESTIMATED.items()]
    (options.out / "reliability.tsv").write_text("\n".join([_HEADER, *rows, ""]), "utf-8")
    return 0


def judge(document: Document, fast: bool) -> list[tuple[Attribution, bool]]:
    """Each attribution that is found in a document, and whether people marked it."""
    gold = [letters(document.text, one) for one in document.gold]
    judged = []
    for one in read_attributions(make_article(document.text), load_network(fast)):
        source, _, content = letters(document.text, Marked(list(one.source), list(one.cue), list(one.content)))
        if one.cue:
            right = any(overlap(source, g[0]) >= _HALF and overlap(content, g[2]) >= _HALF for g in gold)
        else:  # PolNeAR joins a quotation without a source to the attribution before
            right = any(len(content & g[2]) >= _HALF * len(content) for g in gold)
        judged.append((one, right))
    return judged


def points(judged: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Probability, share of those right, and their number, for groups of like probability, rising in both."""
    ordered = sorted(judged, key=lambda one: one[0])
    groups = [
        (float(np.mean([p for p, _ in part])), float(np.mean([right for _, right in part])), len(part))
        for part in (ordered[i * len(ordered) // _POINTS : (i + 1) * len(ordered) // _POINTS] for i in range(_POINTS))
        if part
    ]
    rising: list[tuple[float, float, int]] = []
    for group in groups:
        rising.append(group)
        while len(rising) > 1 and (rising[-2][0] >= rising[-1][0] or rising[-2][1] >= rising[-1][1]):
            (p, a, n), (q, b, m) = rising[-2:]
            rising[-2:] = [((p * n + q * m) / (n + m), (a * n + b * m) / (n + m), n + m)]
    return rising


_HEADER = """\
# How often statements are right that are found in this way with this probability, measured by `python -m
# training.statements calibrate` on the tenth of PolNeAR 1.0's training articles that is held apart (right: people
# marked source and content too, each at least half of the letters). Count 0: estimated, there is nothing to measure
# with. Between two rows of one kind confidence runs in a straight line.
how\tprobability\tright\tcount"""
