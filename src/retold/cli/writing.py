"""What the commands write: bytes and lines to standard output, files whole or not at all."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
import typer

from retold.cli.problems import SOME_FAILED


def write_bytes(data: bytes) -> None:
    """Write bytes and a line end to standard output."""
    sys.stdout.buffer.write(data + b"\n")


def write_line(value: object) -> None:
    """Write a value as a line of JSON to standard output."""
    write_bytes(msgspec.json.encode(value))


def write_out(data: bytes, out: Path | None) -> None:
    """Write bytes as they are into a file, whole or not at all; None or "-" is standard output."""
    if out is None or str(out) == "-":
        sys.stdout.buffer.write(data)
    else:
        write_files(out.parent, {out.name: data})


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all of `files`, each whole or not at all: an interrupted run leaves the old one.

    Raises: typer.Exit, what keeps it from being written was told.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            part = folder / f".{name}.part"
            part.write_bytes(data)
            os.replace(part, folder / name)
    except OSError as error:
        typer.echo(f"retold: cannot write into {folder} ({error.strerror}): choose another folder with -o", err=True)
        raise typer.Exit(SOME_FAILED) from None
