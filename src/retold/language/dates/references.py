"""Words for a time that is only known to be past, present or to come: "now", "recently", "soon"."""

import re

from retold.language.dates.rules import Context, Rule, make_rule
from retold.language.dates.times import Time, open_time
from retold.language.dates.words import WORDS, either


def _resolve_reference(match: re.Match[str], context: Context) -> Time | None:  # noqa: ARG001
    return open_time(None, WORDS["reference"][" ".join(match[0].lower().split())])


REFERENCES: tuple[Rule, ...] = (
    make_rule("reference", None, rf"\b(?i:{either(WORDS['reference'])})\b", _resolve_reference),
)
