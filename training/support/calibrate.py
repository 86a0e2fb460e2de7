"""How much each sign of support, and of two sentences saying the same, weighs: two logistic regressions.

They are learned on cases that the cross-encoder did not learn from, and that the benchmark does not measure.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.support import Case, read_same, read_support, signs_of_same, signs_of_support

from training.regression import fit, write_weights


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `calibrate` to the commands."""
    parser = commands.add_parser("calibrate", help="weigh the signs with the shipped cross-encoder")
    parser.add_argument("--data", type=Path, required=True, help="the folder with retelling/")
    parser.add_argument("--out", type=Path, required=True, help="src/retold/collation/data")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write `support.tsv` and `same.tsv`."""
    support, same = read_support(options.data, "weighed"), read_same(options.data, "weighed")
    for of, cases, signs in (("support", support, signs_of_support(support)), ("same", same, signs_of_same(same))):
        weights = fit(signs, [case.answer for case in cases], _evened(cases))
        write_weights(options.out / f"{of}.tsv", weights, _MEANING[of], "python -m training.support calibrate")
    return 0


def _evened(cases: Sequence[Case]) -> list[float]:
    """Weights by which each origin counts as much as any other, and in it each answer."""
    groups = [(case.origin, case.answer) for case in cases]
    return [len(cases) / (len(set(groups)) * groups.count(group)) for group in groups]


_MEANING = {
    "support": {
        "support": "log-odds of the cross-encoder that the source bears the sentence out",
        "nearness": "cosine with the nearest source",
    },
    "same": {
        "same": "log-odds of the cross-encoder that both say the same",
        "support": "log-odds that each bears the other out",
        "nearness": "cosine of the two",
        "overlap": "Dice coefficient of their content words",
        "order": "their longest common subsequence of words",
    },
}
