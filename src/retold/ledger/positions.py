"""Positions: where each actor stands on each issue, and how that changed, from the entries of the ledger.

A position is recomputed from its entries, never stored apart from them. A change is claimed only between two days that
the texts give, or where one report itself says which came first ("had previously demanded"). Several stances on one
day are shown side by side, without a claim about their order.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from retold.article import Article
from retold.collation.collation import Retelling
from retold.ledger.position import Act, Entry, Position, PositionChange, Status
from retold.ledger.selection import day_of
from retold.ledger.voices import Voices
from retold.lineage.lineage import Lineage

# How strongly an act commits its actor, 0 to 1: the order is PLOVER's and the field's, the numbers are ours.
_FORCE: dict[Act, float] = {
    "rule_out": 1.0,
    "demand": 0.9,
    "comply": 0.9,
    "accept": 0.8,
    "concede": 0.8,
    "reject": 0.8,
    "suspend": 0.8,
    "offer": 0.7,
    "support": 0.7,
    "urge": 0.7,
    "ask": 0.5,
    "state": 0.4,
}
_CERTAINTY: dict[Status, float] = {
    "actual": 1.0,
    "historical": 1.0,
    "future": 0.8,
    "hypothetical": 0.5,
    "negated": 0.3,
}
_NOTABLE = 0.15  # a difference of strength below this is no change


class _Stand(NamedTuple):
    """Entries of one day with one value and condition. `day` None: unknown; `past`: told as of an earlier time."""

    day: str | None
    past: bool
    value: str
    condition: str | None
    entries: tuple[Entry, ...]

    @property
    def strength(self) -> float:
        return max(_FORCE[entry.act] * _CERTAINTY[entry.status] for entry in self.entries)


class _Reports(NamedTuple):
    """The articles by id, which of them are one voice, and the utterance that each statement tells (ids)."""

    by_id: Mapping[str, Article]
    voices: Voices
    utterances: Mapping[str, str]


def derive_positions(
    entries: Sequence[Entry],
    articles: Sequence[Article],
    lineage: Lineage | None = None,
    retellings: Iterable[Retelling] = (),
) -> tuple[Position, ...]:
    """Derive where each actor stands on each issue: "for", "against" or "open" (did not rule out), over time.

    Sorted by actor, issue and time, whatever the order of `entries`. `from` and `until` are ISO days, None where
    neither the words nor the report's own date tell one. Entries that take no side (a meeting, an accusation) give
    no position. `lineage` tells which articles are copies of one another, and so one voice (None: each is one of its
    own); `retellings` which statements report one utterance, and so must not differ. Empty: nobody takes one.
    Raises: nothing.
    """
    utterances = {statement: one.id for one in retellings for statement in one.statements}
    reports = _Reports({article.id: article for article in articles}, Voices(lineage), utterances)
    by_key: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if _value(entry):
            by_key[entry.actor, entry.issue].append(entry)
    return tuple(
        position for key in sorted(by_key) for position in _positions_of(_stands(by_key[key], reports.by_id), reports)
    )


def _value(entry: Entry) -> str | None:
    """ "for", "against", "open"; None: the act takes no side."""
    if entry.act == "rule_out" and entry.status == "negated":
        return "open"
    if entry.agreement is None or entry.act not in _FORCE:
        return None
    return "for" if entry.agreement else "against"


class _Moment(NamedTuple):
    """What entries must share to be one stand. Two wordings of a condition are one: whether there is one counts."""

    past: bool
    day: str | None
    value: str
    conditional: bool


def _stands(entries: Iterable[Entry], articles: Mapping[str, Article]) -> list[_Stand]:
    """The stands in time order: those told as past first, then by day, undated ones last."""
    grouped: defaultdict[_Moment, list[Entry]] = defaultdict(list)
    for entry in entries:
        past = entry.status == "historical"
        day = None if past else day_of(entry, articles)
        grouped[_Moment(past, day, _value(entry) or "", entry.condition is not None)].append(entry)
    _place_undated(grouped)
    stands = [_stand(moment, group) for moment, group in grouped.items()]
    return sorted(stands, key=lambda s: (not s.past, s.day is None, s.day or "", s.value, s.condition or ""))


def _stand(moment: _Moment, entries: Iterable[Entry]) -> _Stand:
    ordered = tuple(sorted(entries, key=lambda entry: entry.id))
    surest = max(ordered, key=lambda entry: (entry.confidence, entry.id))
    return _Stand(moment.day, moment.past, moment.value, surest.condition, ordered)


def _place_undated(grouped: defaultdict[_Moment, list[Entry]]) -> None:
    """Let an undated stand join the first dated one that is the same: another voice, not another time."""
    for moment in list(grouped):
        days = [other.day for other in grouped if other.day and other._replace(day=None) == moment]
        if moment.day is None and not moment.past and days:
            grouped[moment._replace(day=min(days))] += grouped.pop(moment)


def _positions_of(stands: Sequence[_Stand], reports: _Reports) -> list[Position]:
    """A row for each stand, later days with the same stand merged into one."""
    positions: list[Position] = []
    merged = _merge_days(stands)
    moments = [list(group) for _, group in groupby(merged, key=lambda stand: (stand[0].past, stand[0].day))]
    before: list[list[_Stand]] = []
    for moment in moments:
        for run in moment:
            previous = before[-1][-1] if len(before) == 1 and len(moment) == 1 else None
            rivals = [stand for stand in stands if stand not in run]
            positions.append(_position(run, previous, rivals, reports))
        before = moment
    return positions


def _merge_days(stands: Sequence[_Stand]) -> list[list[_Stand]]:
    """Runs of one stand over several days; a first day stays alone, so that what follows can be "reaffirmed"."""
    runs: list[list[_Stand]] = []
    for stand in stands:
        last = runs[-1] if runs else None
        alone = last is not None and sum(other.day == stand.day for other in stands) == 1
        if last and alone and len(runs) > 1 and _same(last[-1], stand) and _same(runs[-2][-1], stand) and stand.day:
            last.append(stand)
        else:
            runs.append([stand])
    return runs


def _same(a: _Stand, b: _Stand) -> bool:
    alike = a.value == b.value and (a.condition is None) is (b.condition is None)
    return alike and abs(a.strength - b.strength) < _NOTABLE


def _position(run: Sequence[_Stand], before: _Stand | None, rivals: Sequence[_Stand], reports: _Reports) -> Position:
    first = run[0]
    entries = [entry for stand in run for entry in stand.entries]
    change, proof = _change(before, first)
    key = "|".join([entries[0].actor, *entries[0].concept.split(), *sorted(entry.id for entry in entries)])
    return Position(
        id=f"p{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        actor=entries[0].actor,
        issue=entries[0].issue,
        value=first.value,
        strength=round(max(stand.strength for stand in run), 2),
        condition=first.condition,
        since=first.day,
        until=run[-1].day,
        statements=tuple(entry.id for entry in entries),
        outlets=_outlets(entries, reports.by_id),
        voices=reports.voices.count(entry.evidence.article for entry in entries),
        contradicted_by=_contradictions(first, rivals, reports.utterances),
        change=change,
        proof=proof,
        how="rule:entries-by-day",
        confidence=max(entry.confidence for entry in entries),
    )


def _outlets(entries: Iterable[Entry], articles: Mapping[str, Article]) -> tuple[str, ...]:
    ids = dict.fromkeys(entry.evidence.article for entry in entries)
    known = [articles[one] for one in ids if one in articles]
    return tuple(dict.fromkeys(article.outlet or article.input for article in known))


def _contradictions(stand: _Stand, rivals: Iterable[_Stand], utterances: Mapping[str, str]) -> tuple[str, ...]:
    """The entries of other reports that tell of the same day, or of the same utterance, what this stand does not allow.

    A condition that one report has and another has not counts; two wordings of a condition do not.
    """
    own = {entry.evidence.article for entry in stand.entries}
    told = {utterances.get(entry.statement or "") for entry in stand.entries} - {None}
    return tuple(
        entry.id
        for rival in rivals
        if rival.value != stand.value or (rival.condition is None) is not (stand.condition is None)
        for entry in rival.entries
        if entry.evidence.article not in own
        and (rival.day == stand.day is not None or utterances.get(entry.statement or "") in told)
    )


def _change(before: _Stand | None, now: _Stand) -> tuple[PositionChange, tuple[str, str] | None]:
    """How a stand departs from the one before, with the two entries that show it; "new" where the order is not told."""
    if before is None or not _is_earlier(before, now):
        return "new", None
    return _kind_of_change(before, now), (before.entries[0].id, now.entries[0].id)


def _is_earlier(a: _Stand, b: _Stand) -> bool:
    if a.past and not b.past:
        return {entry.evidence.article for entry in a.entries} & {
            entry.evidence.article for entry in b.entries
        } != set()
    return a.day is not None and b.day is not None and a.day < b.day


def _kind_of_change(before: _Stand, now: _Stand) -> PositionChange:
    if {before.value, now.value} == {"for", "against"}:
        return "reversed"
    if before.value != now.value:
        # From or to "open": less against is softer, no longer open is harder.
        return "softened" if before.value == "against" or now.value == "for" else "hardened"
    if before.condition is None and now.condition:
        return "condition_added"
    if before.condition and now.condition is None:
        return "condition_dropped"
    if abs(before.strength - now.strength) < _NOTABLE:
        return "reaffirmed"
    return "hardened" if now.strength > before.strength else "softened"
