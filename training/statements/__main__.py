"""`python -m training.statements train|export|calibrate`: from PolNeAR to the shipped statement tagger.

It needs torch, onnx and safetensors beside what development needs: `pip install -r requirements-training.txt`.
"""

from collections.abc import Sequence

from training.statements import calibrate, export, train
from training.steps import run_step


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; see `run_step`."""
    return run_step("training.statements", __doc__, (train, export, calibrate), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
