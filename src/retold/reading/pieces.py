"""What a reader keeps of a document that is not plain text: pieces of words with their labels, laid out as one text."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from retold.article import Block, Origin
from retold.reading.cues import find_cue
from retold.reading.errors import ReadingError
from retold.reading.gluing import find_credit_tail
from retold.reading.labelling import Label
from retold.reading.publication import Facts, find_genre, publication_from_metadata

_MAX_PIECES = 20_000  # of one article; transcripts of a day's hearing have a tenth
HEADLINE_WORDS = range(3, 41)
SUBHEAD_WORDS = range(1, 21)
_SHORT_WORDS = range(1, 13)
_DATE_LINE = range(1, 9)  # words; a longer line that names a day says something about it
_STOPS = ".?!"


class Piece(NamedTuple):
    """A kept paragraph or line, white space made single spaces, and what it is taken for."""

    words: str
    label: Label


class Document(NamedTuple):
    """The text of a document, its typed blocks, and what the document says about itself.

    `origin` is empty where no decoded text stands behind the document: PDF, DOCX, ninjs and feeds. `marked_up` is True
    for a page, whose blocks its markup tells in any language.
    """

    text: str
    blocks: tuple[Block, ...]
    facts: Facts
    origin: tuple[Origin, ...] = ()
    marked_up: bool = False


def lay_out(pieces: Iterable[Piece], facts: Facts) -> Document:
    """The pieces joined by blank lines, in their order; empty ones are left out."""
    kept = [piece for piece in pieces if piece.words]
    blocks: list[Block] = []
    at = 0
    for words, (kind, reason, how, confidence) in kept:
        blocks.append(Block(kind=kind, start=at, end=at + len(words), reason=reason, how=how, confidence=confidence))
        at += len(words) + 2
    return Document("\n\n".join(piece.words for piece in kept), tuple(blocks), facts)


def refuse_many(count: int) -> None:
    """Raise ReadingError for more paragraphs than one article can have: each is looked at from many sides."""
    if count > _MAX_PIECES:
        raise ReadingError(f"it has more than {_MAX_PIECES:,} paragraphs, the limit for one article: split it")


def label_by_words(words: str) -> Label | None:
    """What a line says about itself, wherever it stands: a byline, a credit, a date, furniture. None: nothing."""
    if cue := find_cue(words):
        return Label(cue.kind, cue.reason, cue.how, 0.9)
    if find_credit_tail(words):
        return Label("caption", "ends in a picture credit in brackets", "caption-credit", 0.9)
    if marks_release(words):
        return Label("furniture", "marks a press release", "release-line", 0.9)
    if len(words.split()) in _DATE_LINE and words[-1] not in _STOPS and publication_from_metadata(words).day:
        return Label("furniture", "a date on a line of its own", "date-line", 0.9)
    return None


def marks_release(words: str) -> bool:
    """Whether a line alone would make its text a press release ("For immediate release")."""
    line = Block(kind="body", start=0, end=len(words), reason="", how="marks-release")
    return find_genre(words, (line,)) == "press_release"


def find_title(title: str, pieces: Sequence[Piece]) -> int | None:
    """Which piece, of a headline's length, is the title that the file's metadata name.

    None: no piece is. Programs fill that field with the name of the file or of the template.
    """
    wanted = _plain(title)
    if len(wanted.split()) not in HEADLINE_WORDS:
        return None
    return next((index for index, piece in enumerate(pieces) if _plain(piece.words) == wanted), None)


def set_headline(pieces: Sequence[Piece], at: int, reason: str, how: str) -> list[Piece]:
    """The pieces with that at `at` as the headline; what above it seemed text, but is short and no sentence, is not."""
    headline = Piece(pieces[at].words, Label("headline", reason, how, 0.9))
    return [*map(_above_headline, pieces[:at]), headline, *pieces[at + 1 :]]


def _above_headline(piece: Piece) -> Piece:
    words, label = piece
    if label.kind != "body" or len(words.split()) not in _SHORT_WORDS or words[-1] in _STOPS:
        return piece
    return Piece(words, Label("furniture", "a short line above the headline", "above-headline", 0.8))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
