"""What every `python -m training…` does with its command line."""

import argparse
from collections.abc import Sequence
from typing import Protocol


class Step(Protocol):
    """A module that makes something to ship."""

    def add_command(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None: ...


def run_step(program: str, about: str | None, steps: Sequence[Step], arguments: Sequence[str] | None) -> int:
    """Run one step; the exit status is 0 when it wrote its files. Wrong usage exits with 2."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=about)
    commands = parser.add_subparsers(dest="step", required=True)
    for step in steps:
        step.add_command(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options))
