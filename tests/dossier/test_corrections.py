"""Corrections: what they do to a dossier, what they leave alone, and the file they are kept in."""

import multiprocessing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from invented_dossier import COURIER, HOW, make_dossier, pin

from retold.dossier.as_json import from_json, to_json
from retold.dossier.correcting import UnknownRowError, find_id, open_desk
from retold.dossier.correction import Correction
from retold.dossier.corrections import (
    EDITABLE,
    CorrectionError,
    apply_corrections,
    corrected_ledger,
    read_value,
    rows_by_id,
    value_of,
)
from retold.dossier.dossier import Dossier
from retold.dossier.sidecar import SidecarError, append_correction, drop_last_correction, read_sidecar
from retold.ledger import derive_positions
from retold.ledger.position import Entry

AT = "2031-03-14T09:00:00+00:00"


def correction(row: str, verdict: str = "reject", **fields: Any) -> Correction:
    return Correction(id=row, verdict=verdict, at=AT, **fields)  # type: ignore[arg-type]


def derived() -> Dossier:
    """The invented dossier with the positions that really follow from its ledger."""
    dossier = make_dossier()
    return msgspec.structs.replace(dossier, positions=derive_positions(dossier.ledger, dossier.articles))


def test_a_rejected_row_gives_no_position_and_stays_in_the_ledger() -> None:
    dossier = derived()
    corrected = apply_corrections(dossier, [correction("e-1", note="She asked, she did not offer.")])
    assert [p.statements for p in dossier.positions] == [("e-1",)]
    assert corrected.positions == ()
    assert corrected.ledger == dossier.ledger
    assert [entry.id for entry in corrected_ledger(corrected)] == ["e-2"]
    assert corrected.corrections[0].note == "She asked, she did not offer."


def test_an_edited_row_counts_as_edited() -> None:
    edit = correction("e-1", "edit", set={"act": "reject", "agreement": False, "condition": None, "status": "actual"})
    (position,) = apply_corrections(derived(), [edit]).positions
    assert (position.value, position.condition) == ("against", None)


def test_an_edited_issue_brings_the_label_that_it_has_elsewhere() -> None:
    corrected = apply_corrections(derived(), [correction("e-1", "edit", set={"issue": "ferries"})])
    assert corrected_ledger(corrected)[0].concept == "Night ferries"
    own = apply_corrections(derived(), [correction("e-1", "edit", set={"issue": "x", "concept": "Own label"})])
    assert corrected_ledger(own)[0].concept == "Own label"


def test_an_accepted_row_changes_nothing_but_is_recorded() -> None:
    corrected = apply_corrections(derived(), [correction("e-1", "accept")])
    assert corrected.positions == derived().positions
    assert len(corrected.corrections) == 1


def test_other_rows_stay_as_found_with_the_correction_beside_them() -> None:
    dossier = make_dossier()
    said = [
        correction("f-2"),
        correction("q-1"),
        correction("t-1", "edit", set={"what": "Talks broke off"}),
        correction("n-o", "accept"),
    ]
    corrected = apply_corrections(dossier, said)
    assert msgspec.structs.replace(corrected, corrections=()) == dossier
    assert [each.id for each in corrected.corrections] == ["f-2", "q-1", "t-1", "n-o"]


def test_taking_back_gives_the_dossier_as_it_was() -> None:
    corrected = apply_corrections(derived(), [correction("e-1"), correction("gone")])
    assert apply_corrections(corrected, ()) == derived()


def test_the_last_one_for_an_id_holds_and_twice_is_as_good_as_once() -> None:
    said = [correction("e-1"), correction("e-1", "accept")]
    once = apply_corrections(derived(), said)
    assert [each.verdict for each in once.corrections] == ["accept"]
    assert apply_corrections(once, said) == once


def test_a_correction_whose_row_is_gone_is_kept_and_told() -> None:
    corrected = apply_corrections(make_dossier(), [correction("nobody", "accept")])
    assert corrected.corrections[0].id == "nobody"
    note = corrected.problems[-1]
    assert note.level == "note"
    assert "nobody (accept) is kept, but no row has this id any more" in note.reason
    assert len(apply_corrections(corrected, corrected.corrections).problems) == len(corrected.problems)


