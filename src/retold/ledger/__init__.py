"""Where each side stands: acts on issues, the positions that follow from them, and what happened when."""

from retold.ledger.acts import acts_version
from retold.ledger.codebook import Codebook, CodebookError, Issue, read_codebook
from retold.ledger.entries import ArticleEntries, find_entries, read_entries, resolve_entries
from retold.ledger.identities import ActorListError, KnownActor, read_actors
from retold.ledger.position import Act, Entry, EntryWords, Happening, Position, PositionChange, Precision, Status
from retold.ledger.positions import derive_positions
from retold.ledger.selection import Selection, day_of
from retold.ledger.timeline import find_happenings

__all__ = [
    "Act",
    "ActorListError",
    "ArticleEntries",
    "Codebook",
    "CodebookError",
    "Entry",
    "EntryWords",
    "Happening",
    "Issue",
    "KnownActor",
    "Position",
    "PositionChange",
    "Precision",
    "Selection",
    "Status",
    "acts_version",
    "day_of",
    "derive_positions",
    "find_entries",
    "find_happenings",
    "read_actors",
    "read_codebook",
    "read_entries",
    "resolve_entries",
]
