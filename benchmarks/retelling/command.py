"""`python -m benchmarks retelling`: injected changes of known kind and place, and families of known descent."""

import argparse
from pathlib import Path
from random import Random

from benchmarks.retelling.baseline import differences
from benchmarks.retelling.cases import Case, make_cases
from benchmarks.retelling.families.command import run_families
from benchmarks.retelling.findings import compare
from benchmarks.retelling.scoring import Judged, examples, table, write_json
from benchmarks.retelling.windows import load_windows
from benchmarks.retelling.words import Words


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks retelling`."""
    parser = commands.add_parser("retelling", help="injected changes and families of known descent")
    parser.add_argument("--data", type=Path, required=True, help="the folder with statements/, stories/, retelling/")
    parser.add_argument("--half", choices=("held", "mend"), default="held", help="held: measured only (default)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=60, help="cases of each kind (default 60)")
    parser.add_argument("--controls", type=int, help="harmless pairs (default: 10 for every 3 cases)")
    parser.add_argument("--families", type=int, default=40, help="families (default 40)")
    parser.add_argument("--by-text", action="store_true", help="trace families without statements: quicker")
    parser.add_argument("--only", choices=("edits", "families"))
    parser.add_argument("--json", type=Path, help="write all cases with their verdicts, a JSON object a line")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N misses and false alarms a kind")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the tables of both parts, or of the one that is asked for."""
    if options.only != "families":
        judged = [judge(case) for case in draw_cases(options)]
        print("\n".join([*table(judged), *examples(judged, options.show)]), flush=True)
        if options.json:
            write_json(options.json, judged)
    if options.only != "edits":
        run_families(options)
    return 0


def draw_cases(options: argparse.Namespace) -> list[Case]:
    """The cases that the options ask for; the same options give the same cases."""
    rng = Random(options.seed)
    windows = load_windows(options.data, options.half, rng)
    controls = options.controls if options.controls is not None else round(options.cases * 10 / 3)
    return make_cases(windows, Words(options.half), options.cases, controls, rng)


def judge(case: Case) -> Judged:
    """A case with what is reported of it."""
    return Judged(case, compare(case.a, case.b), list(differences(case.a, case.b)))