def test_a_position_that_no_longer_follows_loses_its_correction_with_a_note() -> None:
    position = derived().positions[0].id
    corrected = apply_corrections(derived(), [correction("e-1"), correction(position, "accept")])
    assert position in corrected.problems[-1].reason


@pytest.mark.parametrize(
    ("row", "fields", "told"),
    [
        ("e-1", {"act": "refuse"}, "act: 'refuse' came; allowed: offer, accept, concede"),
        ("e-1", {"agreement": "perhaps"}, "agreement: 'perhaps' came; allowed: true or false or nothing"),
        ("e-1", {"hearsay": None}, "hearsay: None came; allowed: true or false"),
        ("e-1", {"actor": "  "}, "actor: nothing came"),
        ("e-1", {"actor": None}, "actor: None came; allowed: some text"),
        ("e-1", {"evidence": "x"}, "evidence: it is no field that can be set here; these can be set: actor"),
        ("p-1", {"relation": "same"}, "relation: 'same' came; allowed: verbatim"),
        ("r-1", {"fullest": "x"}, "no field of such a row can be set"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(row: str, fields: dict[str, Any], told: str) -> None:
    with pytest.raises(CorrectionError) as refused:
        apply_corrections(make_dossier(), [correction(row, "edit", set=fields)])
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("agreement", "for", True),
        ("agreement", "No", False),
        ("agreement", "neither", None),
        ("hearsay", "yes", True),
        ("recipient", "", None),
        ("actor", " Ana Brusk ", "Ana Brusk"),
        ("actor", "No", "No"),
        ("act", "rule_out", "rule_out"),
    ],
)
def test_what_a_person_types_is_understood(field: str, text: str, value: object) -> None:
    assert read_value(make_dossier().ledger[0], field, text) == value


def test_every_field_that_can_be_set_is_one_of_its_row() -> None:
    for row, fields in EDITABLE.items():
        names = {field.encode_name for field in msgspec.structs.fields(row)}
        assert set(fields) <= names, row


def test_values_are_told_in_words() -> None:
    dossier = make_dossier()
    assert value_of(dossier.ledger[0], "agreement") == "for"
    assert value_of(dossier.ledger[0], "hearsay") == "no"
    assert value_of(dossier.statements[0], "speakers") == "Ana Brusk"
    assert value_of(dossier.positions[0], "from") == "2031-03-11"
    assert value_of(dossier.positions[0], "until") == ""


@pytest.mark.parametrize(("verdict", "fields"), [("edit", {}), ("accept", {"act": "reject"})])
def test_an_edit_sets_and_nothing_else_does(verdict: str, fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="edit"):
        correction("e-1", verdict, set=fields)


def test_a_corrected_dossier_comes_back_from_json() -> None:
    edit = correction("e-1", "edit", set={"agreement": False, "recipient": None, "actor": "<b>"})
    corrected = apply_corrections(derived(), [edit])
    assert from_json(to_json(corrected)) == corrected


def test_an_id_may_be_given_by_its_beginning() -> None:
    ids = ["abc-1", "abc-12", "b-7"]
    assert find_id("abc-1", ids) == "abc-1", "a whole id is no beginning"
    assert find_id("b", ids) == "b-7"
    with pytest.raises(UnknownRowError, match=r"2 rows begin with 'abc' \(abc-1, abc-12\)"):
        find_id("abc", ids)
    with pytest.raises(UnknownRowError, match="no row has the id 'abd-1'; the nearest are abc-1"):
        find_id("abd-1", ids)
    with pytest.raises(UnknownRowError, match="there are no rows"):
        find_id("x", [])


def test_every_row_of_the_dossier_can_be_corrected() -> None:
    ids = set(rows_by_id(make_dossier()))
    assert {"e-1", "q-1", "r-1", "p-1", "u-1", "t-1", "f-1", "n-o", make_dossier().statements[0].id} <= ids


def test_the_file_is_a_diary(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    assert read_sidecar(path) == ()
    first, second = correction("a"), correction("b", "edit", set={"actor": "x\ny"}, note="“ü”")
    append_correction(path, first)
    append_correction(path, second)
    append_correction(path, first)
    assert read_sidecar(path) == (first, second, first)
    assert path.read_bytes().count(b"\n") == 3
    assert drop_last_correction(path, "a")
    assert read_sidecar(path) == (first, second)
    assert not drop_last_correction(path, "c")
    assert [each.name for each in tmp_path.iterdir()] == ["corrections.jsonl"], "nothing half-written is left"


def test_a_line_without_its_end_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text(f'{{"id": "a", "verdict": "reject", "at": "{AT}"}}', "utf-8")
    append_correction(path, correction("b"))
    assert [each.id for each in read_sidecar(path)] == ["a", "b"]


@pytest.mark.parametrize(
    "line",
    [b"{", b'{"id": "a"}', b'{"id": "a", "verdict": "maybe", "at": ""}', b"\xff\xfe", b'{"id": 1}'],
)
def test_a_line_that_cannot_be_read_is_named_and_never_written_over(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append_correction(path, correction("a"))
    path.write_bytes(path.read_bytes() + line + b"\n")
    before = path.read_bytes()
    for act in (read_sidecar, lambda p: append_correction(p, correction("b")), lambda p: drop_last_correction(p, "a")):
        with pytest.raises(SidecarError, match=r"corrections\.jsonl, line 2: it is no correction"):
            act(path)
    assert path.read_bytes() == before


def _append_many(path: Path, name: str) -> None:
    for number in range(10):
        append_correction(path, correction(f"{name}-{number}"))


def test_two_who_write_at_once_leave_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    writers = [multiprocessing.get_context("fork").Process(target=_append_many, args=(path, n)) for n in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    ids = [each.id for each in read_sidecar(path)]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 10


def test_a_desk_adds_to_an_edit_and_takes_back(tmp_path: Path) -> None:
    desk = open_desk(derived(), tmp_path / "dossier.json")
    desk = open_desk(desk.edit("e-1", ["act=reject", "agreement=against"], at=AT), tmp_path / "dossier.json")
    dossier = desk.edit("e-1", ["recipient="], at=AT, note="so", by="AM")
    assert dossier.corrections[0].set == {"act": "reject", "agreement": False, "recipient": None}
    assert dossier.positions[0].value == "against"
    desk = open_desk(dossier, tmp_path / "dossier.json")
    assert desk.undo("e-1").corrections[0].set == {"act": "reject", "agreement": False}
    desk.undo("e-1")
    with pytest.raises(CorrectionError, match="no correction that could be taken back"):
        desk.undo("e-1")


def test_a_desk_writes_nothing_that_does_not_fit(tmp_path: Path) -> None:
    desk = open_desk(derived(), tmp_path / "dossier.json")
    for wrong in (["act=refuse"], ["act"], ["=x"], ["issue=nonsense"]):
        with pytest.raises(CorrectionError):
            desk.edit("e-1", wrong, at=AT)
    assert list(tmp_path.iterdir()) == []
    assert desk.edit("e-1", ["issue=nonsense", "concept=A new one"], at=AT).corrections[0].set["issue"] == "nonsense"


def test_a_dossier_without_its_file_keeps_the_corrections_that_it_names(tmp_path: Path) -> None:
    dossier = apply_corrections(derived(), [correction("f-1")])
    corrected = open_desk(dossier, tmp_path / "dossier.json").judge("e-1", "accept", at=AT)
    assert [each.id for each in corrected.corrections] == ["f-1", "e-1"]
    assert [each.id for each in read_sidecar(tmp_path / "corrections.jsonl")] == ["f-1", "e-1"]


def test_rows_that_are_not_in_the_ledger_never_move_positions() -> None:
    """A dossier of another Retold may hold positions that this one would derive otherwise."""
    dossier = make_dossier()
    extra = Entry(
        id="e-9", actor="X", organization=None, recipient=None, issue="tolls", concept="Harbour tolls", act="support",
        plover=None, mode=None, contexts=(), agreement=True, status="actual", condition=None, hearsay=False,
        statement=None, evidence=pin(COURIER, "offered"), said_on=None, how=HOW,
    )  # fmt: skip
    dossier = msgspec.structs.replace(dossier, ledger=(*dossier.ledger, extra))
    assert apply_corrections(dossier, [correction("f-1")]).positions == dossier.positions
