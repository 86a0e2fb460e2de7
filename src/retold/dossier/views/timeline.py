"""The timeline: what happened when, in months or years where it is long."""

from collections.abc import Iterator
from itertools import groupby

from retold.article import Evidence
from retold.dossier.labels import one_line, spoken_date
from retold.dossier.views.scope import Scope
from retold.dossier.views.view import HappeningView, PeriodView
from retold.ledger.position import Happening

_UNDIVIDED = 12
"""Events of the whole, or of a year, that are read at once, without headings between them."""
_OPEN = 40
"""Events that are shown unfolded."""


def timeline_view(scope: Scope) -> tuple[tuple[PeriodView, ...], tuple[HappeningView, ...]]:
    """The happenings with a date, earliest first, and those whose day could not be worked out, in input order."""
    dated = sorted((h for h in scope.dossier.timeline if h.date), key=lambda h: h.date or "")
    undated = [h for h in scope.dossier.timeline if not h.date]
    return tuple(_periods(scope, dated)), tuple(_happening(scope, h) for h in undated)


def _periods(scope: Scope, dated: list[Happening]) -> list[PeriodView]:
    if not dated:
        return []
    if len(dated) <= _UNDIVIDED:
        return [PeriodView("", tuple(_happening(scope, each) for each in dated), open=True)]
    periods: list[PeriodView] = []
    for name, some in _divided(dated):
        shown = sum(len(period.happenings) for period in periods)
        views = tuple(_happening(scope, each) for each in some)
        periods.append(PeriodView(name, views, open=not periods or shown + len(some) <= _OPEN))
    return periods


def _divided(dated: list[Happening]) -> Iterator[tuple[str, list[Happening]]]:
    """The years, and in the place of one of which much is told its months."""
    for year, group in groupby(dated, key=_year):
        some = list(group)
        if len(some) <= _UNDIVIDED:
            yield year, some
        else:
            yield from ((month, list(each)) for month, each in groupby(some, key=_month))


def _year(happening: Happening) -> str:
    return _whole_day(happening).rpartition(" ")[2]


def _month(happening: Happening) -> str:
    """ "March 2031"; of what is known by its year alone the year."""
    if happening.precision == "year":
        return _year(happening)
    return _whole_day(happening).partition(" ")[2] or _whole_day(happening)


def _whole_day(happening: Happening) -> str:
    return one_line(spoken_date(happening.date or ""))


def _happening(scope: Scope, happening: Happening) -> HappeningView:
    return HappeningView(
        date=_date_words(happening),
        machine_date=one_line(happening.date or ""),
        when=one_line(happening.when),
        what=one_line(happening.what),
        words=tuple(scope.words(Evidence(pin.article, (pin.span,))) for pin in happening.evidence),
        tag=scope.tag(happening.id, happening),
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
