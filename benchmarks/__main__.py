"""`python -m benchmarks NAME …`: how good and how fast, beside peers, in one run."""

import argparse
from collections.abc import Sequence

from benchmarks import (
    archive,
    copies,
    directions,
    examples,
    harm,
    ledger,
    library,
    lineage,
    passages,
    reading,
    retelling,
    retellings,
    rewrites,
    speakers,
    statements,
    stories,
    support,
    trace,
    transfer,
)

_ALL = (
    statements, speakers, harm, examples, passages, support, retellings, retelling, lineage, directions, rewrites,
    reading, stories, ledger, archive, copies, library, trace, transfer,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark; the exit status is 0 when it ran. Wrong usage exits with 2."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="benchmark", required=True)
    for benchmark in _ALL:
        benchmark.add_command(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    raise SystemExit(main())
