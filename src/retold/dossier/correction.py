"""What an analyst says of one row of a dossier."""

from typing import Literal, TypeAlias

import msgspec

Verdict = Literal["accept", "reject", "edit"]
Value: TypeAlias = str | bool | None


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """An analyst's word on the row `id`: it stands ("accept"), it does not ("reject"), or it reads otherwise ("edit").

    `set` are the fields of an edit with their new values, by the names of dossier.json; empty for the other verdicts.
    `note` and `by` are free text, None: not given. `at` is the time of the correction, ISO 8601 in UTC.
    Raises: ValueError, when an edit sets nothing, or another verdict sets something.
    """

    id: str
    verdict: Verdict
    set: dict[str, Value] = {}
    note: str | None = None
    by: str | None = None
    at: str

    def __post_init__(self) -> None:
        if self.verdict == "edit" and not self.set:
            raise ValueError("an edit needs the fields that it sets: `set` is empty")
        if self.verdict != "edit" and self.set:
            raise ValueError(f"only an edit sets fields: the verdict is {self.verdict!r}")
