"""A dossier read back from where `retold report` wrote it."""

import sys
from os import PathLike
from pathlib import Path
from typing import Any

import msgspec

from retold import __version__
from retold.dossier.as_json import from_json
from retold.dossier.dossier import FORMAT, Dossier
from retold.dossier.views.scope import all_evidence

DOSSIER_FILE = "dossier.json"
_ADVICE = f"give the {DOSSIER_FILE} that `retold report` wrote, or its folder"


class DossierError(Exception):
    """A dossier that cannot be read. The message says what came, what was expected and what to do."""


class _Head(msgspec.Struct):
    format: Any = None


def read_dossier(source: str | PathLike[str]) -> Dossier:
    """The dossier in the file `source`, in the folder `source`, or ("-") on standard input.

    Raises: DossierError, in one line, when there is none that this Retold can read.
    """
    if str(source) == "-":
        return parse_dossier(sys.stdin.buffer.read(), "standard input")
    path = dossier_file(source)
    try:
        return parse_dossier(path.read_bytes(), str(path))
    except OSError as error:
        raise DossierError(f"{path} cannot be read ({error.strerror or error}): {_ADVICE}") from None


def dossier_file(source: str | PathLike[str]) -> Path:
    """The file that `source` means: itself, or the dossier in the folder that it is."""
    path = Path(source)
    return path / DOSSIER_FILE if path.is_dir() else path


def parse_dossier(data: bytes, name: str) -> Dossier:
    """The dossier that `data` is; `name` is what an error calls it. Raises: DossierError."""
    try:
        found = msgspec.json.decode(data, type=_Head).format
    except msgspec.ValidationError:
        found = None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DossierError(f"{name} is no JSON ({error}): {_ADVICE}") from None
    if found is None:
        raise DossierError(f"{name} holds JSON, but no dossier (it names no format): {_ADVICE}")
    if found != FORMAT:
        advice = "export it with the Retold that wrote it, or make it anew with `retold report`"
        raise DossierError(f"{name} has the format {found!r}; Retold {__version__} reads {FORMAT!r}: {advice}")
    try:
        dossier = from_json(data)
        _check_articles(dossier)
    except (msgspec.ValidationError, DossierError) as error:
        raise DossierError(f"{name} breaks its format {FORMAT} ({error}): make it anew with `retold report`") from None
    return dossier


def _check_articles(dossier: Dossier) -> None:
    """Raises: DossierError, when a row names an article that the dossier does not hold."""
    named = {evidence.article for evidence in all_evidence(dossier)}
    named |= {statement.article for statement in dossier.statements}
    named |= {end for passage in dossier.passages for end in (passage.a, passage.b)}
    named |= {node.article for node in dossier.lineage.nodes if node.article is not None}
    unknown = sorted(named - {article.id for article in dossier.articles})
    if unknown:
        raise DossierError(f"it names the article {unknown[0]}, which it does not hold")
