"""How the words of two tellings relate when nothing but words is looked at: verbatim, trimmed, or other words."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

from retold.collation.force import find_operators
from retold.collation.witness import Telling
from retold.language.words import Word

_MUST_STAY = frozenset({"negation", "condition", "hedge", "possibility"})
_MAX_PARTS = 4  # a trim leaves at most so many pieces; a telling scattered over more is a new text of shared words


class Wording(NamedTuple):
    """`relation` None: other words. `swapped`: the second telling is the fuller one. `dropped`: words trimmed away."""

    relation: Literal["verbatim", "trimmed"] | None
    swapped: bool
    dropped: tuple[Word, ...]


def compare_wording(a: Telling, b: Telling) -> Wording:
    """Compare two tellings word by word.

    Trimmed: one is the other but for deletions, in at most four pieces, that drop no negation, condition or hedge.
    """
    norms_a, norms_b = [word.norm for word in a.words], [word.norm for word in b.words]
    if norms_a == norms_b:
        return Wording("verbatim", False, ())
    swapped = len(norms_b) > len(norms_a)
    fuller, shorter = (b, a) if swapped else (a, b)
    dropped = dropped_words(fuller.words, shorter.words)
    if dropped is None or _drops_force(fuller.words, dropped):
        return Wording(None, False, ())
    return Wording("trimmed", swapped, dropped)


def dropped_words(fuller: Sequence[Word], shorter: Sequence[Word]) -> tuple[Word, ...] | None:
    """The words of `fuller` that `shorter` leaves out, when leaving out is all it does; else None."""
    if not shorter:
        return None
    edits = LCSseq.opcodes([word.norm for word in fuller], [word.norm for word in shorter])
    equal = [op for op in edits if op.tag == "equal"]
    if any(op.tag == "insert" for op in edits) or len(equal) > _MAX_PARTS:
        return None
    return tuple(word for op in edits if op.tag == "delete" for word in fuller[op.src_start : op.src_end])


def _drops_force(fuller: Sequence[Word], dropped: Sequence[Word]) -> bool:
    """Whether a word that binds what stays is among those dropped (one whose whole sentence goes binds nothing)."""
    gone = {word.start for word in dropped}
    for operator in find_operators(fuller):
        if operator.kind not in _MUST_STAY or fuller[operator.first].start not in gone:
            continue
        bound = fuller[operator.after : operator.after + 2]
        before = fuller[max(0, operator.first - 1) : operator.first]
        clause_stays = operator.kind == "condition" and any(word.start not in gone for word in before)
        if clause_stays or any(word.start not in gone for word in bound):
            return True
    return False
