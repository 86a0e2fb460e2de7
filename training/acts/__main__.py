"""`python -m training.acts train|export`: from ledger rows and PLOVER's pairs to the shipped network.

It needs torch, onnx and safetensors beside what development needs: `pip install -r requirements-training.txt`.
"""

from collections.abc import Sequence

from training.acts import export, train
from training.steps import run_step


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; see `run_step`."""
    return run_step("training.acts", __doc__, (train, export), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
