"""Real reports: how many of the rows that a reader sees are found, and how many of those found a reader sees.

The peer takes every sentence that names an actor and an issue for a row of the act that is most frequent.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from benchmarks.ledger.rows import LABELS, Label, entries_of, label_of, read_lines, share, tells, tells_all
from retold.article import Span
from retold.ledger import Entry


def read_reports(path: Path, data: Path) -> list[tuple[str, list[Label]]]:
    """The texts that the labels are of, with their labels. Raises ValueError: a text is not the one labelled."""
    texts = {row["doc_id"]: row["text"] for row in read_lines(data / "stories" / "newswcl50.jsonl")}
    reports = []
    for one in read_lines(path):
        text = texts[one["doc_id"]]
        if hashlib.sha256(text.encode()).hexdigest() != one["text_sha256"]:
            raise ValueError(f"{one['doc_id']}: not the text that was labelled")
        reports.append((text, [label_of(row, Span(row["start"], row["end"])) for row in one["rows"]]))
    return reports


def run(data: Path) -> None:
    """Print recall and precision of acts, and of acts with status and voice; and how the annotators agree."""
    print(f"{'rows of real reports':<22} labels   found   recall   precision   F1   recall, all   of those found")
    for name in ("ledger_news", "ledger_news_for_mending"):
        reports = read_reports(LABELS / f"{name}.jsonl", data)
        found = entries_of([text for text, _ in reports])
        _print_row(name, [(labels, entries) for (_, labels), (_, entries) in zip(reports, found, strict=True)])


def _print_row(name: str, reports: Sequence[tuple[Sequence[Label], Sequence[Entry]]]) -> None:
    told = [any(tells(label, entry) for entry in entries) for labels, entries in reports for label in labels]
    whole = [any(tells_all(label, entry) for entry in entries) for labels, entries in reports for label in labels]
    seen = [any(tells(label, entry) for label in labels) for labels, entries in reports for entry in entries]
    recall, precision = share(told), share(seen)
    both = 2 * recall * precision / max(recall + precision, 1e-9)
    print(
        f"{name:<22} {len(told):6}   {len(seen):5}   {recall:6.3f}   {precision:9.3f}   {both:.3f}   "
        f"{share(whole):11.3f}   {share(whole) / max(recall, 1e-9):.3f}"
    )
