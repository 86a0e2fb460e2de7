"""Reading: bytes in, a frozen article out, every stretch of it typed with the reason."""

from retold.reading.errors import ReadingError
from retold.reading.inputs import read_inputs
from retold.reading.intake import read, read_bytes, read_text
from retold.reading.offer import Known, Offer
from retold.reading.visits import PUBLIC, Web

__all__ = ["PUBLIC", "Known", "Offer", "ReadingError", "Web", "read", "read_bytes", "read_inputs", "read_text"]
