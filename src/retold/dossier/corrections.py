"""Corrections laid beside the rows of a dossier, and the positions that follow from the corrected ledger.

The rows stay as they were found, whatever is said of them: so a correction can be taken back, and a reader sees both.
Only what is derived from the ledger, the positions, follows the corrections. `corrected_ledger` is the ledger that
they follow from.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import replace

from retold.article import Problem, Record
from retold.collation.collation import Passage, QuotationCheck, Support
from retold.dossier.correction import Correction, Value, Verdict
from retold.dossier.dossier import Dossier, Finding
from retold.ledger.codebook import read_codebook
from retold.ledger.position import Entry, Happening, Position
from retold.ledger.positions import derive_positions
from retold.lineage.lineage import Node
from retold.statements.statement import Statement

CORRECTIONS_FILE = "corrections.jsonl"
_HOW = "rule:corrections"

ROW_WORDS: Mapping[str, str] = {
    "statements": "statement",
    "retellings": "retelling",
    "passages": "aligned passage",
    "support": "sentence held against the others",
    "quotations": "quotation held against its source",
    "timeline": "event",
    "ledger": "ledger row",
    "positions": "position",
    "findings": "finding",
}
"""The lists of a dossier whose rows have ids, and what one row of each is called; the lineage's nodes come beside."""
NODE_WORD = "report or original of the lineage"

SAID_WORDS: Mapping[Verdict, tuple[str, str]] = {
    "accept": ("✓", "accepted"),
    "reject": ("✗", "rejected"),
    "edit": ("✎", "edited"),
}
"""The sign and the word for what an analyst says of a row."""

EDITABLE: Mapping[type[Record], tuple[str, ...]] = {
    Entry: (
        "actor", "organization", "recipient", "issue", "concept", "act", "status", "condition", "agreement", "hearsay",
    ),
    Statement: ("kind", "speakers", "channel", "addressee", "said_on"),
    Passage: ("relation",),
    Support: ("verdict",),
    QuotationCheck: ("verdict",),
    Happening: ("date", "precision", "when", "what"),
    Position: ("value", "condition", "from", "until"),
    Finding: ("kind", "text"),
    Node: ("label",),
}  # fmt: skip
"""The fields that an edit may set, by the names of dossier.json. A row of another kind can be accepted or rejected."""
_AS_TEXT: Mapping[tuple[type[Record], str], Any] = {(Statement, "speakers"): str | None}
"""Fields that hold more than text, but are corrected by text."""
_NEVER_EMPTY = frozenset({"actor", "issue", "concept", "text", "label", "value", "what"})
_TRUTH: Mapping[str, bool] = {
    "true": True, "yes": True, "for": True,
    "false": False, "no": False, "against": False,
}  # fmt: skip
_NOTHING = frozenset({"", "none", "null", "neither"})


class CorrectionError(ValueError):
    """A correction that does not fit its row. The message names the field, what came, and what is allowed."""


def rows_by_id(dossier: Dossier) -> dict[str, Record]:
    """Every row that has an id, by its id. Of rows that share one the first is given."""
    rows: dict[str, Record] = {}
    for name in ROW_WORDS:
        for row in getattr(dossier, name):
            rows.setdefault(row.id, row)
    return {**{node.id: node for node in dossier.lineage.nodes}, **rows}


def row_words(dossier: Dossier) -> dict[str, str]:
    """What kind of row each id stands for, in words."""
    words = {row.id: word for name, word in ROW_WORDS.items() for row in getattr(dossier, name)}
    return {**{node.id: NODE_WORD for node in dossier.lineage.nodes}, **words}


