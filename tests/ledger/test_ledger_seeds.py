"""The ledger on two real reports, expected as offsets and hashes: no word of theirs stands here."""

import hashlib
from pathlib import Path

import pytest

from retold.article import Article
from retold.ledger import Entry, derive_positions, find_entries, find_happenings, read_codebook
from retold.reading import read_bytes
from retold.statements import find_statements

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds, which is no part of the project"),
]

# act, status, issue, sign and the first eight hex digits of the SHA-256 of the actor's name: those of the rows found
# that a reader judged right beyond doubt. What else is found is mostly near to it (an act beside another), and unsure.
EXPECTED = {
    ("accept", "future", "TERRITORY", "+", "580eedc6"),
    ("deny", "actual", "SANCTIONS", "-", "a96fa4b9"),
    ("meet", "actual", "FORMAT", "0", "e4f2e1f0"),
    ("meet", "actual", "SEC_GUARANTEE", "0", "8d87f408"),
    ("meet", "future", "TERRITORY", "+", "58e93d20"),
    ("offer", "actual", "DEAL", "+", "33a3d8ed"),
    ("offer", "hypothetical", "SEC_GUARANTEE", "+", "49dca65f"),
    ("rule_out", "actual", "ALLIANCE", "-", "f3c3ca12"),
    ("urge", "actual", "DEAL", "+", "e4f2e1f0"),
    ("urge", "actual", "SANCTIONS", "+", "8d87f408"),
}
MOST = 60  # rows in all


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [read_bytes(path.read_bytes(), name=path.name) for path in sorted(SEEDS.glob("*.txt"))]


@pytest.fixture(scope="module")
def entries(articles: list[Article]) -> tuple[Entry, ...]:
    statements = [statement for article in articles for statement in find_statements(article)]
    return find_entries(articles, statements, read_codebook())


def key(entry: Entry) -> tuple[str, str, str, str, str]:
    sign = {True: "+", False: "-", None: "0"}[entry.agreement]
    return entry.act, entry.status, entry.issue, sign, hashlib.sha256(entry.actor.encode()).hexdigest()[:8]


def test_what_a_mediator_would_note_is_found(entries: tuple[Entry, ...]) -> None:
    found = {key(entry) for entry in entries}
    assert found >= EXPECTED
    assert len(entries) <= MOST


def test_many_names_of_one_actor_are_one(entries: tuple[Entry, ...]) -> None:
    surnames = [entry.actor.split()[-1] for entry in entries]
    assert len(set(surnames)) == len({entry.actor for entry in entries})


def test_each_row_rests_on_words_of_the_articles_own_blocks(
    articles: list[Article], entries: tuple[Entry, ...]
) -> None:
    blocks = {article.id: article.own_blocks() for article in articles}
    for entry in entries:
        start, end = entry.evidence.span
        assert any(block.start <= start < end <= block.end for block in blocks[entry.evidence.article])


def test_no_change_is_claimed_without_days(articles: list[Article], entries: tuple[Entry, ...]) -> None:
    for position in derive_positions(entries, articles):
        assert position.change == "new" or position.proof


def test_the_timeline_keeps_the_old_year_and_the_undated_weekdays(articles: list[Article]) -> None:
    happenings = find_happenings(articles)
    assert happenings[0].date == "2022-01-01"
    assert sum(happening.date is None for happening in happenings) >= 4
