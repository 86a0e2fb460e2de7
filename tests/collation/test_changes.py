"""A table of tellings: the words of one report, the words of another, and what must (not) be said about them."""

import pytest

from retold.collation import collate
from retold.collation.collation import ChangeKind
from retold.reading import read_text

FILLER = "\n\nThe ferry company published its winter timetable earlier in the week."

OTHER_FILLER = "\n\nA choir from the upper valley sang in the town hall before supper."


def changes(one: str, other: str, sure: float = 0.6) -> dict[ChangeKind, str]:
    a, b = read_text(one + FILLER, name="a"), read_text(other + OTHER_FILLER, name="b")
    collation = collate(a, b)
    assert collation.passages, "the two tellings are not aligned"
    return {c.kind: c.note for passage in collation.passages for c in passage.changes if c.confidence >= sure}


ALTERED = """
strength | The crews offered to unload the stranded barges.
         | The crews were forced to unload the stranded barges.
strength | The board must publish the dredging accounts in June.
         | The board will publish the dredging accounts in June.
modality | Quarra may reopen the northern lock in April.
         | Quarra will reopen the northern lock in April.
modality | The pilots could refuse the new timetable altogether.
         | The pilots refuse the new timetable altogether.
negation | Quarra did not accept the revised toll tables.
         | Quarra accepted the revised toll tables.
negation | The union accepted the revised toll tables.
         | The union refused to accept the revised toll tables.
number   | The lock was closed for 14 days after the collision.
         | The lock was closed for 40 days after the collision.
number   | Tolls rise by 3 percent under the pilots’ plan.
         | Tolls rise by 13 per cent under the pilots’ plan.
number   | The board wants its own pilots, as it said in autumn, on every ship above 5,000 tonnes.
         | Pilots of the board would board every ship above 50,000 tonnes, a demand the union noted in silence.
date     | The delegations resume the toll talks on Tuesday.
         | The delegations resume the toll talks on Thursday.
condition | Quarra will lift the grain embargo if the surcharge is withdrawn.
         | Quarra will lift the grain embargo.
quotation_altered | “We will study every page of this offer with patience,” Ada Venn said.
         | “We will reject every page of this offer with patience,” Ada Venn said.
attribution_dropped | “The coastguard cannot patrol the outer bank in winter,” Ada Venn said.
         | The delegation left early, as its coastguard cannot patrol the outer bank in winter.
"""

HARMLESS = """
number   | The lock was closed for five hours on Friday.
         | The lock was closed for 5 hours on Friday.
rounding | About 3,000 tonnes of grain lay in the barges.
         | Some 2,960 tonnes of grain lay in the barges.
force    | The crews had to unload the stranded barges.
         | The crews were forced to unload the stranded barges.
spelling | Quarra cannot use the northern lock.
         | Quarra can’t use the northern lock.
negation | The board decided not to impose further tolls.
         | The board decided to refrain from imposing further tolls.
future   | Ms Venn is going to publish the dredging accounts.
         | Ms Venn will publish the dredging accounts.
alias    | Ada Venn, the harbour minister, will publish the dredging accounts.
         | Harbor minister Venn will publish the dredging accounts.
order    | “We will study every page,” Ada Venn said of the offer.
         | Of the offer, Ada Venn said: “We will study every page.”
denial   | It does not mean the tolls were unlawful.
         | The tolls were not unlawful.
concession | The crews may have been welcome in port, but nobody unloaded the barges.
         | Despite being welcome in port, the crews saw nobody unload the barges.
"""


def rows(table: str) -> list[tuple[str, str, str]]:
    cells = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [(first[0], first[1], second[1]) for first, second in zip(cells[::2], cells[1::2], strict=True)]


@pytest.mark.parametrize(("kind", "one", "other"), rows(ALTERED))
def test_a_change_is_found_and_typed(kind: ChangeKind, one: str, other: str) -> None:
    assert kind in changes(one, other)


@pytest.mark.parametrize(("kind", "one", "other"), rows(HARMLESS))
def test_the_same_thing_in_other_words_is_no_change(kind: str, one: str, other: str) -> None:
    assert changes(one, other) == {}, kind


def test_what_the_other_report_says_elsewhere_is_not_altered() -> None:
    one = "The lock was closed for 14 days.\n\nThe damaged lock stayed closed for 40 days in all, the board said."
    assert "number" not in changes(one, "The damaged lock was closed for 40 days after all.")


def test_every_finding_rests_on_words_of_its_article() -> None:
    a = read_text("The crews offered to unload the barges." + FILLER, name="a")
    b = read_text("The crews were forced to unload the barges." + OTHER_FILLER, name="b")
    texts = {a.id: a.text, b.id: b.text}
    for passage in collate(a, b).passages:
        for change in passage.changes:
            for evidence in (change.before, change.after):
                assert evidence is None or all(texts[evidence.article][s:e].strip() for s, e in evidence.spans)


def test_articles_without_words_in_common_share_nothing() -> None:
    a = read_text("The ferry sailed at dawn with forty passengers.", name="a")
    b = read_text("Onion soup needs patience above all else.", name="b")
    collation = collate(a, b)
    assert collation.passages == ()
    assert collation.links == ()
