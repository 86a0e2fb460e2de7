"""Correcting a row of a dossier that is there: which row is meant, what the correction is, and where it is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from retold.dossier.correction import Correction, Value, Verdict
from retold.dossier.corrections import (
    CORRECTIONS_FILE,
    CorrectionError,
    apply_corrections,
    check_issue,
    read_value,
    rows_by_id,
    standing,
)
from retold.dossier.dossier import Dossier
from retold.dossier.labels import one_line
from retold.dossier.sidecar import append_correction, drop_last_correction, read_sidecar

_NEAREST = 3
_LISTED = 5


class UnknownRowError(LookupError):
    """An id that is none of the dossier's rows', or the beginning of several. The message names the nearest ones."""


@dataclass(frozen=True)
class Desk:
    """A dossier, the file of corrections beside it, and what that holds. Its methods give the corrected dossier."""

    dossier: Dossier
    file: Path
    corrections: tuple[Correction, ...]

    @property
    def standing(self) -> Mapping[str, Correction]:
        return standing(self.corrections)

    def find(self, beginning: str) -> str:
        """The whole id of the row, or of the correction, that begins like this. Raises: UnknownRowError."""
        return find_id(beginning, [*rows_by_id(self.dossier), *self.standing])

    def judge(self, row_id: str, verdict: Verdict, **about: str | None) -> Dossier:
        """Accept or reject a row. `about`: see `_keep`."""
        return self._keep(row_id, verdict, {}, **about)

    def edit(self, row_id: str, assignments: Sequence[str], **about: str | None) -> Dossier:
        """Set fields ("FIELD=VALUE") of a row, beside those that an edit has set before.

        Raises: CorrectionError, before anything is written.
        """
        row = rows_by_id(self.dossier).get(row_id)
        if row is None:
            raise CorrectionError(f"{row_id} is no row any more, so that nothing of it can be set")
        fields = {name: read_value(row, name, text) for name, text in map(_assignment, assignments)}
        check_issue(self.dossier, fields)
        earlier = self.standing.get(row_id)
        return self._keep(row_id, "edit", {**(earlier.set if earlier else {}), **fields}, **about)

    def undo(self, row_id: str) -> Dossier:
        """Take back the last correction of a row. Raises: CorrectionError, when it has none."""
        if row_id not in self.standing or not drop_last_correction(self.file, row_id, self.corrections):
            raise CorrectionError(f"{row_id} has no correction that could be taken back")
        return self._applied()

    def _keep(self, row_id: str, verdict: Verdict, fields: dict[str, Value], **about: str | None) -> Dossier:
        """Write a correction to the file; `about` are its `note`, `by` and `at`. Raises: SidecarError."""
        given = {name: text for name, text in about.items() if text is not None}
        correction = Correction(id=row_id, verdict=verdict, set=fields, **given)
        apply_corrections(self.dossier, (*self.corrections, correction))  # what does not fit is not written
        append_correction(self.file, correction, self.corrections)
        return self._applied()

    def _applied(self) -> Dossier:
        return apply_corrections(self.dossier, read_sidecar(self.file))


def open_desk(dossier: Dossier, dossier_file: Path) -> Desk:
    """The desk of a dossier. One that came without its file of corrections has those that it names itself.

    Raises: SidecarError, when the file is there and cannot be read.
    """
    file = dossier_file.with_name(CORRECTIONS_FILE)
    return Desk(dossier, file, read_sidecar(file) if file.exists() else dossier.corrections)


def find_id(beginning: str, ids: Iterable[str]) -> str:
    """The one id that is `beginning`, or begins so. Raises: UnknownRowError."""
    known = list(dict.fromkeys(ids))
    if beginning in known:
        return beginning
    found = [each for each in known if beginning and each.startswith(beginning)]
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join([*(one_line(each) for each in found[:_LISTED]), *(["…"] if len(found) > _LISTED else [])])
        raise UnknownRowError(f"{len(found)} rows begin with {beginning!r} ({some}): give more of the id")
    near = [one_line(match) for match, _, _ in process.extract(beginning, known, limit=_NEAREST)]
    raise UnknownRowError(
        f"no row has the id {beginning!r}" + (f"; the nearest are {', '.join(near)}" if near else "; there are no rows")
    )


def _assignment(text: str) -> tuple[str, str]:
    """ "act=reject" → ("act", "reject"). Raises: CorrectionError."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise CorrectionError(f"{text!r} came; expected is FIELD=VALUE, as in act=reject")
    return name.strip(), value
