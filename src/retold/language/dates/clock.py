"""Times of day: "10 p.m.", "9:30 a.m.", "noon"."""

import re

_CLOCK = re.compile(
    r"\b(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b|(?P<named>noon|midnight))",
    re.ASCII | re.IGNORECASE,
)
_TWENTY_FOUR = re.compile(r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)\b(?!\s?[ap]\.?m)", re.ASCII | re.IGNORECASE)


def clock_time(words: str) -> str | None:
    """The time of day in `words` as "T22:00"; None: they name none.

    >>> clock_time("10 p.m. Wednesday")
    'T22:00'
    """
    match = _CLOCK.search(words) or _TWENTY_FOUR.search(words)
    if match is None:
        return None
    if match.groupdict().get("named"):
        return "T12:00" if match["named"].lower() == "noon" else "T00:00"
    hour = int(match["hour"])
    half = match.groupdict().get("half")
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return f"T{hour:02}:{match['minute'] or '00'}"
