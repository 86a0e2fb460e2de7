"""Where each side stands: acts on issues, the positions that follow from them, and what happened when."""

from retold.ledger.codebook import Codebook, CodebookError, Issue, read_codebook
from retold.ledger.entries import find_entries
from retold.ledger.position import Act, Entry, Happening, Position, PositionChange, Precision, Status
from retold.ledger.positions import derive_positions
from retold.ledger.timeline import find_happenings

__all__ = [
    "Act",
    "Codebook",
    "CodebookError",
    "Entry",
    "Happening",
    "Issue",
    "Position",
    "PositionChange",
    "Precision",
    "Status",
    "derive_positions",
    "find_entries",
    "find_happenings",
    "read_codebook",
]
