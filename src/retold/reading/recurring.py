"""What repeats in the articles of one outlet: lines that several of them have are seldom anybody's report."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

_LEAST = 2  # articles that have a line
_LONGEST = 200  # characters; what is longer is a paragraph, which versions and series share
_MOST_ARTICLES = 300  # of one outlet that are looked at: what repeats, repeats in them
_MOST_OUTLETS = 2000
_SAME_REPORT = 0.5  # the share of its lines that a version of a report has from one before


Recurring = Mapping[str, frozenset[str]]
"""For each outlet the lines that several of its articles have."""


class _Row(msgspec.Struct):
    text: str
    outlet: str | None = None


def find_recurring(articles: Iterable[tuple[str, str]]) -> Recurring:
    """For each outlet the lines that several of its articles have. `articles`: outlet and text of each.

    Lines are without the white space round them. An article most of whose lines stood in one before is a version of
    it, and counts for nothing. Empty: no outlet has such lines. Raises: nothing.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    for outlet, text in articles:
        if seen[outlet] >= _MOST_ARTICLES or (outlet not in seen and len(seen) >= _MOST_OUTLETS):
            continue
        lines = {line.strip()[: _LONGEST + 1] for line in text.split("\n") if line.strip()}
        if sum(line in counts[outlet] for line in lines) <= _SAME_REPORT * len(lines):
            seen[outlet] += 1
            counts[outlet].update(lines)
    found = {
        outlet: frozenset(line for line, count in own.items() if count >= _LEAST and len(line) <= _LONGEST)
        for outlet, own in counts.items()
    }
    return {outlet: lines for outlet, lines in found.items() if lines}


def recurring_in(lines: Iterable[bytes]) -> Recurring:
    """The recurring lines of the outlets in bulk lines; what is no bulk line is passed over.

    Empty: nothing recurs. Raises: nothing of its own.
    """
    return find_recurring(_outlets_and_texts(lines))


def _outlets_and_texts(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    for line in lines:
        try:
            row = msgspec.json.decode(line, type=_Row)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        if row.outlet:
            yield row.outlet, row.text
