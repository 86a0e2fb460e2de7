"""What atheris runs: it changes inputs so that they reach code that no input reached before."""

import sys

import atheris

with atheris.instrument_imports(include=["retold.reading"]):
    from tests.reading.test_fuzzing import read_or_refuse


def main() -> None:
    """Run until the options of the command line say enough; the exit status is not 0 when an input broke something."""
    atheris.Setup(sys.argv, read_or_refuse_quietly)
    atheris.Fuzz()


def read_or_refuse_quietly(data: bytes) -> None:
    """`read_or_refuse`, which must not return anything here."""
    read_or_refuse(data)


if __name__ == "__main__":
    main()
