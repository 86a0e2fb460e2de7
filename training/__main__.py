"""`python -m training NAME …`: learn a shipped table again from its data."""

from collections.abc import Sequence

from training import cues, frequencies, links, stories, versions
from training.lines import train as lines
from training.steps import run_step


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; see `run_step`."""
    return run_step("training", __doc__, (cues, frequencies, links, stories, versions, lines), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
