"""`python -m training.support train|export|calibrate`: from public pairs of texts to the shipped cross-encoder.

It needs torch, onnx and safetensors beside what development needs: `pip install -r requirements-training.txt`.
"""

import argparse
from collections.abc import Sequence

from training.support import calibrate, export, train


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; the exit status is 0 when it wrote its files. Wrong usage exits with 2."""
    parser = argparse.ArgumentParser(prog="python -m training.support", description=__doc__)
    commands = parser.add_subparsers(dest="step", required=True)
    train.add_command(commands)
    export.add_command(commands)
    calibrate.add_command(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    raise SystemExit(main())
