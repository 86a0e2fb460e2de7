"""How often each rule is right: `python -m training precision --data TRAIN.jsonl --out FOLDER` writes the table."""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.statements import Document, Marked, letters, make_article, overlap, read_documents

from retold.statements.find import find_attributions, paragraphs
from retold.statements.reliability import band_of
from retold.statements.spans import RULES

_HALF = 0.5
_PRIOR, _WEIGHT = 0.4, 10  # rare rules are shrunk towards the common share with the weight of ten cases


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `precision` to the trainings."""
    parser = commands.add_parser("precision", help="measure how often each rule is right")
    parser.add_argument("--data", type=Path, required=True, help="JSONL with doc_id, text, attributions")
    parser.add_argument("--out", type=Path, required=True, help="folder for rule_precision.tsv")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure and write the table."""
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for document in read_documents(options.data):
        for key, is_right in judge(document):
            total[key] += 1
            right[key] += is_right
    keys = [(rule, band) for rule in RULES for band in ("sure", "likely")]
    rows = [
        f"{rule}\t{band}\t{(right[rule, band] + _PRIOR * _WEIGHT) / (total[rule, band] + _WEIGHT):.2f}"
        f"\t{total[rule, band]}"
        for rule, band in keys
    ]
    (options.out / "rule_precision.tsv").write_text("\n".join([_HEADER, *rows, ""]), "utf-8")
    return 0


def judge(document: Document) -> list[tuple[tuple[str, str], bool]]:
    """For each attribution of a document its rule and band, and whether people marked it too."""
    gold = [letters(document.text, one) for one in document.gold]
    judged = []
    for one in find_attributions(document.text, paragraphs(make_article(document.text))):
        found = letters(document.text, Marked(list(one.source), list(one.cue), list(one.content)))
        judged.append(((one.rule, band_of(one.probability)), _is_right(one.rule, found, gold)))
    return judged


def _is_right(rule: str, found: tuple[frozenset[int], ...], gold: Sequence[tuple[frozenset[int], ...]]) -> bool:
    if rule == "carried":
        return any(len(found[2] & one[2]) >= _HALF * len(found[2]) for one in gold)
    return any(overlap(found[0], one[0]) >= _HALF and overlap(found[2], one[2]) >= _HALF for one in gold)


_HEADER = """\
# How often each rule is right, measured by `python -m training precision`: of its attributions on the PolNeAR 1.0
# training articles (count), the share whose source and content people marked too (each at least half of the letters).
# band: probability of the cue, "sure" from .8. Shrunk towards .4 with the weight of ten cases. carried: share of bare
# quotations that people counted as content of an attribution (PolNeAR joins them to the one before).
rule\tband\tprecision\tcount"""
