"""PLOVER: the event type and mode of an act (Halterman et al., the PLOVER manual; table in data/plover.tsv)."""

from functools import cache
from typing import NamedTuple

from retold.language.tables import read_table
from retold.ledger.position import Act, Status


class Event(NamedTuple):
    """A PLOVER event type and its mode; None: there is none."""

    type: str | None
    mode: str | None


class _Row(NamedTuple):
    act: str
    status: str
    words: tuple[str, ...]
    event: Event


_SURE = 0.5  # how likely the network's type must be to be taken instead of the act's usual one
_UNTYPED = frozenset({"deny", "state"})
_RETREATS = ("withdr", "pull", "retreat", "surrender", "releas", "freed", "free ", "freeing", "hand", "return")


def plover_event(act: Act, status: Status, evidence: str, seen: tuple[str, float]) -> Event:
    """The PLOVER event of an act whose words are `evidence`; `seen` is the network's type and its probability.

    The manual's own rules come first (a promised ceasefire concedes, one carried out retreats; signing supports; a
    future meeting agrees), then the network where it is sure, then the usual type of the act.
    """
    folded = evidence.lower()
    rows = [row for row in _rows() if row.act == act and row.status in ("*", status)]
    ruled = [row for row in rows if any(word in folded for word in row.words)]
    if ruled:
        return max(ruled, key=_fit).event
    usual = max((row for row in rows if not row.words), key=_fit, default=None)
    if usual is None or act in _UNTYPED:
        return Event(None, None)
    if usual.status == "*" and seen[1] >= _SURE:
        return _split(seen[0], status, folded, usual.event)
    return usual.event


def _fit(row: _Row) -> bool:
    return row.status != "*"


def _split(seen: str, status: Status, folded: str, usual: Event) -> Event:
    """What the network sees as one type, YIELD, the manual has as two."""
    if seen == "YIELD":
        carried_out = status in ("actual", "historical") and any(word in folded for word in _RETREATS)
        seen = "RETREAT" if carried_out else "CONCEDE"
    return Event(seen, usual.mode if seen == usual.type else None)


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(row["act"], row["status"], _parts(row["words"]), Event(row["plover"] or None, row["mode"] or None))
        for row in read_table("retold.ledger", "plover.tsv")
    )


def _parts(field: str) -> tuple[str, ...]:
    return tuple(part for part in field.split("|") if part)
