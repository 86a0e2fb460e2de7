"""Where each side stands: the ledger as tables of actors and issues, each cell with its words.

What counts is the ledger as corrected: a rejected row is shown, struck through, and counts nowhere; an edited one
stands where its new fields put it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from retold.article import Evidence, Pin, Span
from retold.dossier.corrections import corrected_entry
from retold.dossier.labels import clip, count_of, one_line, short_date, spoken_date
from retold.dossier.views.marking import Mark, cut
from retold.dossier.views.scope import Scope, sure
from retold.dossier.views.speakers import one_line_keeping_edges
from retold.dossier.views.view import (
    ActorRowView,
    ActView,
    CellView,
    GroupView,
    LinkView,
    PartView,
    StanceView,
    TableView,
    ToldView,
    Words,
)
from retold.ledger.position import Entry, EntryWords, Position

STATUS_WORDS: Mapping[str, str] = {
    "actual": "",
    "future": "announced for later",
    "hypothetical": "only supposed",
    "negated": "denied",
    "historical": "told of the past",
}
CHANGE_MARKS: Mapping[str, str] = {
    "new": "new",
    "reaffirmed": "reaffirmed",
    "hardened": "hardened",
    "softened": "softened",
    "reversed": "reversed",
    "condition_added": "condition added",
    "condition_dropped": "condition dropped",
}
PART_WORDS: Mapping[str, str] = {
    "actor": "actor",
    "act": "act",
    "issue": "issue",
    "condition": "condition",
    "consequence": "consequence",
}
"""The parts of an act whose words are marked, with what a reader who cannot see the marks is told."""
_LEANING: Mapping[bool | None, str] = {True: "for", False: "against", None: ""}
DIFFER = "reports differ"

_MOST_ISSUES, _MOST_ACTORS = 5, 14
"""Columns that fit beside each other on a screen of 1280 pixels, and rows that are taken in at once."""
_BRIEF, _NAMED = 56, 3
"""Characters of a condition, and kinds of act, that are shown in a cell before it is opened."""
_QUOTED = 420
"""Characters of evidence that are quoted; the link leads to all of it."""


@dataclass(frozen=True)
class Stand:
    """The ledger of a dossier as the page has it: who is on which side, and what belongs into which cell."""

    scope: Scope

    @cached_property
    def entries(self) -> tuple[tuple[int, Entry], ...]:
        """Every row as corrected, those that are rejected too, with its number in the dossier, counted from 1."""
        ledger = self.scope.dossier.ledger
        said = self.scope.said
        return tuple((n, corrected_entry(e, said.get(e.id), ledger)) for n, e in enumerate(ledger, start=1))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each row, by its id: what links lead to."""
        return {entry.id: number for number, entry in self.entries}

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        """The rows of each actor and issue, in the order of the dossier."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for _, entry in self.entries:
            found.setdefault((entry.actor, entry.issue), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def positions(self) -> Mapping[tuple[str, str], tuple[Position, ...]]:
        """The positions of each actor on each issue, in the order of the dossier, which is that of time."""
        found: dict[tuple[str, str], list[Position]] = {}
        for position in self.scope.dossier.positions:
            found.setdefault((position.actor, position.issue), []).append(position)
        return {key: tuple(positions) for key, positions in found.items()}

    @cached_property
    def sides(self) -> Mapping[str, str]:
        """The side that each actor is most often told to stand for; an actor of no known side is one of its own."""
        told: dict[str, Counter[str]] = {}
        for _, entry in self.entries:
            told.setdefault(entry.actor, Counter())[entry.organization or ""] += bool(entry.organization)
        return {actor: max(counts, key=lambda side: counts[side]) or actor for actor, counts in told.items()}

    @cached_property
    def issues(self) -> Mapping[str, str]:
        """The label of each issue, the issues of which most is told first."""
        labels: dict[str, str] = {}
        for _, entry in self.entries:
            labels.setdefault(entry.issue, entry.concept)
        ranked = _by_weight(self.entries, lambda entry: entry.issue)
        return {issue: one_line(labels[issue]) for issue in ranked}

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """The actors of whom most is told first."""
        return tuple(_by_weight(self.entries, lambda entry: entry.actor))

    def href(self, entry_id: str) -> str:
        """The way to a row of the ledger; "" where the dossier has none of this id."""
        return f"#act-{self.numbers[entry_id]}" if entry_id in self.numbers else ""


def _by_weight(entries: Iterable[tuple[int, Entry]], key: Callable[[Entry], str]) -> list[str]:
    counts = Counter(key(entry) for _, entry in entries)
    return sorted(counts, key=lambda value: -counts[value])


def tables_view(stand: Stand) -> tuple[TableView, ...]:
    """The ledger in tables that can be read at once: those of whom and of what most is told in the first.

    Every actor and issue that has a row is in one of them, in cells of which no row or column is empty.
    """
    issues = list(stand.issues)
    columns = [issues[start : start + _MOST_ISSUES] for start in range(0, len(issues), _MOST_ISSUES)]
    return tuple(table for some in columns for table in _tables_of(stand, some))


def _tables_of(stand: Stand, issues: list[str]) -> Iterable[TableView]:
    told = [actor for actor in stand.actors if any((actor, issue) in stand.cells for issue in issues)]
    for start in range(0, len(told), _MOST_ACTORS):
        actors = told[start : start + _MOST_ACTORS]
        here = [issue for issue in issues if any((actor, issue) in stand.cells for actor in actors)]
        labels = tuple(stand.issues[issue] for issue in here)
        who = f"{count_of(len(actors), 'more actor')} on " if start else ""
        yield TableView(who + ", ".join(labels), labels, _groups(stand, actors, here))


def _groups(stand: Stand, actors: Iterable[str], issues: Sequence[str]) -> tuple[GroupView, ...]:
    """The actors by side, in order, the side itself before those who speak for it; who is alone comes last."""
    sides: dict[str, list[str]] = {}
    for actor in actors:
        sides.setdefault(stand.sides[actor], []).append(actor)
    groups = {side: sorted(some, key=lambda actor: actor != side) for side, some in sides.items() if len(some) > 1}
    alone = [actor for some in sides.values() if len(some) == 1 for actor in some]
    told = [(one_line(side), some) for side, some in groups.items()] + ([("", alone)] if alone else [])
    return tuple(GroupView(side, tuple(_actor_row(stand, actor, issues) for actor in some)) for side, some in told)


def _actor_row(stand: Stand, actor: str, issues: Iterable[str]) -> ActorRowView:
    side = stand.sides[actor]
    return ActorRowView(
        actor=one_line(actor),
        side=one_line(side) if side != actor else "",
        cells=tuple(_cell(stand, actor, issue) for issue in issues),
    )


def _cell(stand: Stand, actor: str, issue: str) -> CellView:
    entries = stand.cells.get((actor, issue), ())
    positions = stand.positions.get((actor, issue), ())
    counting = [position for position in positions if not stand.scope.is_rejected(position.id)]
    now = present(counting, {entry.id: entry for entry in entries})
    others = (position for position in positions if position not in now)
    values = list(dict.fromkeys(position.value for position in now))
    counted = Counter(_act_word(entry) for entry in entries if not stand.scope.is_rejected(entry.id))
    return CellView(
        issue=stand.issues[issue],
        value=one_line(values[0]) if len(values) == 1 else "mixed" if values else "",
        stances=tuple(stance_view(stand, position) for position in now),
        others=tuple(stance_view(stand, position) for position in others),
        names=_names(counted),
        acts=_acts(stand, entries, {entry for position in now for entry in position.statements}),
    )


def _names(counted: Counter[str]) -> str:
    """ "offer ×3, demand and 2 more": the acts that most rows tell."""
    named = [f"{name} ×{count}" if count > 1 else name for name, count in counted.most_common(_NAMED)]
    return ", ".join(named) + (f" and {len(counted) - _NAMED} more" if len(counted) > _NAMED else "")


def present(positions: Sequence[Position], entries: Mapping[str, Entry]) -> tuple[Position, ...]:
    """The latest of the positions: those of the last day; without days those that are not told as of the past."""
    last = max((_last_day(position) for position in positions), default="")
    latest = [position for position in positions if _last_day(position) == last]
    current = [position for position in latest if not _is_past(position, entries)]
    return tuple(sorted(current or latest, key=lambda position: -len(position.statements)))


def _last_day(position: Position) -> str:
    return position.until or position.since or ""


def _is_past(position: Position, entries: Mapping[str, Entry]) -> bool:
    return all(entries[row].status == "historical" for row in position.statements if row in entries)


def stance_view(stand: Stand, position: Position) -> StanceView:
    return StanceView(
        value=one_line(position.value),
        count=_count(position),
        condition=one_line(position.condition or ""),
        brief=clip(one_line(position.condition or ""), _BRIEF),
        since=_days(position),
        day=short_date(position.until or position.since) if position.since else "",
        machine_date=one_line(position.since or ""),
        change=position.change,
        change_word=CHANGE_MARKS[position.change],
        proof=_links(stand, position.proof or (), ("before", "now")),
        differ=_links(stand, position.contradicted_by, ()),
        href=next(filter(None, map(stand.href, position.statements)), ""),
        tag=stand.scope.tag(position.id, position),
    )


def _count(position: Position) -> str:
    """ "3 rows, 2 independent voices"; one row is one voice, and needs no more words."""
    rows = count_of(len(position.statements), "row")
    return rows if len(position.statements) == 1 else f"{rows}, {count_of(position.voices, 'independent voice')}"


def _days(position: Position) -> str:
    if not position.since:
        return ""
    until = position.until if position.until != position.since else None
    return spoken_date(position.since) + (f" to {spoken_date(until)}" if until else "")


def _links(stand: Stand, entries: Iterable[str], names: Sequence[str]) -> tuple[LinkView, ...]:
    """Links to rows of the ledger, under these names, else by where their words stand."""
    links = []
    for number, entry in enumerate(entry for entry in entries if entry in stand.numbers):
        pin = stand.scope.dossier.ledger[stand.numbers[entry] - 1].evidence
        where = stand.scope.labels[pin.article].where(pin.span)
        links.append(LinkView(f"{names[number]}: {where}" if number < len(names) else where, stand.href(entry)))
    return tuple(links)


def _acts(stand: Stand, entries: Iterable[Entry], shown: set[str]) -> tuple[ActView, ...]:
    """The acts of a cell: those of its present position first, then those that most rows tell, rejected ones last."""
    alike: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        rejected = stand.scope.is_rejected(entry.id)
        key = (rejected, entry.act, entry.status == "negated", entry.agreement, entry.recipient, entry.condition)
        alike.setdefault(key, []).append(entry)
    ranked = sorted(
        alike.values(),
        key=lambda some: (stand.scope.is_rejected(some[0].id), some[0].id not in shown, -len(some)),
    )
    return tuple(_act(stand, some) for some in ranked)


def _act_word(entry: Entry) -> str:
    """ "rule out"; "not: rule out" where it is told that this was not done."""
    return ("not: " if entry.status == "negated" else "") + entry.act.replace("_", " ")


def _act(stand: Stand, entries: Sequence[Entry]) -> ActView:
    first = entries[0]
    toward = [
        f"to {first.recipient}" if first.recipient else "",
        f"condition: {first.condition}" if first.condition else "",
    ]
    return ActView(
        word=_act_word(first),
        leaning=_LEANING[first.agreement],
        toward=clip(one_line(" · ".join(filter(None, toward))), _QUOTED),
        rows=tuple(_told(stand, entry) for entry in entries),
        rejected=stand.scope.is_rejected(first.id),
    )


def _told(stand: Stand, entry: Entry) -> ToldView:
    scope, number = stand.scope, stand.numbers[entry.id]
    parts, elsewhere = _quoted(scope, entry)
    return ToldView(
        id=f"act-{number}",
        words=_pinned(scope, entry.evidence),
        parts=parts,
        told=tuple(one_line(each) for each in _circumstances(entry) if each),
        elsewhere=elsewhere,
        consequence=clip(one_line(entry.consequence or ""), _QUOTED),
        sure=sure(entry),
        tag=scope.tag(entry.id, scope.dossier.ledger[number - 1]),
    )


def _circumstances(entry: Entry) -> tuple[str, ...]:
    """Who tells it, where, when, and how far it is a fact, in words; "" for what is not known."""
    if entry.speaker:
        teller = f"told by {entry.speaker}"
    else:
        teller = "told by a speaker without a name" if entry.statement else "told by the report itself"
    return (
        teller,
        f"in {entry.channel}" if entry.channel else "",
        spoken_date(entry.said_on) if entry.said_on else "",
        "hearsay: the actor is not the one who speaks" if entry.hearsay else "",
        STATUS_WORDS[entry.status],
    )


def _quoted(scope: Scope, entry: Entry) -> tuple[tuple[PartView, ...], tuple[tuple[str, Words], ...]]:
    """The evidence with the words of the act's parts marked, and the parts whose words stand outside of it."""
    article, span = entry.evidence.article, entry.evidence.span
    spans = _parts(entry.words) if entry.words else {}
    inside = {part: at for part, at in spans.items() if at.start < span.end and span.start < at.end}
    text = scope.article(article).text
    end = min(span.end, span.start + _QUOTED)
    pieces = [
        PartView(one_line_keeping_edges(text[at.start : at.end]), names[-1] if names else "", " and ".join(names))
        for at, names in cut(Span(span.start, end), (Mark(at, part) for part, at in inside.items()))
    ]
    pieces += [PartView("…")] if end < span.end else []
    elsewhere = {part: scope.words(Evidence(article, (spans[part],)), 80) for part in spans if part not in inside}
    return tuple(pieces), tuple((PART_WORDS[part], words) for part, words in elsewhere.items())


def _parts(words: EntryWords) -> dict[str, Span]:
    """The parts that have words, the longest first, so that a shorter one within it is marked as what it is."""
    found = {part: getattr(words, part) for part in PART_WORDS if getattr(words, part) is not None}
    return dict(sorted(found.items(), key=lambda item: item[1].start - item[1].end))


def _pinned(scope: Scope, pin: Pin) -> Words:
    return scope.words(Evidence(pin.article, (pin.span,)))
