"""The peer: which numbers, dates, names, negations and modals does one text hold more often than the other."""

import re
from collections import Counter
from collections.abc import Iterator

from benchmarks.retelling.edits.dates import MONTH, WEEKDAYS
from benchmarks.retelling.edits.numbers import SPELLED
from benchmarks.retelling.findings import Finding

_CLASSES: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    ("number", re.compile(rf"\d[\d,.]*\d|\d|\b(?:{'|'.join(SPELLED)}|million|billion)\b")),
    ("date", re.compile(rf"\b(?:{'|'.join(WEEKDAYS)}|{MONTH})")),
    ("name", re.compile(r"(?<=[\w,’'] )(?!Mr|Ms|Dr|Sen|Rep|Gov|I\b)[A-Z][\w’'-]+")),
    ("negation", re.compile(r"\b(?:not|no|never|none|nobody|nothing|without|refused|denied)\b|n['’]t\b")),
    ("modality", re.compile(r"\b(?:may|might|can|could|must|should|will|would|likely|possibly|probably)\b")),
)


def differences(a: str, b: str) -> Iterator[Finding]:
    """One finding for each word of a class that one text holds more often; it rests on every place of the word."""
    for kind, pattern in _CLASSES:
        places = [_places(pattern, text) for text in (a, b)]
        counts = [Counter({word: len(spans) for word, spans in each.items()}) for each in places]
        for word in counts[0] - counts[1]:
            yield Finding(kind, 1.0, places[0][word], [], "")
        for word in counts[1] - counts[0]:
            yield Finding(kind, 1.0, [], places[1][word], "")


def _places(pattern: "re.Pattern[str]", text: str) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for match in pattern.finditer(text):
        found.setdefault(match.group().replace("’", "'"), []).append(match.span())
    return found
