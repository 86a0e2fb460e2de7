"""What is found: words that name a time, and the time they name."""

from typing import Literal

from retold.article import Record, Span

Precision = Literal["day", "week", "month", "year", "range"]


class DateExpression(Record, frozen=True, kw_only=True):
    """Words that name a time, and the time they name.

    `date` is the ISO (first) day; `until` the ISO last day where the words name more than one day, else None.
    `date` None: the words name a time that cannot be worked out. `precision` None: not even its grain is known.
    `anchored` is True when the time was worked out from the publication date.
    `value` is the time as TIMEX3 writes it, finer than days where the words are ("1989-Q3", "1998-W05",
    "2000-03-26TNI"); None: cannot be worked out, or TIMEX3 has no form for it.
    """

    span: Span
    date: str | None
    until: str | None
    precision: Precision | None
    anchored: bool
    value: str | None = None
