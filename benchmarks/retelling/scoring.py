"""Recall, precision and false alarms from cases and what was reported of them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.retelling.cases import Case
from benchmarks.retelling.edits import INJECTED
from benchmarks.retelling.findings import SURE, Finding, counted, names_it


class Judged(NamedTuple):
    """A case with what Retold and the peer report of it."""

    case: Case
    findings: list[Finding]
    peer: list[Finding]

    @property
    def found(self) -> bool:
        """Whether Retold names the injected change."""
        return any(names_it(finding, self.case) for finding in self.findings)

    @property
    def peer_found(self) -> bool:
        """Whether the peer names it."""
        return any(names_it(finding, self.case) for finding in self.peer)

    @property
    def alarms(self) -> list[Finding]:
        """Counted findings that do not name the injected change."""
        return [finding for finding in counted(self.findings) if not names_it(finding, self.case)]


class Row(NamedTuple):
    """One line of the table; None: there is nothing to take the share of."""

    kind: str
    cases: int
    recall: float | None
    alone: float | None
    retold: float | None
    precision: float | None
    f1: float | None
    peer_recall: float | None
    peer_precision: float | None
    peer_f1: float | None


def share(flags: Sequence[bool]) -> float | None:
    """How many are true, 0 to 1; None of nothing."""
    return sum(flags) / len(flags) if flags else None


def f1(recall: float | None, precision: float | None) -> float | None:
    """The harmonic mean; None where one of the two is unknown."""
    if recall is None or precision is None:
        return None
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def precision(judged: Sequence[Judged], kind: str, *, peer: bool = False) -> float | None:
    """Of what is reported as `kind`, in all cases and controls, the share that names the injected change."""
    flags = [
        names_it(finding, each.case)
        for each in judged
        for finding in counted(each.peer if peer else each.findings)
        if finding.kind == kind
    ]
    return share(flags)


def score_kind(judged: Sequence[Judged], kind: str) -> Row:
    """The line of one kind."""
    own = [each for each in judged if each.case.kind == kind]
    recall, peer_recall = share([each.found for each in own]), share([each.peer_found for each in own])
    settings = [share([each.found for each in own if each.case.setting == setting]) for setting in ("alone", "retold")]
    right, peer_right = precision(judged, kind), precision(judged, kind, peer=True)
    scores = (recall, settings[0], settings[1], right, f1(recall, right))
    return Row(kind, len(own), *scores, peer_recall, peer_right, f1(peer_recall, peer_right))


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """The lines of the table, then those of the controls."""
    yield (
        f"{'kind':<20}{'cases':>6}{'recall':>8}{'alone':>7}{'retold':>8}{'prec.':>7}{'F1':>6}"
        "   | peer: recall  prec.    F1"
    )
    for kind in INJECTED:
        row = score_kind(judged, kind)
        if row.cases:
            yield (
                f"{row.kind:<20}{row.cases:>6}{_show(row.recall):>8}{_show(row.alone):>7}{_show(row.retold):>8}"
                f"{_show(row.precision):>7}{_show(row.f1):>6}   | {_show(row.peer_recall):>12}"
                f"{_show(row.peer_precision):>7}{_show(row.peer_f1):>6}"
            )
    yield _overall(judged)
    yield from controls(judged)


def _overall(judged: Sequence[Judged]) -> str:
    cases = [each for each in judged if each.case.kind != "control"]
    claims = [names_it(finding, each.case) for each in judged for finding in counted(each.findings)]
    recall, right = share([each.found for each in cases]), share(claims)
    return f"{'all':<20}{len(cases):>6}{_show(recall):>8}{'':>15}{_show(right):>7}{_show(f1(recall, right)):>6}"


def controls(judged: Sequence[Judged]) -> Iterator[str]:
    """False alarms on pairs that differ in form only."""
    for setting in ("alone", "retold"):
        own = [each for each in judged if each.case.kind == "control" and each.case.setting == setting]
        if own:
            alarms = sum(len(each.alarms) for each in own)
            pairs = sum(bool(each.alarms) for each in own)
            altered = sum(any(f.kind == "altered" for f in each.findings) for each in own)
            peer = sum(any(counted(each.peer)) for each in own)
            per = 100 / len(own)
            yield (
                f"controls, {setting:<7} {len(own):>4} pairs; per 100 pairs: {alarms * per:.1f} false alarms in"
                f" {pairs * per:.1f} pairs, {altered * per:.1f} called altered; peer: {peer * per:.1f} pairs"
            )


def _show(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".removeprefix("0") if value < 1 else "1.0"


def examples(judged: Sequence[Judged], count: int) -> Iterator[str]:
    """Up to `count` misses and false alarms of each kind, in words, for mending."""
    for kind in (*INJECTED, "control"):
        misses = [each for each in judged if each.case.kind == kind and kind != "control" and not each.found]
        for each in misses[:count]:
            yield from _describe(f"MISSED {kind}", each)
        alarmed = [each for each in judged if any(f.kind == kind for f in each.alarms)]
        for each in alarmed[:count]:
            yield from _describe(f"FALSE ALARM {kind}", each, [f for f in each.alarms if f.kind == kind])


def _describe(heading: str, judged: Judged, alarms: Sequence[Finding] = ()) -> Iterator[str]:
    case = judged.case
    yield f"{heading} [{case.id}, {case.setting}; {case.how}; forms: {', '.join(case.forms) or 'none'}]"
    for label, text, spans in (("a", case.a, case.site_a), ("b", case.b, case.site_b)):
        yield from (f"    {label}: …{around(text, start, end)}…" for start, end in spans)
    for finding in alarms or judged.findings:
        words = [case.a[s:e] for s, e in finding.a], [case.b[s:e] for s, e in finding.b]
        yield f"    reported: {finding.kind} {finding.confidence:.2f} {words[0]} > {words[1]} {finding.note}"


def around(text: str, start: int, end: int, margin: int = 60) -> str:
    """A stretch of text with some of what surrounds it, the stretch itself between ‹ and ›."""
    return f"{text[max(0, start - margin) : start]}‹{text[start:end]}›{text[end : end + margin]}".replace("\n", " ")


def write_json(path: Path, judged: Sequence[Judged]) -> None:
    """All cases with their verdicts, a JSON object a line (the fields: see the README of the benchmark)."""
    with path.open("w", encoding="utf-8") as out:
        for each in judged:
            row = each.case._asdict() | {
                "accepts": sorted(each.case.accepts),
                "harmless": each.case.kind == "control",
                "sure_from": SURE,
                "found": each.found,
                "peer_found": each.peer_found,
                "false_alarms": [finding._asdict() for finding in each.alarms],
                "findings": [finding._asdict() for finding in each.findings],
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
