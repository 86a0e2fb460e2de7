"""How often a report without a date is rightly dated by the reports of its story that have one.

Each report of BASIL and NewsWCL50 is taken without its date, beside the others of its story with theirs. The peer
guesses that it was published on the day of the first of them.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from retold.collation import Collator, Witness, make_witness
from retold.lineage import Dating, infer_publications
from retold.reading import read_text

_FILES = ("basil", "newswcl50")


class Report(NamedTuple):
    """A report as a witness with and without its day of publication."""

    published: date
    dated: Witness
    undated: Witness


def read_stories(path: Path) -> list[list[Report]]:
    """The reports of each story; those left out whose own text dates them."""
    stories: defaultdict[str, list[Report]] = defaultdict(list)
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        undated = read_text(row["text"], name="report")
        if row["date"] and undated.published_basis == "unknown":
            dated = read_text(row["text"], name="report", published=row["date"])
            report = Report(date.fromisoformat(row["date"]), make_witness(dated, ()), make_witness(undated, ()))
            stories[row["story_id"]].append(report)
    return list(stories.values())


def date_report(story: Sequence[Report], index: int, collator: Collator) -> Dating | None:
    """What the other reports of its story say of when one was published; None: nothing."""
    own = story[index].undated
    others = [report.dated for report in (*story[:index], *story[index + 1 :])]
    passages = chain.from_iterable(collator.collate(own, other).passages for other in others)
    return next(iter(infer_publications([own, *others], passages)), None)


def run(data: Path) -> None:
    """Print how many reports are dated, and how many of them rightly, by how many clues."""
    print(f"{'':<12} reports   dated   rightly   by one clue   rightly   days told (mean)   the peer's day right")
    for name in _FILES:
        _print_row(name, read_stories(data / "stories" / f"{name}.jsonl"))


def _print_row(name: str, stories: Sequence[Sequence[Report]]) -> None:
    counts: Counter[str] = Counter()
    for story in stories:
        collator = Collator()
        for index, report in enumerate(story):
            counts["reports"] += 1
            counts["peer"] += len(story) > 1 and story[index == 0].published == report.published
            _count(counts, report, date_report(story, index, collator))
    days = counts["days"] / max(1, counts["dated"])
    row = [counts[key] for key in ("reports", "dated", "right", "one", "one right")]
    print(f"{name:<12} " + "   ".join(f"{one:7}" for one in row) + f"   {days:7.1f}   {counts['peer']:7}")


def _count(counts: Counter[str], report: Report, dating: Dating | None) -> None:
    if dating is None:
        return
    first, last = date.fromisoformat(dating.first), date.fromisoformat(dating.last)
    right, one = first <= report.published <= last, len(dating.evidence) == 2
    counts.update({"dated": 1, "right": right, "one": one, "one right": one and right, "days": (last - first).days + 1})
