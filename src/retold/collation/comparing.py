"""What became of the words of one telling in another: the relation, and the typed changes that decide it."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from retold.collation.collation import Change, ChangeKind, Relation
from retold.collation.facts import find_date_changes, find_name_changes, find_number_changes
from retold.collation.framing import find_condition_changes, find_force_changes, find_weight_changes
from retold.collation.placing import find_placed_changes
from retold.collation.quoting import find_additions, find_comments, find_quotation_changes, find_words_put_in
from retold.collation.variants import Parallel, lay_side_by_side
from retold.collation.voices import find_added_attributions, find_dropped_attributions, find_dropped_terms
from retold.collation.witness import Telling
from retold.collation.wording import Wording, compare_wording

_Check = Callable[[Telling, Telling], Iterator[Change]]
_VOICE: tuple[_Check, ...] = (find_dropped_attributions, find_added_attributions)
_WORDS: tuple[_Check, ...] = (
    find_quotation_changes,
    find_force_changes,
    find_condition_changes,
    find_number_changes,
    find_date_changes,
    find_name_changes,
    find_weight_changes,
    find_additions,
    find_comments,
    find_dropped_terms,
)
_HARMLESS: frozenset[ChangeKind] = frozenset({"omitted", "other"})
SURE = 0.6
"""Changes below this confidence are shown, but make no telling altered, and no finding."""


class Comparison(NamedTuple):
    """How a telling departs from a fuller one. `swapped`: the second of the two is the fuller."""

    relation: Relation
    changes: tuple[Change, ...]
    swapped: bool


def compare(a: Telling, b: Telling) -> Comparison:
    """Compare two tellings of one thing; `a` is taken for the fuller one unless `b` holds all its words and more."""
    wording = compare_wording(a, b)
    parallel = lay_side_by_side(a, b)
    if parallel.close:
        return _compare_places(parallel, wording)
    if wording.relation is None:
        changes = _changes(a, b, _VOICE + _WORDS)
        return Comparison("altered" if alters(changes) else "reworded", changes, False)
    if wording.swapped and (put_in := tuple(find_words_put_in(a, b, wording.dropped))):
        return Comparison("altered", put_in, False)
    fuller, other = (b, a) if wording.swapped else (a, b)
    checks = _VOICE if wording.relation == "verbatim" else (*_VOICE, find_quotation_changes)
    changes = _changes(fuller, other, checks)
    return Comparison("altered" if alters(changes) else wording.relation, changes, wording.swapped)


def _compare_places(parallel: Parallel, wording: Wording) -> Comparison:
    """Compare two tellings that are one sentence but for a few words."""
    changes = _sorted((*find_placed_changes(parallel), *find_dropped_terms(parallel.a, parallel.b)))
    if alters(changes):
        return Comparison("altered", changes, False)
    if wording.relation is None:  # what no place shows, the checks for rewritten tellings may; quotations are compared
        checks = tuple(check for check in _VOICE + _WORDS if check is not find_quotation_changes)
        changes = _changes(parallel.a, parallel.b, checks) or changes
        return Comparison("altered" if alters(changes) else "reworded", changes, False)
    if wording.swapped:
        changes = _sorted(find_placed_changes(parallel.turned))
    return Comparison(wording.relation, changes, wording.swapped)


def alters(changes: tuple[Change, ...]) -> bool:
    """Whether one of `changes` surely concerns who, what, when, how much, on what condition or with what force."""
    return any(change.kind not in _HARMLESS and change.confidence >= SURE for change in changes)


def _changes(a: Telling, b: Telling, checks: tuple[_Check, ...]) -> tuple[Change, ...]:
    return _sorted(change for check in checks for change in check(a, b))


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=_place))


def _place(change: Change) -> tuple[int, int]:
    evidence = change.after or change.before
    return (0 if change.after else 1, evidence.spans[0].start if evidence and evidence.spans else 0)
