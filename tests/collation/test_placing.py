"""A table of sentences that are one but for a word or two, and what must (not) be said about the place."""

import pytest

from retold.article import Span
from retold.collation.amounts import amounts_of
from retold.collation.collation import ChangeKind
from retold.collation.placing import find_placed_changes
from retold.collation.variants import Parallel, lay_side_by_side
from retold.collation.witness import make_witness, telling
from retold.reading import read_text

ALTERED = """
number   | The harbour board sold five barges to the pilots in spring.
         | The harbour board sold fifteen barges to the pilots in spring.
number   | Ada Venn was 45 when the northern lock of Quarra was opened.
         | Ada Venn was 47 when the northern lock of Quarra was opened.
number   | It was the second collision in the northern lock of Quarra.
         | It was the third collision in the northern lock of Quarra.
number   | Dozens of pilots crossed the bridge before the lock closed.
         | Hundreds of pilots crossed the bridge before the lock closed.
number   | The northern lock of Quarra stayed shut for three weeks.
         | The northern lock of Quarra stayed shut for three months.
date     | The pilots left the northern lock of Quarra in March.
         | The pilots left the northern lock of Quarra in May.
date     | The pilots met the harbour board of Quarra last week.
         | The pilots met the harbour board of Quarra last month.
date     | The harbour board of Quarra was founded by pilots in 1998.
         | The harbour board of Quarra was founded by pilots in 1996.
name     | The pilots were welcomed by Ada Venn at the northern lock.
         | The pilots were welcomed by Olga Marsh at the northern lock.
negation | Tolls in the harbour of Quarra rose by a third in spring.
         | Tolls in the harbour of Quarra fell by a third in spring.
negation | The court called the harbour tolls of the board lawful.
         | The court called the harbour tolls of the board unlawful.
negation | The pilots of Quarra will leave the northern lock in spring.
         | The pilots of Quarra will never leave the northern lock in spring.
strength | Some pilots of Quarra left the northern lock before the vote.
         | All pilots of Quarra left the northern lock before the vote.
strength | The collision was a problem for the harbour board of Quarra.
         | The collision was a disaster for the harbour board of Quarra.
modality | The pilots of Quarra may have a say in the new timetable.
         | The pilots of Quarra will have a say in the new timetable.
condition | The pilots of Quarra will return to work if the tolls are cut.
         | The pilots of Quarra will return to work.
attribution_dropped | According to the pilots, the harbour board of Quarra hid three collisions.
         | The harbour board of Quarra hid three collisions.
attribution_added | The harbour board of Quarra hid three collisions in one winter.
         | The harbour board of Quarra hid three collisions in one winter, officials said.
quotation_altered | “We will study every page of this offer,” Ada Venn said.
         | “We will gladly study every page of this offer,” Ada Venn said.
quotation_altered | The pilots called the harbour tolls of Quarra a burden on trade.
         | The pilots called the harbour tolls of Quarra “a burden on trade”.
added    | The harbour board of Quarra closed the northern lock on Friday.
         | The harbour board of Quarra closed the northern lock on Friday, deepening a rift among millers.
"""

HARMLESS = """
digits   | The harbour board sold five barges to the pilots in spring.
         | The harbour board sold 5 barges to the pilots in spring.
sign     | Tolls in the harbour of Quarra rose by 70 percent in spring.
         | Tolls in the harbour of Quarra rose by 70% in spring.
rounding | Some 2,960 tonnes of grain lay in the barges of the pilots.
         | About 3,000 tonnes of grain lay in the barges of the pilots.
title    | The pilots asked Sen. Venn about the northern lock on Friday.
         | The pilots asked Senator Venn about the northern lock on Friday.
nickname | The pilots were welcomed by Bill Venn at the northern lock.
         | The pilots were welcomed by William Venn at the northern lock.
moved    | On Friday the pilots of Quarra left the northern lock.
         | The pilots of Quarra left the northern lock on Friday.
saying   | The lock of Quarra is shut for the winter, Ada Venn said.
         | The lock of Quarra is shut for the winter, Ada Venn told reporters.
"""


def parallel(one: str, other: str) -> Parallel:
    articles = read_text(one, name="a"), read_text(other, name="b")
    witnesses = [make_witness(article, ()) for article in articles]
    return lay_side_by_side(*(telling(w, [Span(0, len(w.article.text))]) for w in witnesses))


def rows(table: str) -> list[tuple[str, str, str]]:
    cells = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [(first[0], first[1], second[1]) for first, second in zip(cells[::2], cells[1::2], strict=True)]


@pytest.mark.parametrize(("kind", "one", "other"), rows(ALTERED))
def test_one_place_is_one_change(kind: ChangeKind, one: str, other: str) -> None:
    assert [change.kind for change in find_placed_changes(parallel(one, other))] == [kind]


@pytest.mark.parametrize(("kind", "one", "other"), rows(HARMLESS))
def test_another_form_is_no_change(kind: str, one: str, other: str) -> None:
    assert [change.note for change in find_placed_changes(parallel(one, other))] == [], kind


def test_two_sentences_that_share_a_phrase_are_not_close() -> None:
    assert not parallel(
        "The harbour board of Quarra met.", "Nobody at the harbour board would tell the millers when it met."
    ).close


def test_amounts_are_read_with_their_sort() -> None:
    found = amounts_of(parallel("The 5th of twenty-five barges, half of dozens, doubled in 1998.", "None.").a)
    assert [(amount.sort, amount.value) for amount in found] == [
        ("ordinal", 5), ("count", 25), ("part", 0.5), ("vague", 12), ("times", 2),
    ]  # fmt: skip
