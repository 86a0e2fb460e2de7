"""Times told by how far they lie from another: "two years ago", "three days later", "eight months after …"."""

import re

from retold.article import Span
from retold.language.dates.matching import times_in
from retold.language.dates.rules import Context, Resolve, Rule, make_rule
from retold.language.dates.side import SENTENCE_END
from retold.language.dates.times import (
    COARSE,
    UNIT_PRECISION,
    Time,
    grain,
    is_quarter,
    last_told,
    open_time,
    shift,
    year_time,
)
from retold.language.dates.words import COUNT, GAP, UNIT, count_number, unit_name
from retold.language.dates.written_out import WRITTEN_OUT

_FAR = 120  # characters after "eight months after" in which the sentence may date the event


def _from_anchor(anchor: Time | None, count: int, unit: str) -> Time:
    """`count` units from a known time, no finer than that time is known; open when there is none."""
    if anchor is None or anchor.first is None:
        return open_time(None)
    if unit in ("year", "quarter") and is_quarter(anchor):
        return grain(shift(anchor.first, count, unit), "quarter", anchored=anchor.anchored, confidence=0.75)
    own = UNIT_PRECISION[unit]
    if anchor.precision not in COARSE or own not in COARSE:
        return open_time(None)
    if COARSE.index(anchor.precision) > COARSE.index(own):
        return open_time(None)  # "three days later" than a month: no day follows from that
    return grain(shift(anchor.first, count, unit), unit, anchored=anchor.anchored, confidence=0.75)


def _resolve_ago(match: re.Match[str], context: Context) -> Time | None:
    """Before publication; where a quarter was named, "a year ago" is that quarter of the year before."""
    count, unit = count_number(match["count"]), unit_name(match["unit"])
    if context.published is None:
        return open_time(None)
    quarter = _quarter_reported(context) if unit == "year" and count == 1 else None
    if quarter:
        return _from_anchor(quarter, -1, "year")
    return grain(shift(context.published, -count, unit), unit, anchored=True, confidence=0.8)


def _resolve_later(match: re.Match[str], context: Context) -> Time | None:
    """Later than the time that the story has reached: days of saying stand between."""
    reached = last_told(context.before, lambda time: not time.anchored or is_quarter(time))
    return _from_anchor(reached, count_number(match["count"]), unit_name(match["unit"]))


def _quarter_reported(context: Context) -> Time | None:
    """The quarter that a report of business speaks of; None: it speaks of none."""
    return last_told(context.before, is_quarter)


def _resolve_earlier(match: re.Match[str], context: Context) -> Time | None:
    """Before the time that was last named; compared with it where the words before say so."""
    count, unit = count_number(match["count"]), unit_name(match["unit"])
    quarter = _quarter_reported(context) if unit == "year" and count == 1 else None
    named = quarter or last_told(context.before, lambda time: not is_quarter(time) and time.precision != "day")
    time = _from_anchor(named, -count, unit)
    if time.first or unit != "year" or context.published is None or not _compares(context.text, match.start()):
        return time
    return grain(shift(context.published, -count, unit), unit, anchored=True, confidence=0.6)


def _compares(text: str, start: int) -> bool:
    """Whether what stands at `start` is put beside the present: "more than a year earlier"."""
    return bool(re.search(r"\b(?:than|with|from) \Z", text[max(0, start - 10) : start]))


def _resolve_after(match: re.Match[str], context: Context) -> Time | None:
    """After or before something that the rest of the sentence dates: "eight months after it left in May 2019"."""
    end = min(context.within.end, match.end() + _FAR)
    rest = SENTENCE_END.split(context.text[match.end() : end], maxsplit=1)[0]
    anchors = [time for _, time in times_in(rest, Span(0, len(rest)), None, WRITTEN_OUT) if time.first]
    sign = 1 if match["way"].lower() == "after" else -1
    anchor = anchors[0] if len(anchors) == 1 else None
    return _from_anchor(anchor, sign * count_number(match["count"]), unit_name(match["unit"]))


def _resolve_year_before(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    """The quarter of the year before where one was named, else that year."""
    quarter = _quarter_reported(context)
    if quarter:
        return _from_anchor(quarter, -1, "year")._replace(advances=False)
    if context.published is None:
        return open_time(None)
    return year_time(context.published.year - 1, anchored=True, confidence=0.7)._replace(advances=False)


_WAYS: dict[str, Resolve] = {
    "ago": _resolve_ago,
    "later": _resolve_later,
    "earlier": _resolve_earlier,
    "after": _resolve_after,
    "before": _resolve_after,
}


def _resolve_distance(match: re.Match[str], context: Context) -> Time | None:
    time = _WAYS[match["way"]](match, context)
    return time._replace(advances=match["way"] not in ("ago", "earlier")) if time else None


DISTANCES: tuple[Rule, ...] = (
    make_rule(
        "date-distance",
        "unit",
        rf"\b(?P<count>{COUNT}){GAP}(?P<unit>{UNIT}){GAP}(?P<way>ago|later|earlier|after|before)\b",
        _resolve_distance,
    ),
    make_rule(
        "date-year-before",
        "unit",
        rf"\b(?i:year)-(?:earlier|ago)(?:{GAP}(?:(?:first|second|third|fourth){GAP})?(?:quarter|period))?\b",
        _resolve_year_before,
    ),
)
