"""The part of the command about families."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.retelling.families.material import load_material
from benchmarks.retelling.families.scoring import Traced, examples, table, trace, trace_peer
from benchmarks.retelling.families.trees import make_families
from benchmarks.retelling.words import Words


def run_families(options: argparse.Namespace) -> None:
    """Make the families that the options ask for, trace them, and print the table."""
    rng = Random(f"families {options.seed}")
    material = load_material(options.data, options.half, rng)
    families = list(make_families(material, Words(options.half), options.families, rng))
    traced = [trace(family, by_text=options.by_text) for family in families]
    peer = [trace_peer(family) for family in families]
    print("\n".join([*table(traced, peer), *examples(traced, options.show)]), flush=True)
    if options.json:
        write_json(options.json.with_suffix(".families.jsonl"), traced)


def write_json(path: Path, traced: Sequence[Traced]) -> None:
    """A family a line: its articles, the edges made, the edges found."""
    with path.open("w", encoding="utf-8") as out:
        for each in traced:
            row = each.family._asdict() | {
                "edges": sorted(each.family.edges),
                "kin": sorted(each.family.kin),
                "found": [found._asdict() for found in each.found],
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
