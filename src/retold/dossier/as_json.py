"""The dossier as JSON: `retold-dossier/1`, the stable machine output, and the JSON Schema that is shipped with it."""

import sys
from importlib import resources
from typing import Any

import msgspec

from retold.dossier.dossier import Dossier

SCHEMA_FILE = "retold-dossier-1.schema.json"


def to_json(dossier: Dossier) -> bytes:
    """UTF-8 JSON, indented by two, fields in the order of their types, rows in the order of the dossier.

    The same dossier gives the same bytes. Raises: UnicodeEncodeError when a text holds a lone surrogate,
    which no decoded file does.
    """
    return msgspec.json.format(msgspec.json.encode(dossier), indent=2) + b"\n"


def from_json(data: bytes | str) -> Dossier:
    """The dossier that `to_json` wrote, by strict types. Fields added by a later Retold within /1 are ignored.

    Raises: msgspec.ValidationError, which names the path of the first wrong field; msgspec.DecodeError when
    `data` is no JSON.
    """
    return msgspec.json.decode(data, type=Dossier)


def make_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `retold-dossier/1`, made from the types; descriptions are their docstrings."""
    schema = msgspec.json.schema(Dossier)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "retold-dossier/1",
        **schema,
    }


def schema_bytes() -> bytes:
    """`make_schema` as the bytes of the shipped file."""
    return msgspec.json.format(msgspec.json.encode(make_schema()), indent=2) + b"\n"


def shipped_schema() -> bytes:
    """The schema file as it lies in the package. A test holds it equal to `schema_bytes`."""
    return resources.files("retold.dossier").joinpath(SCHEMA_FILE).read_bytes()


if __name__ == "__main__":  # python -m retold.dossier.as_json > src/retold/dossier/retold-dossier-1.schema.json
    sys.stdout.buffer.write(schema_bytes())
