"""The files of an export: rows out, a chunk at a time, and in again, each with the place where it stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import msgspec

from retold.library.errors import LibraryError
from retold.library.transfer.columns import Field, row_type
from retold.library.transfer.manifest import Form

CHUNK_ROWS, CHUNK_CHARS = 2000, 2_000_000
"""How many rows are held at a time, and how many characters and bytes in them: a row group of Parquet has as many."""
FETCHED = 200
"""Rows that are asked for at a time."""

Row = dict[str, Any]
"""A row of a table, by the names of its columns, as the database has it."""


def where(path: Path, number: int) -> str:
    """Where a row stands, in words; numbers count from 1."""
    return f"{path}, {'line' if path.suffix == '.jsonl' else 'row'} {number}"


def chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows, so many at a time that they take little memory, be they long or short."""
    chunk: list[Row] = []
    chars = 0
    for row in rows:
        chunk.append(row)
        chars += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(chunk) >= CHUNK_ROWS or chars >= CHUNK_CHARS:
            yield chunk
            chunk, chars = [], 0
    if chunk:
        yield chunk


class RowWriter(Protocol):
    """Writes the rows of one table into one file."""

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows, each with all columns."""

    def close(self) -> None:
        """Finish the file."""


def check_form(form: Form) -> None:
    """Raises LibraryError: this form needs a package that is not installed."""
    if form == "parquet" and find_spec("pyarrow") is None:
        raise LibraryError("Parquet needs pyarrow: pip install 'retold[parquet]'")


def open_writer(path: Path, fields: tuple[Field, ...], form: Form) -> RowWriter:
    """A writer of a new file of this form."""
    return ParquetWriter(path, fields) if form == "parquet" else JsonLinesWriter(path, fields)


def read_rows(path: Path, fields: tuple[Field, ...], form: Form) -> Iterator[Row]:
    """The rows of a file in its order. Raises LibraryError, which names the file and the place of what is wrong."""
    try:
        yield from _read_parquet(path, fields) if form == "parquet" else _read_json_lines(path, fields)
    except FileNotFoundError:
        raise LibraryError(f"{path} is missing: the export is not whole") from None
    except OSError as error:
        raise LibraryError(f"{path}: {error.strerror or error}: it cannot be read, or is damaged") from None


class JsonLinesWriter:
    """A JSON object a line, UTF-8; bytes are base64."""

    def __init__(self, path: Path, fields: tuple[Field, ...]) -> None:
        self._file = path.open("wb")
        self._records = [field for field in fields if field.record]
        self._encoder = msgspec.json.Encoder()

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._file.write(self._encoder.encode_lines([self._shown(row) for row in rows]))

    def _shown(self, row: Mapping[str, Any]) -> Row:
        return {**row, **{name: msgspec.Raw(text) for name, text in _shown(row, self._records)}}

    def close(self) -> None:
        self._file.close()


def _read_json_lines(path: Path, fields: tuple[Field, ...]) -> Iterator[Row]:
    decoder = msgspec.json.Decoder(row_type(fields, Any))
    records = [field for field in fields if field.record]
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                row = decoder.decode(line)
                _pack(row, records)
            except (msgspec.MsgspecError, ValueError) as error:
                raise LibraryError(f"{where(path, number)}: {error}: the export is damaged, or no export") from None
            yield row


class ParquetWriter:
    """Parquet with a row group for each chunk; records are texts of JSON, bytes are bytes."""

    def __init__(self, path: Path, fields: tuple[Field, ...]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {
            "int": pa.int64(), "bool": pa.bool_(), "float": pa.float64(), "text": pa.string(), "bytes": pa.binary(),
            "record": pa.string(),
        }  # fmt: skip
        self._schema = pa.schema([pa.field(each.name, types[each.kind], nullable=each.nullable) for each in fields])
        self._records = [field for field in fields if field.record]
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._table = pa.Table

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        shown = [{**row, **{name: text.decode() for name, text in _shown(row, self._records)}} for row in rows]
        self._writer.write_table(self._table.from_pylist(shown, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


def _read_parquet(path: Path, fields: tuple[Field, ...]) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kind, records = row_type(fields, str), [field for field in fields if field.record]
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for each in _each_row(file):
                number += 1
                row = msgspec.convert(each, kind)
                _pack(row, records, msgspec.json.decode)
                yield row
    except (pa.ArrowException, msgspec.MsgspecError, ValueError) as error:
        raise LibraryError(f"{where(path, max(number, 1))}: {error}: the export is damaged, or no export") from None


def _each_row(file: Any) -> Iterator[Row]:
    for group in range(file.num_row_groups):
        for batch in file.iter_batches(batch_size=FETCHED, row_groups=[group]):
            yield from batch.to_pylist()


def _shown(row: Mapping[str, Any], records: Sequence[Field]) -> Iterator[tuple[str, bytes]]:
    """The records of a row as JSON."""
    for field in records:
        if field.record and row[field.name] is not None:
            yield field.name, field.record.show(row[field.name])


def _pack(row: Row, records: Sequence[Field], read: Callable[[Any], Any] = lambda value: value) -> None:
    """Put records where their JSON stands; `read` makes plain values of it."""
    for field in records:
        if field.record and row[field.name] is not None:
            row[field.name] = field.record.pack(read(row[field.name]))
