"""Who stands between whom, which way the words went, and which pairs are worth a look: on invented reports."""

from collections.abc import Callable
from pathlib import Path

import pytest

from retold.article import Article
from retold.collation.alignment import Pairings
from retold.collation.witness import Witness, make_witness
from retold.lineage import Lineage, trace_lineage
from retold.lineage.between import grams_of, without_explained
from retold.lineage.candidates import candidate_pairs
from retold.lineage.kinship import measure_kinship, own_runs
from retold.lineage.relations import Related, prepare, relate
from retold.reading import read_text

REPORTS = Path(__file__).parent / "reports"
WIRE, REWRITE, REWRITE_OF_REWRITE, OTHER_REPORTER = (
    (REPORTS / f"{name}.txt").read_text("utf-8") for name in ("wire", "rewrite", "rewrite_of_rewrite", "other_reporter")
)

LOCK = [
    "The harbour board closed the northern lock on Monday after its gate had jammed twice in a week.",
    "Ferries now go by the old canal, which costs their crews an hour and a half each day.",
    "A smith from the valley looked at the hinges and found cracks in two of the five.",
    "The board wants to order new ones in the spring, when the water is low.",
    "Bargemen sleep on deck until then, and the inn by the quay has run out of beds.",
    "Grain for the mills comes late, so that bread costs more in the lower town.",
    "The pilots have asked for a tug that could pull boats past the broken gate.",
    "Children fish from the closed gate in the evening, although a sign forbids it.",
]
MILL = [
    "The miller's guild met in the grain hall to talk about the price of flour.",
    "Seven of its members want to buy wheat from the hill farms this year.",
    "Their wagons would need a new bridge over the brook at the tannery.",
    "Old stones from the city wall could be used for its piers, the mason thinks.",
    "A vote was put off because the secretary had left the book of rules at home.",
    "Hill farmers say that they would sell if they were paid before the harvest.",
]
# Each sentence of LOCK told again with no four words of it in a row.
RETOLD = [
    "On Monday the board of the harbour shut the lock in the north, whose gate twice got stuck within seven days.",
    "Crews of the ferries lose ninety minutes daily because they must take the old canal.",
    "Two out of five hinges have cracks, a valley smith who examined them discovered.",
    "New hinges are to be ordered by the board during low water in spring.",
    "Until that time bargemen spend their nights on deck, since no beds are left at the quayside inn.",
    "Bread has become dearer for people of the lower town as the mills get their grain late.",
    "A tug able to pull vessels past the damaged gate is what the pilots request.",
    "Despite a sign that forbids it, evening sees children fishing from the shut gate.",
]


def text(sentences: list[str]) -> str:
    return "\n\n".join(sentences)


def articles(**texts: str) -> list[Article]:
    return [read_text(one, name=name) for name, one in texts.items()]


def witness(one: str) -> Witness:
    return make_witness(read_text(one, name="report"), ())


def edges(lineage: Lineage, read: list[Article]) -> dict[tuple[str, str], str]:
    names = {article.id: article.input for article in read}
    return {(names[edge.source], names[edge.derivative]): edge.direction for edge in lineage.edges}


def all_related(*texts: str) -> tuple[list[Related], dict[int, frozenset[tuple[str, ...]]]]:
    reports = [prepare(witness(one)) for one in texts]
    pairs = [(a, b) for a in range(len(reports)) for b in range(a + 1, len(reports))]
    related = [found for a, b in pairs if (found := relate(reports, a, b, Pairings()))]
    return related, {index: grams_of(report.witness) for index, report in enumerate(reports)}


def test_two_cut_copies_hang_on_what_they_were_cut_from() -> None:
    related, grams = all_related(text(LOCK), text(LOCK[:6]), text([*LOCK[:3], *LOCK[5:]]))
    assert len(related) == 3
    assert {(tie.a, tie.b) for tie in without_explained(related, grams)} == {(0, 1), (0, 2)}


def test_a_copy_of_a_copy_hangs_on_the_copy() -> None:
    related, grams = all_related(text(LOCK[:4]), text(LOCK), text(LOCK[:6]))
    assert {(tie.a, tie.b) for tie in without_explained(related, grams)} == {(0, 2), (1, 2)}


def test_a_copy_that_was_only_cut_may_as_well_be_the_earlier_version() -> None:
    read = articles(whole=text(LOCK), part=text(LOCK[:5]))
    assert list(edges(trace_lineage(read), read).values()) == ["unknown"]


def test_a_copy_that_was_cut_and_lightly_reworded_derives_from_the_whole() -> None:
    part = (
        text(LOCK[:5])
        .replace("found cracks", "discovered cracks")
        .replace("have run out", "lack")
        .replace("wants", "plans")
    )
    read = articles(part=part, whole=text(LOCK))
    assert edges(trace_lineage(read), read) == {("whole", "part"): "likely"}


def test_a_report_made_of_two_that_have_nothing_in_common_has_two_sources() -> None:
    merged = [sentence for pair in zip(LOCK[:4], MILL[:4], strict=True) for sentence in pair]
    read = articles(merged=text(merged), lock=text(LOCK), mill=text(MILL))
    lineage = trace_lineage(read)
    assert edges(lineage, read) == {("lock", "merged"): "likely", ("mill", "merged"): "likely"}
    assert all("merged" in {argument.kind for argument in edge.evidence} for edge in lineage.edges)


def test_a_rewrite_that_shares_no_four_words_in_a_row_is_kin_by_meaning() -> None:
    one, other = witness(text(LOCK)), witness(text(RETOLD))
    runs = own_runs(one), own_runs(other)
    assert not runs[0] & runs[1]
    assert measure_kinship(one, other, Pairings(), runs).meant > 0.66
    assert relate([prepare(one), prepare(other)], 0, 1, Pairings())


def test_what_follows_from_the_family_names_the_words_that_it_follows_from() -> None:
    read = articles(last=REWRITE_OF_REWRITE, wire=WIRE, rewrite=REWRITE)
    for edge in trace_lineage(read).edges:
        assert all(argument.evidence and all(one.spans for one in argument.evidence) for argument in edge.evidence)


@pytest.mark.parametrize("order", [lambda texts: texts, lambda texts: texts[::-1]])
def test_only_pairs_that_share_something_are_compared(order: Callable[[list[str]], list[str]]) -> None:
    unlike = [
        text([f"{who} {did} the {what} at the {where} before noon." for what in ("gate", "sign", "rail")])
        for who, did, where in (
            ("A cook", "painted", "inn"),
            ("Two nuns", "sold", "abbey"),
            ("My uncle", "mended", "mill"),
        )
    ]
    texts = order([text(LOCK), text(LOCK[:6]), text(RETOLD), text(MILL), OTHER_REPORTER, *unlike])
    witnesses = [witness(one) for one in texts]
    found = candidate_pairs(witnesses, [own_runs(one) for one in witnesses])
    lock = {texts.index(text(one)) for one in (LOCK, LOCK[:6], RETOLD)}
    assert {pair for pair in found if set(pair) <= lock} == {(a, b) for a in lock for b in lock if a < b}
    assert len(found) < len(texts) * (len(texts) - 1) / 4
