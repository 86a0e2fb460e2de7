"""Reading: bytes in, a frozen article out, every stretch of it typed with the reason."""

from retold.reading.errors import ReadingError
from retold.reading.inputs import read_inputs
from retold.reading.read import read, read_bytes, read_text

__all__ = ["ReadingError", "read", "read_bytes", "read_inputs", "read_text"]
