"""What atheris runs: it changes inputs so that they reach code that no input reached before."""

import sys


def main() -> None:
    """Run until the options of the command line say enough; the exit status is not 0 when an input broke something."""
    import atheris

    with atheris.instrument_imports(include=["retold.reading"]):
        from tests.reading.test_fuzzing import read_or_refuse

    def run(data: bytes) -> None:
        read_or_refuse(data)

    atheris.Setup(sys.argv, run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
