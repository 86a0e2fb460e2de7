"""The `ledger` benchmark: its parts, each of which prints its own tables."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.ledger import codebooks, coding, events, news, probes

PARTS: Mapping[str, Callable[[Path], None]] = {
    "probes": probes.run,
    "news": news.run,
    "events": events.run,
    "coding": coding.run,
    "codebooks": codebooks.run,
}


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `ledger` to the benchmarks."""
    parser = commands.add_parser("ledger", help="acts, status, hearsay, event types, codebooks")
    parser.add_argument("--data", type=Path, required=True, help="the folder with ledger/ and stories/")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be given more than once")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the tables of all parts, or of those asked for."""
    for name in options.only or PARTS:
        PARTS[name](options.data)
    return 0
