"""Two versions of an invented report, and what each sign says of them."""

import json
from pathlib import Path

import pytest
from benchmarks import directions
from training import versions as training

from retold.collation.alignment import Pairings
from retold.collation.witness import Witness, make_witness
from retold.language.tables import read_table, word_set
from retold.lineage.versions import LIKELY, NOTES, READERS, order_of_versions, version_evidence
from retold.reading import read_text

FIRST = """The harbour board is holding talks with the ferry crews about the broken northern lock.

Police say a barge has struck the northern gate, and several people are believed to be hurt.

Divers will inspect the hinges of the gate before the evening tide, the board says.

More follows."""

LATER = """The harbour board held talks with the ferry crews about the broken northern lock on Monday.

A barge which had lost its anchor earlier struck the northern gate and three people were hurt, police said.

Divers who inspected the hinges of the gate before the evening tide found two cracks, the board said."""

FRAME = """Ferries go by the old canal while the board looks for a smith, and bargemen sleep on deck.

Gulls sat on the rail of the lock keeper's house through the whole of a wet and windless afternoon."""

UNRELATED = "Apple growers in the valley expect a poor crop this autumn, their union wrote in its yearly letter."


def witness(text: str) -> Witness:
    return make_witness(read_text(text, name="report"), ())


def amounts(one: str, other: str) -> dict[str, float]:
    return {sign.kind: sign.amount for sign in version_evidence(witness(one), witness(other), Pairings())}


def test_the_version_that_looks_back_is_the_later_one_and_the_arguments_say_why() -> None:
    order = order_of_versions(witness(FIRST), witness(LATER), Pairings())
    assert order.log_odds >= LIKELY
    assert {argument.kind for argument in order.arguments} >= {"tense", "opening_tense", "unsettled", "notes"}
    assert not order.against
    assert all(0.5 < argument.confidence <= 1 for argument in order.arguments)


@pytest.mark.parametrize(("one", "other"), [(FIRST, LATER), (FIRST, UNRELATED), (LATER, LATER)])
def test_the_answer_turns_round_with_the_texts(one: str, other: str) -> None:
    forward = order_of_versions(witness(one), witness(other), Pairings())
    backward = order_of_versions(witness(other), witness(one), Pairings())
    assert forward.log_odds == -backward.log_odds
    assert [a.note for a in forward.arguments] == [a.note for a in backward.arguments]


def test_texts_that_differ_in_nothing_are_left_without_order() -> None:
    assert order_of_versions(witness(LATER), witness(LATER), Pairings()) == (0.0, (), ())


def test_each_argument_shows_words_of_the_text_they_stand_in() -> None:
    texts = {read.article.id: read.article for read in (witness(FIRST), witness(LATER))}
    order = order_of_versions(witness(FIRST), witness(LATER), Pairings())
    words = {
        argument.kind: " ".join(texts[found.article].words(found.spans) for found in argument.evidence)
        for argument in order.arguments
    }
    assert "More follows" in words["notes"]
    assert "earlier" in words["sequence"]
    assert "Police say" in words["attribution_place"]
    assert all(words.values())


def test_a_note_names_the_later_words_for_the_earlier_ones() -> None:
    for one, other in ((FIRST, LATER), (LATER, FIRST)):
        arguments = order_of_versions(witness(one), witness(other), Pairings()).arguments
        notes = {argument.kind: argument.note for argument in arguments}
        assert notes["attribution_place"].endswith("begins with it (“said” for “Police say”)")


