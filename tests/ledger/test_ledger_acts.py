from typing import get_args

import pytest

from retold.language.tables import read_table
from retold.language.tokens import tokenize
from retold.ledger.acts import find_cues, gerund, past, plover_type, third_person, verb_group
from retold.ledger.position import Act, Status

PLOVER_TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip


def test_each_cue_word_finds_itself_with_its_act() -> None:
    for row in read_table("retold.ledger", "acts.tsv"):
        cues = find_cues(tokenize(row["words"]))
        assert any(word.act == row["act"] for cue in cues for word in cue.readings), row


def test_the_tables_use_only_known_names() -> None:
    acts = read_table("retold.ledger", "acts.tsv")
    assert {row["act"] for row in acts} == set(get_args(Act))
    assert {row["form"] for row in acts} == {"verb", "noun", "adjective", "speaker"}
    assert {row["stance"] for row in acts} == {"+", "-", "0"}
    plover = read_table("retold.ledger", "plover.tsv")
    assert {row["plover"] for row in plover} <= PLOVER_TYPES
    assert {row["status"] for row in plover} <= {"*", *get_args(Status)}
    assert {row["act"] for row in plover} <= set(get_args(Act))


def test_no_row_of_the_tables_is_written_twice() -> None:
    acts = [(row["words"], row["form"]) for row in read_table("retold.ledger", "acts.tsv")]
    small = [(row["word"], row["class"]) for row in read_table("retold.ledger", "grammar.tsv")]
    assert len(acts) == len(set(acts))
    assert len(small) == len(set(small))


@pytest.mark.parametrize(
    ("verb", "s", "ing", "ed"),
    [
        ("reject", "rejects", "rejecting", "rejected"),
        ("deny", "denies", "denying", "denied"),
        ("urge", "urges", "urging", "urged"),
        ("press", "presses", "pressing", "pressed"),
        ("agree", "agrees", "agreeing", "agreed"),
        ("drop", "drops", "dropping", "dropped"),
        ("give", "gives", "giving", "gave"),
        ("meet", "meets", "meeting", "met"),
    ],
)
def test_inflection(verb: str, s: str, ing: str, ed: str) -> None:
    assert (third_person(verb), gerund(verb), past(verb)) == (s, ing, ed)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("has repeatedly", ""),
        ("did not", "negated"),
        ("won't", "negated future"),
        ("will", "future"),
        ("is expected to", "future"),
        ("could", "modal"),
        ("must", "duty"),
        ("has to", "duty"),
        ("has yet to", "duty"),
        ("had previously", "historical"),
        ("on Monday", ""),
        ("last week", ""),
        ("wants to", "wish"),
    ],
)
def test_verb_groups(words: str, expected: str) -> None:
    tokens = tokenize(f"Korr {words} reject")
    group = verb_group(tokens, len(tokens) - 1)
    assert group.first == 1
    told = ("negated", "modal", "future", "duty", "wish", "historical")
    assert {name for name in told if getattr(group, name)} == set(expected.split())


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
def test_plover_types(act: Act, status: Status, evidence: str, expected: tuple[str | None, str | None]) -> None:
    assert plover_type(act, status, evidence) == expected
