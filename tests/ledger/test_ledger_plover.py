from typing import get_args

import pytest

from retold.language.tables import read_table
from retold.ledger.plover import plover_event
from retold.ledger.position import Act, Status

PLOVER_TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
UNSURE = ("ASSAULT", 0.1)


def test_the_tables_use_only_known_names() -> None:
    plover = read_table("retold.ledger", "plover.tsv")
    assert {row["plover"] for row in plover} <= PLOVER_TYPES
    assert {row["status"] for row in plover} <= {"*", *get_args(Status)}
    assert {row["act"] for row in plover} <= set(get_args(Act))


def test_no_small_word_is_written_twice() -> None:
    small = [(row["word"], row["class"]) for row in read_table("retold.ledger", "grammar.tsv")]
    assert len(small) == len(set(small))


@pytest.mark.parametrize(
    ("act", "status", "evidence", "expected"),
    [
        ("accept", "actual", "agreed to a ceasefire", ("CONCEDE", "ceasefire")),
        ("comply", "actual", "observed the truce", ("RETREAT", "ceasefire")),
        ("accept", "actual", "signed the accord", ("SUPPORT", None)),
        ("accept", "actual", "agreed to talks", ("AGREE", None)),
        ("meet", "future", "will meet", ("AGREE", "meet")),
        ("meet", "negated", "will not meet", ("REJECT", "meet")),
        ("meet", "actual", "met", ("CONSULT", None)),
        ("demand", "actual", "called for an end to the war", ("AGREE", None)),
        ("demand", "actual", "demanded tolls", ("REQUEST", None)),
        ("deny", "actual", "denied", (None, None)),
    ],
)
def test_the_manuals_rules_and_the_usual_type_of_an_act(
    act: Act, status: Status, evidence: str, expected: tuple[str | None, str | None]
) -> None:
    assert plover_event(act, status, evidence, UNSURE) == expected


@pytest.mark.parametrize(
    ("act", "status", "evidence", "seen", "expected"),
    [
        ("suspend", "actual", "jailed the envoy", "COERCE", "COERCE"),
        ("concede", "actual", "withdrew from the port", "YIELD", "RETREAT"),
        ("concede", "future", "will withdraw from the port", "YIELD", "CONCEDE"),
        ("accept", "actual", "signed the accord", "AGREE", "SUPPORT"),  # the manual's rule is stronger
        ("meet", "future", "will meet", "CONSULT", "AGREE"),
        ("state", "actual", "said", "CONSULT", None),
    ],
)
def test_a_sure_network_names_the_type_where_no_rule_does(
    act: Act, status: Status, evidence: str, seen: str, expected: str | None
) -> None:
    assert plover_event(act, status, evidence, (seen, 0.9)).type == expected