@pytest.mark.parametrize(
    ("sign", "one", "other"),
    [
        ("tense", "The crews are mending the northern lock again.", "The crews were mending the northern lock again."),
        (
            "opening_tense",
            "The northern lock is closed for repair.",
            "The northern lock was closed for repair.",
        ),
        ("unsettled", "The northern lock will open for barges.", "The northern lock did open for barges."),
        ("sequence", "The board closed the northern lock.", "The board earlier closed the northern lock."),
        ("detail", "The pilot closed the northern lock.", "The pilot who woke closed the northern lock."),
        ("attribution_place", "Police say the northern gate is broken.", "The northern gate is broken, police said."),
        ("notes", "The northern lock is closed. More to follow.", "The northern lock is closed."),
        ("notes", "The board closed the lock.", "The board closed the lock. An earlier version named the wrong lock."),
        ("lead", "The board closed the lock.", "Two divers found a crack.\n\nThe board closed the lock."),
    ],
)
def test_each_sign_is_read_in_its_words(sign: str, one: str, other: str) -> None:
    texts = [f"{text}\n\n{FRAME}" for text in (one, other)]
    assert amounts(*texts)[sign] > 0
    assert amounts(*reversed(texts))[sign] < 0


@pytest.mark.parametrize(
    "text",
    [
        "“The board will open the lock, and more could follow,” Ada Venn said on the quay.",  # quoted: not the report's
        "Theresa May opened the lock and spoke of the trade on the quay with Will Reed.",  # names
    ],
)
def test_words_of_others_and_names_leave_nothing_open(text: str) -> None:
    assert "unsettled" not in amounts(text, "Ada Venn opened the lock and spoke on the quay.")


def test_a_longer_text_is_not_later_for_its_length() -> None:
    longer = LATER + "\n\nFerries went by the old canal. Bargemen slept on deck. Gulls sat on the rail."
    assert order_of_versions(witness(LATER), witness(longer), Pairings()).log_odds == pytest.approx(0, abs=0.5)


def test_every_sign_has_its_weight_and_its_words() -> None:
    rows = read_table("retold.lineage", "versions.tsv")
    assert [row["sign"] for row in rows] == list(READERS) == list(NOTES)
    assert all(float(row["weight"]) > 0 for row in rows)


def test_no_word_stands_in_two_lists() -> None:
    lists = [word_set("retold.lineage", name) for name in ("present", "past", "unsettled", "relative", "sequence")]
    assert sum(map(len, lists)) == len(frozenset().union(*lists))


def write_pairs(folder: Path) -> Path:
    row = {"old_sentences": FIRST.split("\n\n"), "new_sentences": LATER.split("\n\n")}
    lines = [json.dumps({"article_id": number // 2, **row}) for number in range(8)]
    path = folder / "retelling" / "newsedits_versions.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_training_gives_every_sign_one_weight_per_unit_of_its_spread(tmp_path: Path) -> None:
    examples = list(training.read_examples(write_pairs(tmp_path)))
    scales, slope = training.learn(examples)
    assert len(examples) == 4
    assert slope > 0
    products = {round(float(row.split("\t")[1]) * scale / slope, 1) for row, scale in rows_with_scales(scales, slope)}
    assert products <= {1.0}
    assert training.right(training.crossed(examples)) == 1.0


def rows_with_scales(scales: training.Vector, slope: float) -> list[tuple[str, float]]:
    rows = [row for row in training.table(scales, slope, 4).splitlines() if row.split("\t")[0] in READERS]
    return [(row, float(scale)) for row, scale in zip(rows, scales, strict=True) if scale > 0.01]


def test_a_version_is_shortened_at_the_end_of_a_sentence() -> None:
    assert training.shortened(["One two three.", "Four five six.", "Seven eight."], 6) == [
        "One two three.",
        "Four five six.",
    ]
    assert training.shortened(["One two three."], 1) == ["One two three."]


def test_the_benchmark_sets_the_signs_beside_two_peers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_pairs(tmp_path)
    assert len(list(directions.read_versions(path, "odd"))) == 4
    from benchmarks.__main__ import main

    assert main(["directions", "--data", str(tmp_path), "--rows", "even"]) == 0
    printed = capsys.readouterr().out
    assert "longer is later" in printed
    assert "5-gram" in printed
    assert "4/4, of which 4 right" in printed
