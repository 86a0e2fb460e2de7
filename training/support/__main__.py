"""`python -m training.support train|export|calibrate`: from public pairs of texts to the shipped cross-encoder.

It needs torch, onnx and safetensors beside what development needs: `pip install -r requirements-training.txt`.
"""

from collections.abc import Sequence

from training.steps import run_step
from training.support import calibrate, export, train


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; see `run_step`."""
    return run_step("training.support", __doc__, (train, export, calibrate), arguments)


if __name__ == "__main__":
    raise SystemExit(main())