def standing(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """The correction that holds for each id: the last one."""
    return {correction.id: correction for correction in corrections}


def apply_corrections(dossier: Dossier, corrections: Iterable[Correction]) -> Dossier:
    """`dossier` with these corrections, and none but these, beside its rows.

    Of several for one id the last holds. Where rows of the ledger are corrected, the positions are derived anew.
    A correction whose row is not there (any more) is kept, and told as a note in `problems`. The same corrections
    twice are as good as once. Raises: CorrectionError, when an edit does not fit its row.
    """
    kept = standing(corrections)
    rows = rows_by_id(dossier)
    for correction in kept.values():
        if correction.id in rows:
            check_edit(rows[correction.id], correction.set)
    corrected = replace(dossier, corrections=tuple(kept.values()))
    if _touch_ledger(dossier) or _touch_ledger(corrected):
        # Their ids may be new: only now is known which corrections of positions have lost their row.
        positions = derive_positions(
            corrected_ledger(corrected), corrected.articles, corrected.lineage, corrected.retellings
        )
        corrected = replace(corrected, positions=positions)
        rows = rows_by_id(corrected)
    lost = (_lost(correction) for correction in kept.values() if correction.id not in rows)
    others = (problem for problem in dossier.problems if problem.how != _HOW)
    return replace(corrected, problems=(*others, *lost))


def _touch_ledger(dossier: Dossier) -> bool:
    ids = {entry.id for entry in dossier.ledger}
    return any(correction.id in ids for correction in dossier.corrections)


def _lost(correction: Correction) -> Problem:
    reason = f"the correction of {correction.id} ({correction.verdict}) is kept, but no row has this id any more"
    return Problem(level="note", input=CORRECTIONS_FILE, reason=reason, how=_HOW)


def corrected_ledger(dossier: Dossier) -> tuple[Entry, ...]:
    """The ledger as the dossier's corrections have it: without the rejected rows, and with the edits in place."""
    said = standing(dossier.corrections)
    kept = (entry for entry in dossier.ledger if entry.id not in said or said[entry.id].verdict != "reject")
    return tuple(corrected_entry(entry, said.get(entry.id), dossier.ledger) for entry in kept)


def with_corrected_ledger(dossier: Dossier) -> Dossier:
    """The dossier with its ledger as corrected, for what knows nothing of corrections."""
    return replace(dossier, ledger=corrected_ledger(dossier))


def corrected_entry(entry: Entry, correction: Correction | None, ledger: Sequence[Entry]) -> Entry:
    """`entry` with the fields that the correction sets; a new issue brings the label that it has elsewhere."""
    if correction is None or correction.verdict != "edit":
        return entry
    fields: dict[str, Any] = dict(correction.set)
    if "issue" in fields and "concept" not in fields:
        fields["concept"] = _labels(ledger).get(fields["issue"], fields["issue"])
    return replace(entry, **fields)


def _labels(ledger: Iterable[Entry]) -> dict[str, str]:
    """The label of each issue that the ledger or the codebook of Retold knows."""
    return {
        **{issue.code: issue.label for issue in read_codebook().issues},
        **{entry.issue: entry.concept for entry in ledger},
    }


def check_issue(dossier: Dossier, fields: Mapping[str, Value]) -> None:
    """Raises: CorrectionError, when an edit names an issue that nobody knows and gives it no label."""
    known = _labels(dossier.ledger)
    if "issue" in fields and "concept" not in fields and fields["issue"] not in known:
        raise CorrectionError(
            f"issue: {fields['issue']!r} came, which is no code of the ledger or the codebook; they have "
            f"{', '.join(sorted(known))}. For a new issue set its label too: concept=…"
        )


def check_edit(row: Record, fields: Mapping[str, Value]) -> None:
    """Raises: CorrectionError, naming the field, what came, and what is allowed."""
    for field, value in fields.items():
        kind = _kind_of(type(row), field)
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError:
            raise CorrectionError(f"{field}: {value!r} came; allowed: {allowed(kind)}") from None
        if field in _NEVER_EMPTY and not str(value or "").strip():
            raise CorrectionError(f"{field}: nothing came; allowed: some text")


def read_value(row: Record, field: str, text: str) -> Value:
    """What `text`, as a person types it, means for a field of `row`: words for truth and for nothing where they fit.

    Raises: CorrectionError, as `check_edit`.
    """
    kind, word = _kind_of(type(row), field), text.strip().casefold()
    options = get_args(kind)
    value: Value = text.strip()
    if (bool in options or kind is bool) and word in _TRUTH:
        value = _TRUTH[word]
    elif type(None) in options and word in _NOTHING:
        value = None
    check_edit(row, {field: value})
    return value


def _kind_of(row: type[Record], field: str) -> Any:
    """The type that `field` of a row must have. Raises: CorrectionError, when it cannot be set."""
    fields = EDITABLE.get(row, ())
    if field not in fields:
        can = f"these can be set: {', '.join(fields)}" if fields else "no field of such a row can be set"
        raise CorrectionError(f"{field}: it is no field that can be set here; {can}")
    return _kinds(row)[field]


@cache
def _kinds(row: type[Record]) -> dict[str, Any]:
    """The types of the fields of a row, by their names in dossier.json."""
    hints = get_type_hints(row)
    names = {field.encode_name: hints[field.name] for field in msgspec.structs.fields(row)}
    return names | {field: kind for (owner, field), kind in _AS_TEXT.items() if owner is row}


def allowed(kind: Any) -> str:
    """In words what a value of the type `kind` may be."""
    if kind is type(None):
        return "nothing (null)"
    if kind is bool:
        return "true or false"
    if kind is str:
        return "some text"
    if get_origin(kind) is Literal:
        return ", ".join(get_args(kind))
    return " or ".join(allowed(part) for part in get_args(kind))


def value_of(row: Record, field: str) -> str:
    """What `row` was found to have in `field` (a name of dossier.json), in words; "" where it has nothing."""
    name = next((each.name for each in msgspec.structs.fields(row) if each.encode_name == field), field)
    return told_value(field, getattr(row, name, None))


def told_value(field: str, value: object) -> str:
    """A value in words: "for", "yes", names joined by commas; "" for nothing."""
    if field == "agreement":
        return "" if value is None else "for" if value else "against"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(getattr(each, "name", None) or "unknown") for each in value)
    return "" if value is None else str(value)
