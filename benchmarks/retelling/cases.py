"""Cases: a window, its retelling with one injected change (or none), and where the change is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Literal, NamedTuple

from benchmarks.retelling.edits import INJECTED, Finder
from benchmarks.retelling.harmless import HARMLESS_FORMS
from benchmarks.retelling.indirect import make_indirect
from benchmarks.retelling.variants import Kinds, Variant, apply_edits, fits, sites
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Half, Words

Setting = Literal["alone", "retold"]
_MOST_FORMS = 7
_MOST_OF_ONE = 2
_PER_REPORT = 3


class Case(NamedTuple):
    """Text `a`, its retelling `b`, and the one change between them.

    `kind` "control": there is none. `setting` "alone": only the change (a control: only one harmless form);
    "retold": harmless forms all over, too. `site_a`, `site_b`: the stretches a finding has to touch. `forms`: the
    harmless forms in it.
    """

    id: str
    report: str
    half: Half
    setting: Setting
    kind: str
    how: str
    a: str
    b: str
    site_a: list[tuple[int, int]]
    site_b: list[tuple[int, int]]
    accepts: Kinds
    trimming: bool
    forms: list[str]


def make_cases(windows: Sequence[Window], words: Words, per_kind: int, controls: int, rng: Random) -> list[Case]:
    """Cases of every kind, then controls; half of each alone, half retold. Fewer where the texts hold no more."""
    cases: list[Case] = []
    for kind, find in INJECTED.items():
        rng_kind = Random(f"{rng.random()}")
        cases += _of_kind(kind, find, _shuffled(windows, rng_kind), words, per_kind, rng_kind)
    return cases + _of_kind("control", _all_harmless, _shuffled(windows, rng), words, controls, rng)


def _shuffled(windows: Sequence[Window], rng: Random) -> list[Window]:
    return rng.sample(windows, len(windows))


def _of_kind(kind: str, find: Finder, windows: Sequence[Window], words: Words, count: int, rng: Random) -> list[Case]:
    """The first `count` cases, no more than three a report, the ways of making them as even as they come."""
    cases: list[Case] = []
    ways: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for window, may_wait in [*((window, True) for window in windows), *((window, False) for window in windows)]:
        if len(cases) >= count:
            break
        if reports[window.name] >= _PER_REPORT or any(case.a == window.text for case in cases):
            continue
        found = [variant for variant in find(window, words, rng) if is_sound(window.text, variant)]
        if found and not (may_wait and _waits(found, ways, rng)):
            variant = _rarest(found, ways, rng)
            setting: Setting = "alone" if len(cases) % 2 == 0 else "retold"
            cases.append(make_case(f"{kind}-{len(cases) + 1}", window, variant, setting, words, rng))
            ways.update({variant.how, way_of(variant)})
            reports[window.name] += 1
    return cases


def way_of(variant: Variant) -> str:
    """What is kept even: how a variant is made, without the words that it is about."""
    return variant.how.partition(":")[0]


def _waits(found: Sequence[Variant], ways: Counter[str], rng: Random) -> bool:
    """Leave most windows that offer only what there is plenty of already."""
    groups = [count for way, count in ways.items() if ":" not in way]
    mean = sum(groups) / max(1, len(groups))
    return min(ways[way_of(variant)] for variant in found) > mean + 1 and rng.random() < 0.95


def _rarest(found: Sequence[Variant], ways: Counter[str], rng: Random) -> Variant:
    """One that is made in the least used way; of those, one about the least used words."""
    least = min((ways[way_of(variant)], ways[variant.how]) for variant in found)
    return rng.choice([variant for variant in found if (ways[way_of(variant)], ways[variant.how]) == least])


def is_sound(text: str, variant: Variant) -> bool:
    """Whether a variant changes words and leaves clean text: no double spaces, no words twice, no lone marks."""
    if apply_edits(text, variant.edits) == text:
        return False
    for edit in variant.edits:
        around = apply_edits(text, variant.edits)[max(0, edit.start - 40) : edit.start + len(edit.new) + 20]
        if re.search(r"  | [,.;]|,\.|,,|\b(?!had|that)([a-z]+) \1\b", around):
            return False
    return True


def _all_harmless(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    for find in (*HARMLESS_FORMS, make_indirect):
        yield from find(window, words, rng)


def retell(
    window: Window, words: Words, rng: Random, fixed: Sequence[Variant], most: int = _MOST_FORMS
) -> list[Variant]:
    """Up to `most` harmless variants that can be made together with the fixed ones, rare forms first."""
    found = [variant for variant in _all_harmless(window, words, rng) if is_sound(window.text, variant)]
    rng.shuffle(found)
    counts = Counter(variant.how for variant in found)
    chosen = list(fixed)
    for variant in sorted(found, key=lambda each: counts[each.how]):
        often = sum(other.how == variant.how for other in chosen) >= _MOST_OF_ONE
        if not often and len(chosen) < most + len(fixed) and fits(variant, chosen) and _apart(window, variant, fixed):
            chosen.append(variant)
    return chosen[len(fixed) :]


def _apart(window: Window, variant: Variant, fixed: Sequence[Variant]) -> bool:
    """In the sentence of an injected change only small forms are made: nothing that moves or cuts its words."""
    for edit in variant.edits:
        for other in (each for one in fixed for each in one.edits):
            same = window.sentence_at(edit.start) == window.sentence_at(other.start)
            if same and (edit.end - edit.start > 25 or len(edit.new) > 25 or len(variant.edits) == 2):
                return False
            if same and abs(edit.start - other.start) < 6:
                return False
    return True


def make_case(name: str, window: Window, variant: Variant, setting: Setting, words: Words, rng: Random) -> Case:
    """One case; in the setting "retold" with harmless forms around."""
    forms = retell(window, words, rng, [variant]) if setting == "retold" else []
    edits = [edit for each in (variant, *forms) for edit in each.edits]
    harmless = variant.kind == "control"
    site_a, site_b = ([], []) if harmless else sites(variant, edits)
    return Case(
        id=name,
        report=window.name,
        half=words.half,
        setting=setting,
        kind=variant.kind,
        how=variant.how,
        a=window.text,
        b=apply_edits(window.text, edits),
        site_a=site_a,
        site_b=site_b,
        accepts=_accepted(window, variant),
        trimming=variant.trimming,
        forms=[form.how for form in forms],
    )


def _accepted(window: Window, variant: Variant) -> Kinds:
    """The kinds accepted; inside quotation marks any change is an altered quotation, too."""
    quoted = any(window.quoted(edit.start) for edit in variant.edits)
    return variant.accepts | {"quotation_altered"} if quoted and variant.accepts else variant.accepts
