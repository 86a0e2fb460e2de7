"""`python -m training.names train`: from marked texts to the shipped heads that name people, bodies and places.

It needs the tagger's graphs in `src/retold/models`, and torch (`pip install -r requirements-training.txt`).
"""

from collections.abc import Sequence

from training.names import train
from training.steps import run_step


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; see `run_step`."""
    return run_step("training.names", __doc__, (train,), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
