"""Probes: short texts that ask for one thing each, whether an act was done, by whom, and who says so.

A probe is right when its row is found, with act, actor, status and hearsay, and no other row on these words says
otherwise of this act: another actor, another status, another voice.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.ledger.rows import (
    LABELS,
    Label,
    entries_of,
    label_of,
    overlaps,
    read_lines,
    same_actor,
    share,
    tells,
    tells_all,
)
from retold.article import Span
from retold.ledger import Entry

PROBES = LABELS / "ledger_probe.jsonl"


def labels_of(probe: dict[str, Any]) -> list[Label]:
    """The rows of a probe, the one asked for first."""
    places = [probe["text"].index(row["words"]) for row in probe["rows"]]
    return [label_of(row, Span(at, at + len(row["words"]))) for row, at in zip(probe["rows"], places, strict=True)]


def is_right(labels: Sequence[Label], entries: Sequence[Entry]) -> bool:
    """Whether a probe is right; see above."""
    asked = labels[0]
    here = [entry for entry in entries if overlaps(asked, entry) and entry.act in asked.acts]
    return any(tells_all(asked, entry) for entry in here) and not any(_denies(labels, entry) for entry in here)


def _denies(labels: Sequence[Label], entry: Entry) -> bool:
    """Whether an entry says otherwise than every label that its words touch."""
    asked = labels[0]
    if any(tells_all(label, entry) for label in labels):
        return False
    return not same_actor(asked, entry) or tells(asked, entry)


def run(_data: Path) -> None:
    """Print how many probes are right, by kind."""
    probes = read_lines(PROBES)
    found = entries_of([probe["text"] for probe in probes])
    by_kind: defaultdict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for probe, (_, entries) in zip(probes, found, strict=True):
        labels = labels_of(probe)
        found_it = any(tells(labels[0], entry) for entry in entries)
        with_status = any(tells_all(labels[0], entry) for entry in entries)
        by_kind[probe["kind"]].append((found_it, with_status, is_right(labels, entries)))
    print(f"{'probes':<14} count   act and actor   status and voice too   of those found   right")
    for kind, results in [*by_kind.items(), ("all", [one for each in by_kind.values() for one in each])]:
        told, whole, right = (share(one[place] for one in results) for place in range(3))
        kept = whole / max(told, 1e-9)
        print(f"{kind:<14} {len(results):5}   {told:13.3f}   {whole:20.3f}   {kept:14.3f}   {right:5.3f}")
