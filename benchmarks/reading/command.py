"""The `reading` benchmark: its parts, each of which prints its own tables."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.reading import dates, dating, lines, names, pages

PARTS: Mapping[str, Callable[[Path], None]] = {
    "pages": pages.run,
    "lines": lines.run,
    "dates": dates.run,
    "dating": dating.run,
    "names": names.run,
}


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `reading` to the benchmarks."""
    parser = commands.add_parser("reading", help="pages, plain texts, dates, names, sentences")
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder with reading/, dates/, stories/, language/ and statements/"
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be given more than once")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the tables of all parts, or of those asked for."""
    for name in options.only or PARTS:
        PARTS[name](options.data)
    return 0
