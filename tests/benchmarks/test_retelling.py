"""The generator of retellings: what it changes is where it says; what is counted is counted rightly."""

import re
from collections.abc import Callable, Iterator
from random import Random

import pytest
from benchmarks.retelling.baseline import differences
from benchmarks.retelling.cases import Case, is_sound, make_case, make_cases
from benchmarks.retelling.edits import INJECTED
from benchmarks.retelling.families.derive import as_text, paraphrase, read_paragraphs, reorder, trim
from benchmarks.retelling.families.scoring import Found, Traced, tally
from benchmarks.retelling.families.trees import Family
from benchmarks.retelling.findings import Finding, names_it
from benchmarks.retelling.harmless import (
    contract,
    join_sentences,
    move_clauses,
    write_dates,
    write_digits,
)
from benchmarks.retelling.indirect import make_indirect
from benchmarks.retelling.scoring import Judged, score_kind
from benchmarks.retelling.speech import find_sayings
from benchmarks.retelling.variants import Edit, Variant, apply_edits, fits, moved, sites
from benchmarks.retelling.windows import Window, cut_windows, is_clean, split_sentences
from benchmarks.retelling.words import Half, Words, half_of, whole_list

REPORT = (
    "The council of Lower Marsh approved a plan for a new bridge on Monday, Mayor Susan Lamb said. "
    "Lamb said that the bridge would cost $40 million and open in March if the state pays half of it.\n\n"
    "“The old bridge is not safe, and we will not wait for another winter,” said David Rowe, an engineer. "
    "Two councilors voted against the plan, but they did not want to explain why. "
    "The town may sell the old town hall to raise money for the work. "
    "About 30 residents asked for a vote in Ohio style, although the law does not provide for one.\n\n"
    "On Friday, the council will meet again to choose a builder. "
    "Kevin Marsh said the choice was likely to take many hours."
)
HALVES: tuple[Half, ...] = ("mend", "held")


def window(text: str = REPORT) -> Window:
    return Window("test", text, text)


def changed(find: Callable[[Window, Words, Random], Iterator[Variant]], text: str, half: Half = "held") -> list[str]:
    return [apply_edits(text, variant.edits) for variant in find(window(text), Words(half), Random(1))]


@pytest.mark.parametrize("kind", INJECTED)
def test_every_kind_is_found_in_a_report_and_changes_it(kind: str) -> None:
    found = [each for half in HALVES for each in INJECTED[kind](window(), Words(half), Random(1))]
    sound = [each for each in found if is_sound(REPORT, each)]
    assert sound
    for variant in sound:
        assert variant.kind == kind
        assert variant.accepts
        assert apply_edits(REPORT, variant.edits) != REPORT


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("negation", "The plan is not dead.", "The plan is dead."),
        ("negation", "He did not want to explain why.", "He wanted to explain why."),
        ("condition", "The town will build a new bridge if the state pays.", "The town will build a new bridge."),
        (
            "attribution_dropped",
            "Susan Lamb said that the bridge would cost a lot of money.",
            "The bridge would cost a lot of money.",
        ),
        (
            "attribution_dropped",
            "Susan Lamb said she is tired of the long debate.",
            "Susan Lamb is tired of the long debate.",
        ),
        (
            "omitted",
            "The town agreed to sell the hall, but the mayor opposed the price of it.",
            "The town agreed to sell the hall.",
        ),
    ],
)
def test_edit(kind: str, before: str, after: str) -> None:
    assert after in changed(INJECTED[kind], before)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("condition", "The mayor asked if the state pays half of it."),
        ("negation", "Did the plan survive?"),
        ("attribution_dropped", "“We are tired of this long and idle debate,” said Susan Lamb."),
        ("attribution_dropped", "Her advisers said he is tired of the long debate."),
        ("modality", "He spoke in May in the town."),
    ],
)
def test_no_edit_where_it_would_be_wrong(kind: str, text: str) -> None:
    assert not [each for half in HALVES for each in changed(INJECTED[kind], text, half)]


@pytest.mark.parametrize(
    ("find", "before", "after"),
    [
        (write_digits, "He ran for five hours.", "He ran for 5 hours."),
        (write_digits, "It cost 1,000,000 euros.", "It cost 1 million euros."),
        (write_digits, "It rose by 5% in May.", "It rose by 5 percent in May."),
        (write_dates, "He left on Sept. 3 for good.", "He left on 3 September for good."),
        (contract, "The plan is not dead.", "The plan isn't dead."),
        (move_clauses, "On Monday, the town voted for it.", "The town voted for it on Monday."),
        (join_sentences, "He left. The door stood open.", "He left; the door stood open."),
        (make_indirect, "“I will not resign,” she said.", "She said that she would not resign."),
        (
            make_indirect,
            "“The plan is dead,” said Susan Lamb, the mayor.",
            "Susan Lamb, the mayor, said that the plan was dead.",
        ),
    ],
)
def test_harmless_form(find: Callable[[Window, Words, Random], Iterator[Variant]], before: str, after: str) -> None:
    assert after in changed(find, before)


def cases(half: Half = "held") -> list[Case]:
    return make_cases([window()], Words(half), 2, 2, Random(3))


