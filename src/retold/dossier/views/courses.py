"""Positions over time: one small drawing for each actor and issue of which two dated positions are told.

Time runs to the right, for is above against, and a circle is the larger the stronger the position. A line is whole
where reports tell the position, dashed where they only have it before and after. Where a day has several positions
nothing is said of their order, and no line leads there.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from retold.dossier.labels import one_line, short_date
from retold.dossier.views.stances import DIFFER, Stand, stance_view
from retold.dossier.views.view import CourseDrawing, CourseView, PointView, StanceView, TextView
from retold.ledger.position import Position

WIDTH, HEIGHT = 340, 150
"""So wide that a phone of 360 pixels shows it whole."""
_LEFT, _RIGHT = 86.0, 318.0
_LEVELS = {"for": 36.0, "open": 72.0, "against": 108.0}
_BASE = 130.0
_SMALLEST, _GROWTH = 4.0, 5.0  # the radius of a circle of no strength, and what full strength adds
_BESIDE = 11.0  # from one circle to another of the same day and value
_LETTER = 7.4  # pixels of a letter of a label
_QUIET = ("new", "reaffirmed")  # changes that need no label: the circle says as much


class _Dot(NamedTuple):
    """A position with its days as numbers, and where it is drawn."""

    position: Position
    since: int
    until: int


class _Place(NamedTuple):
    start: float
    end: float
    y: float
    radius: float


def courses_view(stand: Stand) -> tuple[CourseView, ...]:
    """The courses with most changes first; empty: nobody has two dated positions on an issue."""
    found = []
    for (actor, issue), positions in stand.positions.items():
        dots = [dot for position in positions if (dot := _dot(stand, position))]
        if len(dots) > 1 and issue in stand.issues:
            found.append((dots, _course(stand, actor, issue, dots)))
    found.sort(key=lambda each: (-sum(dot.position.change not in _QUIET for dot in each[0]), -len(each[0])))
    return tuple(course for _, course in found)


def _dot(stand: Stand, position: Position) -> _Dot | None:
    """None: it has no day, is none of the three values, or is rejected."""
    since = _day(position.since)
    if since is None or position.value not in _LEVELS or stand.scope.is_rejected(position.id):
        return None
    return _Dot(position, since, max(since, _day(position.until) or since))


def _day(iso: str | None) -> int | None:
    try:
        return date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None


def _course(stand: Stand, actor: str, issue: str, dots: Sequence[_Dot]) -> CourseView:
    ordered = sorted(dots, key=lambda dot: (dot.since, dot.position.value))
    steps = [stance_view(stand, dot.position) for dot in ordered]
    return CourseView(one_line(actor), stand.issues[issue], draw_course(ordered, steps), tuple(steps))


def draw_course(dots: Sequence[_Dot], steps: Sequence[StanceView]) -> CourseDrawing:
    """The drawing of the positions in order of time; `steps` say the same of each in words."""
    places = [_place(dot, dots) for dot in dots]
    return CourseDrawing(
        width=WIDTH,
        height=HEIGHT,
        points=tuple(_point(place, step) for place, step in zip(places, steps, strict=True)),
        told=tuple(f"M{p.start:.1f} {p.y:.0f}H{p.end:.1f}" for p in places if p.end > p.start),
        between=tuple(_between(dots, places)),
        labels=tuple(_labels(places, steps)),
        ticks=tuple(_ticks(dots)),
    )


def _x(day: int, dots: Sequence[_Dot]) -> float:
    first, last = min(dot.since for dot in dots), max(dot.until for dot in dots)
    if first == last:
        return (_LEFT + _RIGHT) / 2
    return _LEFT + (_RIGHT - _LEFT) * (day - first) / (last - first)


def _place(dot: _Dot, dots: Sequence[_Dot]) -> _Place:
    """Positions of one day and value stand beside each other, towards the middle of the drawing."""
    same = [other for other in dots if (other.since, other.position.value) == (dot.since, dot.position.value)]
    aside = _BESIDE * same.index(dot) * (1 if _x(dot.since, dots) < (_LEFT + _RIGHT) / 2 else -1)
    start, end = (_x(day, dots) + aside for day in (dot.since, dot.until))
    strength = min(max(dot.position.strength, 0.0), 1.0)
    return _Place(start, end, _LEVELS[dot.position.value], _SMALLEST + _GROWTH * strength)


def _point(place: _Place, step: StanceView) -> PointView:
    title = f"{step.since}: {step.value}, {step.change_word}; {step.count}"
    differ = bool(step.differ)
    title += f"; {DIFFER}" if differ else ""
    return PointView(place.start, place.y, round(place.radius, 1), step.value, differ, title, step.href)


def _between(dots: Sequence[_Dot], places: Sequence[_Place]) -> Iterable[str]:
    """From the one position of a day to the one of the next; nothing where a day has several."""
    days = [[number for number, _ in group] for _, group in groupby(enumerate(dots), key=lambda each: each[1].since)]
    for before, after in pairwise(days):
        if len(before) == len(after) == 1:
            a, b = places[before[0]], places[after[0]]
            yield f"M{a.end:.1f} {a.y:.0f}L{max(a.end, b.start):.1f} {b.y:.0f}"


def _labels(places: Sequence[_Place], steps: Sequence[StanceView]) -> Iterable[TextView]:
    """The changes that say more than that there is a position, where there is room: the list says them all."""
    taken: list[tuple[float, float, float]] = [(p.start - p.radius, p.start + p.radius, p.y) for p in places]
    for place, step in zip(places, steps, strict=True):
        if step.change in _QUIET:
            continue
        half = len(step.change_word) * _LETTER / 2
        x = min(max(place.start, _LEFT - 10 + half), WIDTH - 2 - half)
        for y in (place.y - place.radius - 5, place.y + place.radius + 12):
            if not any(start < x + half and x - half < end and abs(y - 4 - other) < 11 for start, end, other in taken):
                taken.append((x - half, x + half, y - 4))
                yield TextView(step.change_word, x, y, "middle")
                break


def _ticks(dots: Sequence[_Dot]) -> Iterable[TextView]:
    """The first and the last day."""
    days = sorted({min(dot.since for dot in dots), max(dot.until for dot in dots)})
    for number, day in enumerate(days):
        anchor = "middle" if len(days) == 1 else ("start", "end")[number]
        x = _x(day, dots) + (0 if len(days) == 1 else (-8, 8)[number])
        yield TextView(short_date(date.fromordinal(day).isoformat()), x, _BASE + 14, anchor)
