"""Who speaks: each text with the name of the speaker of its last statement (None: unknown)."""

import hashlib
import time

import pytest

from retold.article import Article, Block, Span
from retold.statements import Statement, find_statements
from retold.statements.speakers import read_cast, resolve


def article(text: str) -> Article:
    """An article of one body block per line."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="body", start=start, end=start + len(line), reason="a line", how="test"))
        start += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=digest[:12], input="test", sha256=digest, text=text, blocks=tuple(blocks), origin=(), how="test")


def last(text: str) -> Statement:
    return find_statements(article(text))[-1]


PRONOUNS = [
    # an apposition with straight apostrophes is resolved, and what follows is not given to a woman further back
    (
        "Anna Corv told reporters the port was safe.\n\nTeo Pell, Norland's deputy foreign minister and chief "
        'negotiator, said no. "We wait," he said.',
        "Teo Pell",
    ),
    ("The envoy spoke. “We wait,” said Runo Tams, 58, a net-maker.", "Runo Tams"),
    # the subject of the sentence before is nearer than the speaker before it
    ("Paul Merrow said no.\n\nDavid Holt slept at noon. “We wait,” he said.", "David Holt"),
    # of two people the one of the other gender is passed over
    ("David Holt asked Anna Corv about the port. She said it was safe.", "Anna Corv"),
    # an unknown speaker is not jumped over
    ("Paul Merrow left at noon. The 57-year-old scientist said it rained. He said it was cold.", None),
    # nothing shows that either is a man
    ("Ulmo Bran met Kesti Vall in the bay. Ulmo Bran slept. He said it was cold.", None),
    # inside indirect words: their speaker
    ("David Holt met Paul Merrow. Mr Merrow said that he had warned the port.", "Paul Merrow"),
    # who only stands before a noun or owns something is no person who speaks
    ("Paul Merrow said no. The Holt campaign slept. “We wait,” he said.", "Paul Merrow"),
    # a country is never "he"
    ("Paul Merrow said no. Norlandia denied it, and Norlandian ships left. He said it was cold.", "Paul Merrow"),
]


@pytest.mark.parametrize(("text", "name"), PRONOUNS)
def test_pronouns(text: str, name: str | None) -> None:
    assert [one.name for one in last(text).speakers] == [name]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Ulmo Bran, who leads her party, slept.", "she"),
        ("Ulmo Bran said he slept.", "he"),
        ("Ms Bran slept. Ulmo Bran ate.", "she"),
        ("Ulmo Bran, the chairwoman of the port, slept.", "she"),
        ("King Ulmo slept.", "he"),
        ("Anna Bran slept.", "she"),
        ("Ulmo Bran told the envoy that his ship sank.", ""),
        ("Ulmo Bran slept and, Anna Corv said, he ate.", ""),
    ],
)
def test_gender_is_learned_only_from_what_is_no_other_persons(text: str, gender: str) -> None:
    cast = read_cast(article(text))
    names = [one.name for one in cast.entities if one.kind in ("person", "unknown") and one.name != "Anna Corv"]
    assert cast.genders.get(names[0], "") == gender


BODIES = [
    (
        "The foreign ministry declined the offer. It said on Friday that the port was closed.",
        "foreign ministry",
        "body",
    ),
    ("The foreign ministry declined.\n\nThe port, the ministry said, was closed.", "foreign ministry", "body"),
    ("The Harbour Commission met. The port, the commission said, was closed.", "Harbour Commission", "body"),
    ("The foreign ministry and the finance ministry met. The ministry said it was over.", None, "body"),
    ("State radio reported that the port was closed.", "State radio", "body"),
    ("The port, the navy in Lethe said, was closed.", "navy in Lethe", "body"),
    ("A Norwegian finance ministry paper says that the port is closed.", "Norwegian finance ministry", "body"),
    ("The Port Master’s Office said that the port was closed.", "Port Master’s Office", "body"),
    ("Paul Holt slept. His comments about the walls of Norway said that the port was closed.", None, "unknown"),
    ("Two newspapers reported that the port was closed.", None, "anonymous"),
    ("Two people close to the Norwegian delegation said the port was closed.", None, "anonymous"),
    ("Paul Holt slept. The Holt campaign said that the port was closed.", "Holt campaign", "body"),
    ("In May Norway closed a port, which it says is full.", "Norway", "body"),
    ("Norway closed a port that France built, and it says the port is full.", None, "unknown"),
]


@pytest.mark.parametrize(("text", "name", "kind"), BODIES)
def test_bodies(text: str, name: str | None, kind: str) -> None:
    assert [(one.name, one.kind) for one in last(text).speakers] == [(name, kind)]


PHRASES = [
    ("Teo Brann, a Norwegian minister, slept. The Norwegian ministers said that the port was closed.", None),
    ("Teo Brann slept. Trade minister Anna Corv warned that the port was closed.", "Anna Corv"),
    ("Paul Holt slept. Holt spokeswoman Anna Corv said that the port was closed.", "Anna Corv"),
    ("The spokesman for the port at the time, Teo Brandt, said that the port was closed.", "Teo Brandt"),
    ("Paul Holt himself said that the port was closed.", "Paul Holt"),
]


@pytest.mark.parametrize(("text", "name"), PHRASES)
def test_the_head_of_a_source_speaks(text: str, name: str | None) -> None:
    assert [one.name for one in last(text).speakers] == [name]


def test_the_writer_of_a_document_is_not_its_words() -> None:
    text = "a memo Ms Holt wrote"
    speakers = resolve(read_cast(article(text)), (Span(0, len(text)),), (), ())
    assert [one.name for one in speakers] == [None]


def test_an_anonymous_source_keeps_its_words_as_role() -> None:
    assert [one.role for one in last("Two newspapers reported that the port was closed.").speakers] == ["newspapers"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Envoys of Norway and France met. Both sides said the port was closed.", ["Norway", "France"]),
        ("Envoys of Norway, France and Spain met. Both sides said the port was closed.", [None, None]),
        ("Envoys met. Both sides said the port was closed.", [None, None]),
    ],
)
def test_both_sides_are_the_only_two_that_are_joined(text: str, names: list[str | None]) -> None:
    assert [one.name for one in last(text).speakers] == names


@pytest.mark.parametrize("piece", ["The ministry said no. ", "He said “no.” Ada Venn and ", "It said that Norway "])
def test_much_of_the_same_does_not_hang(piece: str) -> None:
    began = time.perf_counter()
    find_statements(article(piece * (100_000 // len(piece))))
    assert time.perf_counter() - began < 30
