"""On what occasion something was said: the channel, the addressee and the day, each with the words it rests on."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from retold.article import Span
from retold.language.dates import find_dates
from retold.statements.context import words_of
from retold.statements.statement import SaidOnBasis


class Occasion(NamedTuple):
    """Where, to whom and when; None: the words around the statement do not say."""

    channel: Span | None = None
    addressee: Span | None = None
    said_on: str | None = None
    said_on_basis: SaidOnBasis = "unknown"
    said_on_words: Span | None = None


_NAME = r"(?:the\s)?(?:[A-Z][\w’'&.-]{0,30}(?:\s(?:of\s(?:the\s)?)?(?=[A-Z]))?){1,6}"
_TOLD = re.compile(
    rf"\b(?:told|tells|telling|tell)\s(?P<whom>{_NAME}|(?:[a-z]{{1,20}}\s){{0,3}}(?:reporters?|journalists?|lawmakers|supporters|voters|parliament|crowd|audience))"
)
_EVENT = re.compile(
    r"\b(?:in|during|at|on|via|through)\s(?P<event>(?:an?|the|his|her|their|its)\s(?:[\w’'-]{1,20}\s){0,3}?"
    r"(?:interview|statement|speech|briefing|conference|letter|memo|email|e-mail|post|tweet|op-ed|debate|rally|"
    rf"hearing|podcast|broadcast|message|address|testimony)(?:\s(?:with|to|on|for|from)\s(?P<outlet>{_NAME}))?)"
)
_POSTED = re.compile(
    r"\b(?:on|to|via)\s(?P<where>X|Twitter|Facebook|Instagram|Telegram|Truth\sSocial|TikTok|LinkedIn|YouTube|Reddit|"
    rf"Weibo|Bluesky|Threads|Snapchat|television|radio|state\stelevision|(?:[A-Z]{{2,5}}(?:’s|'s)\s{_NAME}))(?![\w-])"
)


def find_occasion(text: str, frame: Sequence[Span], cue: Span, published: date | None) -> Occasion:
    """Find channel, addressee and day in `frame`: the words of the statement's sentence outside any content."""
    told = _search(_TOLD, text, frame, "whom")
    event = _search(_EVENT, text, frame, "event")
    outlet = _search(_EVENT, text, frame, "outlet")
    posted = _search(_POSTED, text, frame, "where")
    outlet_told = told if told and _is_outlet(text[slice(*told)]) else None
    said_on, basis, words = _day(text, frame, cue, published)
    return Occasion(
        channel=outlet_told or outlet or posted or event,
        addressee=None if outlet_told else told,
        said_on=said_on,
        said_on_basis=basis,
        said_on_words=words,
    )


def _search(pattern: re.Pattern[str], text: str, frame: Sequence[Span], group: str) -> Span | None:
    for span in frame:
        match = pattern.search(text, *span)
        if match and match[group]:
            words = re.sub(r"(?:[’']s)?[\s.,]*\Z", "", match[group])
            return Span(match.start(group), match.start(group) + len(words))
    return None


def _is_outlet(words: str) -> bool:
    """Whether an addressee is a news outlet, so a channel: an acronym, or a name with a word of the press."""
    parts = words.removeprefix("the ").split()
    if not parts or not parts[0][0].isupper():
        return False
    return (len(parts[0]) > 1 and parts[0].isupper()) or any(
        part.lower().strip(".,’'s") in words_of("press") or part.lower() in words_of("press") for part in parts
    )


def _day(
    text: str, frame: Sequence[Span], cue: Span, published: date | None
) -> tuple[str | None, SaidOnBasis, Span | None]:
    """The day that the words nearest to the cue name; an open one has words but no day."""
    days = [one for one in find_dates(text, frame, published) if one.precision == "day"]
    if not days:
        return None, "unknown", None
    nearest = min(days, key=lambda one: min(abs(one.span.start - cue.end), abs(cue.start - one.span.end)))
    if nearest.date is None:
        return None, "unknown", nearest.span
    return nearest.date, "relative" if nearest.anchored else "text", nearest.span