def test_sites_hold_what_was_changed() -> None:
    for case in cases():
        if case.kind == "control":
            assert not case.site_a
            assert not case.accepts
            continue
        for (start, end), (begin, stop) in zip(case.site_a, case.site_b, strict=True):
            assert 0 <= start < end <= len(case.a) + 2
            assert 0 <= begin < stop <= len(case.b) + 2
        if case.setting == "alone":
            same = min(start for start, _ in case.site_a + case.site_b)
            assert case.a[:same] == case.b[:same]


def test_the_same_seed_gives_the_same_cases() -> None:
    assert cases() == cases()


def test_offsets_move_with_the_edits() -> None:
    text, edits = "five men left in May", [Edit(0, 4, "5"), Edit(9, 9, "all "), Edit(17, 20, "March")]
    after = apply_edits(text, edits)
    assert after == "5 men all left in March"
    assert after[moved(17, edits) : moved(20, edits, after=True)] == "March"
    variant = Variant("date", "month", (edits[2],))
    (_, [(start, end)]) = sites(variant, edits)
    assert after[start:end] == "March"


def test_neighbouring_edits_do_not_fit_together() -> None:
    one = Variant("number", "count", (Edit(0, 4, "six"),))
    assert not fits(Variant("control", "digits", (Edit(2, 6, "x"),)), [one])
    assert fits(Variant("control", "digits", (Edit(9, 12, "x"),)), [one])


def test_windows_are_clean_and_do_not_overlap() -> None:
    found = list(cut_windows("test", REPORT + "\n\n" + REPORT.replace("Lamb", "Hill"), Random(1)))
    assert found
    assert all(is_clean(each.text) and each.text in each.whole for each in found)


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "Mr. Low of the U.S. Senate left at 5 p.m. on Monday. He ran."
    assert [text[start:end] for start, end in split_sentences(text)] == [text[:-8].strip(), "He ran."]


def test_sayings_name_source_and_content() -> None:
    found = [(each.form, REPORT[slice(*each.source)]) for each in find_sayings(window())]
    assert ("that", "Lamb") in found
    assert ("quote", "David Rowe") in found


@pytest.mark.parametrize("name", ["synonyms", "antonyms", "modality", "strength", "hallucinations", "surnames"])
def test_lists_are_split_in_two(name: str) -> None:
    mend, held = (set(Words(half).rows(name)) for half in HALVES)
    assert mend
    assert held
    assert not mend & held
    assert mend | held == set(whole_list(name))


@pytest.mark.parametrize("name", ["synonyms", "spelling", "contractions", "modality", "strength", "antonyms"])
def test_lists_hold_pairs_of_different_words_once(name: str) -> None:
    rows = whole_list(name)
    assert all(len(row) == 2 and row[0] != row[1] for row in rows)
    assert len(set(rows)) == len(rows)


def test_half_is_a_matter_of_the_text() -> None:
    assert {half_of(f"text {number}") for number in range(20)} == {"mend", "held"}


def one_case() -> Case:
    variant = Variant(
        "number", "money", (Edit(REPORT.index("$40") + 1, REPORT.index("$40") + 3, "70"),), frozenset({"number"})
    )
    return make_case("number-1", window(), variant, "alone", Words("held"), Random(1))


def test_a_case_is_found_by_kind_place_and_confidence() -> None:
    case = one_case()
    at = list(case.site_b)
    assert names_it(Finding("number", 0.9, [], at, ""), case)
    assert not names_it(Finding("date", 0.9, [], at, ""), case)
    assert not names_it(Finding("number", 0.5, [], at, ""), case)
    assert not names_it(Finding("number", 0.9, [], [(0, 5)], ""), case)


def test_recall_and_precision() -> None:
    case = one_case()
    right, wrong = Finding("number", 0.9, list(case.site_a), [], ""), Finding("number", 0.9, [(0, 5)], [], "")
    row = score_kind([Judged(case, [right, wrong], []), Judged(case, [], [])], "number")
    assert (row.cases, row.recall, row.precision) == (2, 0.5, 0.5)
    assert row.peer_recall == 0


def test_the_peer_finds_a_number() -> None:
    case = one_case()
    assert any(names_it(finding, case) for finding in differences(case.a, case.b))


def family() -> Family:
    kin = frozenset((a, b) for a in ("root", "a", "b") for b in ("root", "a", "b") if a != b)
    articles = dict.fromkeys(("root", "a", "b", "independent"), "")
    return Family("family-1", "chain", articles, frozenset({("root", "a"), ("a", "b")}), kin)


def test_edges_are_told_apart() -> None:
    found = [
        Found("root", "a", "certain"),
        Found("root", "b", "likely"),
        Found("b", "a", "likely"),
        Found("independent", "a", "unknown"),
    ]
    counts = tally([Traced(family(), found)])
    assert (counts.true, counts.directed, counts.right, counts.ancestor) == (2, 3, 1, 2)
    assert (counts.backwards, counts.sideways, counts.undirected, counts.strangers) == (1, 0, 0, 1)
    assert tally([Traced(family(), found)], ("certain",)).directed == 1


def test_derivations_keep_the_first_paragraph_and_change_the_rest() -> None:
    article = read_paragraphs(REPORT)
    words, rng = Words("held"), Random(2)
    for step in (trim, reorder):
        assert step(article, words, rng)[0] == article[0]
    assert sorted(reorder(article, words, rng)) == sorted(article)
    assert as_text(paraphrase(article, words, rng)) != as_text(article)
    assert not re.search(r"  ", as_text(paraphrase(article, words, rng)))
