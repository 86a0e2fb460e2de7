"""Tables that a user brings (a codebook, a list of actors): TSV with a header, and errors that name the row."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A row of a table: where it stands (for errors), and its fields, several values in one parted by `|`."""

    where: str
    fields: Mapping[str, str]


def decode(data: bytes, name: str, error: type[ValueError]) -> str:
    """The text of a table; `name` stands in the message. Raises `error`: it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as found:
        raise error(f"{name}: not UTF-8 text (byte {found.start})") from None


def read_rows(text: str, name: str, required: Sequence[str], error: type[ValueError]) -> list[Row]:
    """The rows below the header, in their order; lines beginning with '#' and empty ones are left out.

    Raises `error`, naming the row (its line in the file): no header, a column of `required` that it lacks, or a row
    with more or fewer fields.
    """
    numbered = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise error(f"{name}: empty; expected a header with the columns {', '.join(required)}")
    header = [field.strip() for field in numbered[0][1].split("\t")]
    missing = [column for column in required if column not in header]
    if missing:
        raise error(f"{name}, line {numbered[0][0]}: the header lacks the column {', '.join(missing)}")
    return [_row(line, header, f"{name}, line {number}", error) for number, line in numbered[1:]]


def _row(line: str, header: Sequence[str], where: str, error: type[ValueError]) -> Row:
    fields = [field.strip() for field in line.split("\t")]
    if len(fields) != len(header):
        raise error(f"{where}: {len(fields)} fields, expected {len(header)} ({', '.join(header)})")
    return Row(where, dict(zip(header, fields, strict=True)))


def several(field: str) -> tuple[str, ...]:
    """The values of a field, without empty ones."""
    return tuple(part.strip() for part in field.split("|") if part.strip())
