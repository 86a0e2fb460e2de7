"""`python -m training NAME …`: learn a shipped table again from its data."""

import argparse
from collections.abc import Sequence

from training import cues, links, versions


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one training; the exit status is 0 when it wrote its tables. Wrong usage exits with 2."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="training", required=True)
    cues.add_command(commands)
    links.add_command(commands)
    versions.add_command(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    raise SystemExit(main())
