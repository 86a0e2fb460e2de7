"""Where each side stands: the ledger as a matrix of sides and issues, and the timeline."""

from collections.abc import Callable, Iterable, Mapping

from retold.article import Evidence, Pin
from retold.dossier.labels import one_line, spoken_date
from retold.dossier.views.scope import Scope
from retold.dossier.views.view import ActView, CellView, HappeningView, MatrixView, SideRowView, StanceView, Words
from retold.ledger.position import Entry, Happening, Position

_STATUS_WORDS: Mapping[str, str] = {
    "actual": "",
    "future": "to come",
    "hypothetical": "hypothetical",
    "negated": "denied",
    "historical": "in the past",
}
_LEANING: Mapping[bool | None, str] = {True: "for", False: "against", None: ""}


def matrix_view(scope: Scope) -> MatrixView:
    """Sides by how much is known of them, issues likewise; an actor of no known side is a side of its own."""
    entries: dict[tuple[str, str], list[Entry]] = {}
    issues: dict[str, str] = {}
    for entry in scope.dossier.ledger:
        issues.setdefault(entry.issue, entry.concept)
        entries.setdefault((_side(entry), entry.issue), []).append(entry)
    sides = _by_weight(scope.dossier.ledger, _side)
    columns = _by_weight(scope.dossier.ledger, lambda entry: entry.issue)
    return MatrixView(
        issues=tuple(one_line(issues[issue]) for issue in columns),
        rows=tuple(_row(scope, side, columns, issues, entries) for side in sides),
    )


def _side(entry: Entry) -> str:
    return entry.organization or entry.actor


def _by_weight(entries: Iterable[Entry], key: Callable[[Entry], str]) -> list[str]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[key(entry)] = counts.get(key(entry), 0) + 1
    return sorted(counts, key=lambda value: -counts[value])


def _row(
    scope: Scope,
    side: str,
    columns: list[str],
    issues: Mapping[str, str],
    entries: Mapping[tuple[str, str], list[Entry]],
) -> SideRowView:
    cells = tuple(_cell(scope, side, issue, issues[issue], entries.get((side, issue), [])) for issue in columns)
    actors = dict.fromkeys(e.actor for issue in columns for e in entries.get((side, issue), []) if e.actor != side)
    return SideRowView(one_line(side), one_line(", ".join(actors)), cells)


def _cell(scope: Scope, side: str, issue: str, concept: str, entries: list[Entry]) -> CellView:
    known = {entry.id: entry for entry in scope.dossier.ledger}
    actors = {entry.actor for entry in entries}
    here = [p for p in scope.dossier.positions if p.issue == issue and (p.actor == side or p.actor in actors)]
    grouped: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        grouped.setdefault((entry.act, entry.actor, entry.agreement, entry.status, entry.hearsay), []).append(entry)
    return CellView(
        issue=one_line(concept),
        stances=_stances(scope, [position for position in here if _tells_more(position)], known),
        acts=tuple(_act(scope, side, alike) for alike in grouped.values()),
    )


def _tells_more(position: Position) -> bool:
    """A position that is new and unconditional says no more than its acts do."""
    return position.change not in ("new", "reaffirmed") or position.condition is not None


def _stances(scope: Scope, positions: Iterable[Position], known: Mapping[str, Entry]) -> tuple[StanceView, ...]:
    """Positions alike but for the wording of their condition or their day are told once, with how many they are."""
    alike: dict[tuple[str, str, str], list[Position]] = {}
    for position in positions:
        alike.setdefault((position.actor, position.value, position.change), []).append(position)
    return tuple(_stance(scope, each, known) for each in alike.values())


def _stance(scope: Scope, positions: list[Position], known: Mapping[str, Entry]) -> StanceView:
    position = positions[0]
    parts = [f"{position.actor}: {position.value}"]
    if position.change != "new":
        parts.append(position.change.replace("_", " "))
    if position.condition:
        parts.append(f"condition: {position.condition}")
    if position.since:
        parts.append(f"since {spoken_date(position.since)}")
    if len(positions) > 1:
        parts.append(f"told {len(positions)} times")
    proof = [known[entry] for entry in position.proof or () if entry in known]
    return StanceView(one_line(" · ".join(parts)), tuple(_pinned(scope, entry.evidence) for entry in proof))


def _act(scope: Scope, side: str, entries: list[Entry]) -> ActView:
    first = entries[0]
    qualifiers = [
        _STATUS_WORDS[first.status],
        "hearsay" if first.hearsay else "",
        f"to {first.recipient}" if first.recipient else "",
        f"condition: {first.condition}" if first.condition else "",
    ]
    return ActView(
        act=first.act,
        word=first.act.replace("_", " "),
        actor=one_line(first.actor) if first.actor != side else "",
        leaning=_LEANING[first.agreement],
        qualifiers=one_line(" · ".join(filter(None, qualifiers))),
        words=tuple(_pinned(scope, entry.evidence) for entry in entries),
    )


def _pinned(scope: Scope, pin: Pin) -> Words:
    return scope.words(Evidence(pin.article, (pin.span,)))


def timeline_view(scope: Scope) -> tuple[tuple[HappeningView, ...], tuple[HappeningView, ...]]:
    """The happenings with a date, earliest first, and those whose day could not be worked out, in input order."""
    dated = sorted((h for h in scope.dossier.timeline if h.date), key=lambda h: h.date or "")
    undated = [h for h in scope.dossier.timeline if not h.date]
    return tuple(_happening(scope, h) for h in dated), tuple(_happening(scope, h) for h in undated)


def _happening(scope: Scope, happening: Happening) -> HappeningView:
    return HappeningView(
        date=_date_words(happening),
        machine_date=one_line(happening.date or ""),
        when=one_line(happening.when),
        what=one_line(happening.what),
        words=tuple(_pinned(scope, pin) for pin in happening.evidence),
    )


def _date_words(happening: Happening) -> str:
    if not happening.date:
        return ""
    spoken = spoken_date(happening.date)
    if happening.precision == "month":
        return spoken.partition(" ")[2] or spoken
    if happening.precision == "year":
        return spoken.rpartition(" ")[2]
    return {"week": "week of ", "range": "from "}.get(happening.precision or "", "") + spoken
