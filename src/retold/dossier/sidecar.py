"""The file in which corrections are kept: `corrections.jsonl` beside dossier.json, one JSON object a line.

It is a diary: each correction is a line at its end, and the last one for an id holds. It is the only file of a dossier
that no run of Retold can make again, so it is never half written, and a line that cannot be read stops everything.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from retold.dossier.correction import Correction

_MOST_TRIES = 20
"""How often a change is tried anew, because somebody else has written the file meanwhile."""


class SidecarError(Exception):
    """A file of corrections that cannot be read or written. The message names it, and the line if it is one."""


def read_sidecar(path: Path) -> tuple[Correction, ...]:
    """The corrections in the file at `path`, in its order; empty: there is no such file.

    Raises: SidecarError.
    """
    return _parsed(_bytes_of(path) or b"", path)


def append_correction(path: Path, correction: Correction, before: tuple[Correction, ...] = ()) -> None:
    """Write `correction` at the end of the file. `before` begins a file that is not there yet. Raises: SidecarError."""

    def longer(data: bytes | None) -> bytes:
        kept = _lines(before) if data is None else data
        return kept + (b"" if kept.endswith(b"\n") or not kept else b"\n") + _lines((correction,))

    _rewrite(path, longer)


def drop_last_correction(path: Path, row_id: str, before: tuple[Correction, ...] = ()) -> bool:
    """Take the last correction of `row_id` out of the file; False: there was none. Raises: SidecarError.

    `before`: see `append_correction`.
    """
    dropped = False

    def shorter(data: bytes | None) -> bytes:
        nonlocal dropped
        kept = list(before if data is None else _parsed(data, path))
        numbers = [number for number, each in enumerate(kept) if each.id == row_id]
        dropped = bool(numbers)
        if numbers:
            kept.pop(numbers[-1])
        return _lines(tuple(kept))

    _rewrite(path, shorter)
    return dropped


def _bytes_of(path: Path) -> bytes | None:
    """None: there is no such file."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SidecarError(f"{path} cannot be read ({error.strerror or error})") from None


def _parsed(data: bytes, path: Path) -> tuple[Correction, ...]:
    found = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=Correction))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            advice = 'expected is {"id": …, "verdict": "accept", "reject" or "edit", "set": {…}, "at": …}'
            raise SidecarError(f"{path}, line {number}: it is no correction ({error}); {advice}") from None
    return tuple(found)


def _lines(corrections: tuple[Correction, ...]) -> bytes:
    return b"".join(msgspec.json.encode(each) + b"\n" for each in corrections)


def _rewrite(path: Path, change: Callable[[bytes | None], bytes]) -> None:
    """Put the changed bytes in the place of the file's, at once; anew where another has written it meanwhile."""
    for _ in range(_MOST_TRIES):
        before = _bytes_of(path)
        _parsed(before or b"", path)  # what cannot be read is not written over
        if _replaced(path, before, change(before)):
            return
    raise SidecarError(f"{path} is being written by somebody else all the time: try again later")


def _replaced(path: Path, before: bytes | None, after: bytes) -> bool:
    """False: the file no longer holds `before`."""
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        part = Path(name)
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(after)
            if _bytes_of(path) != before:
                return False
            part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise SidecarError(f"{path} cannot be written ({error.strerror or error})") from None
    return True
