from typing import Any

from ledger_scene import CODEBOOK, make_article

from retold.article import Article, Pin, Span
from retold.collation.collation import Retelling
from retold.ledger import Entry, Position, derive_positions, find_entries
from retold.lineage.lineage import Edge, Lineage


def entry(number: int, article: str = "a1", **fields: Any) -> Entry:
    base: dict[str, Any] = {
        "id": f"{article}-l{number}", "actor": "Ada Korr", "organization": "Veldania", "recipient": None,
        "issue": "TOLL", "concept": "tolls", "act": "reject", "plover": None, "mode": None, "contexts": (),
        "agreement": False, "status": "actual", "condition": None, "hearsay": False, "statement": None,
        "evidence": Pin(article, Span(number, number + 1)), "said_on": None, "how": "test", "confidence": 0.8,
    }  # fmt: skip
    return Entry(**{**base, **fields})


def told(positions: tuple[Position, ...]) -> list[tuple[str, str | None, str | None, str, tuple[str, str] | None]]:
    return [(p.value, p.since, p.until, p.change, p.proof) for p in positions]


ARTICLES: tuple[Article, ...] = ()


def test_nothing_gives_nothing_and_a_meeting_no_position() -> None:
    assert derive_positions([], ARTICLES) == ()
    assert derive_positions([entry(1, act="meet", agreement=None)], ARTICLES) == ()


def test_a_reversal_between_two_days_cites_its_proof() -> None:
    first = entry(1, said_on="2031-05-01")
    second = entry(2, said_on="2031-05-04", act="accept", agreement=True)
    assert told(derive_positions([second, first], ARTICLES)) == [
        ("against", "2031-05-01", "2031-05-01", "new", None),
        ("for", "2031-05-04", "2031-05-04", "reversed", (first.id, second.id)),
    ]


def test_the_same_stand_on_later_days_is_reaffirmed_in_one_row() -> None:
    days = [entry(n, said_on=f"2031-05-0{n}") for n in range(1, 5)]
    assert told(derive_positions(days, ARTICLES)) == [
        ("against", "2031-05-01", "2031-05-01", "new", None),
        ("against", "2031-05-02", "2031-05-04", "reaffirmed", (days[0].id, days[1].id)),
    ]


def test_changes_of_force_and_of_condition() -> None:
    rows = [
        entry(1, said_on="2031-05-01"),
        entry(2, said_on="2031-05-02", act="rule_out"),
        entry(3, said_on="2031-05-03", act="rule_out", status="negated", agreement=None),
        entry(4, said_on="2031-05-04", act="offer", agreement=True, condition="if it pays"),
        entry(5, said_on="2031-05-05", act="offer", agreement=True),
    ]
    changes = [(p.value, p.change) for p in derive_positions(rows, ARTICLES)]
    assert changes == [
        ("against", "new"),
        ("against", "hardened"),
        ("open", "softened"),
        ("for", "softened"),
        ("for", "condition_dropped"),
    ]


def test_without_days_nothing_is_said_about_order() -> None:
    rows = [entry(1), entry(2, act="accept", agreement=True)]
    assert {(p.value, p.change, p.proof) for p in derive_positions(rows, ARTICLES)} == {
        ("against", "new", None),
        ("for", "new", None),
    }


def test_what_one_report_tells_as_past_comes_before() -> None:
    before = entry(1, status="historical", act="demand", agreement=True)
    now = entry(2)
    assert told(derive_positions([now, before], ARTICLES))[-1] == (
        "against", None, None, "reversed", (before.id, now.id),
    )  # fmt: skip
    elsewhere = entry(2, article="a2")
    assert told(derive_positions([elsewhere, before], ARTICLES))[-1][3] == "new"


def test_contradicting_reports_of_one_day_stand_side_by_side() -> None:
    rows = [
        entry(1, said_on="2031-05-01"),
        entry(2, "a2", said_on="2031-05-01", act="accept", agreement=True),
        entry(3, said_on="2031-05-02"),
    ]
    positions = derive_positions(rows, ARTICLES)
    assert [(p.value, p.change) for p in positions] == [("against", "new"), ("for", "new"), ("against", "new")]
    assert [p.contradicted_by for p in positions] == [(rows[1].id,), (rows[0].id,), ()]


def test_a_condition_that_only_one_report_of_the_day_has_is_a_contradiction_and_its_wording_is_none() -> None:
    offer: dict[str, Any] = {"act": "offer", "agreement": True, "said_on": "2031-05-01"}
    bare, conditional = entry(1, **offer), entry(2, "a2", condition="if it pays", **offer)
    assert [p.contradicted_by for p in derive_positions([bare, conditional], ARTICLES)] == [
        (conditional.id,),
        (bare.id,),
    ]
    other = entry(3, "a3", condition="provided that it pays", **offer)
    (position,) = derive_positions([conditional, other], ARTICLES)
    assert (position.contradicted_by, len(position.statements)) == ((), 2)


def test_two_tellings_of_one_utterance_that_differ_contradict_each_other_without_a_day() -> None:
    no, yes = entry(1, statement="s1"), entry(2, "a2", statement="s2", act="accept", agreement=True)
    one = Retelling(id="r1", statements=("s1", "s2"), earliest=None, fullest="s1", links=(), how="test")
    assert [p.contradicted_by for p in derive_positions([no, yes], ARTICLES, None, [one])] == [(yes.id,), (no.id,)]
    assert [p.contradicted_by for p in derive_positions([no, yes], ARTICLES)] == [(), ()]


def edge(source: str, derivative: str) -> Edge:
    return Edge(source=source, derivative=derivative, share=0.9, direction="unknown", evidence=(), how="test")


def test_fifty_reprints_are_one_voice() -> None:
    reprints = [f"r{number}" for number in range(50)]
    rows = [entry(number, name, said_on="2031-05-01") for number, name in enumerate([*reprints, "other"])]
    lineage = Lineage(nodes=(), edges=tuple(edge("lost", name) for name in reprints), how="test")
    (position,) = derive_positions(rows, ARTICLES, lineage)
    assert (position.voices, len(position.statements)) == (2, 51)
    (apart,) = derive_positions(rows, ARTICLES)
    assert apart.voices == 51


def test_positions_name_outlets_and_take_the_reports_day() -> None:
    text = "Veldania rejected the tariffs."
    one = make_article(text, published="2031-05-01", outlet="The Quay")
    two = make_article(text + " It rained.", published="2031-05-01", name="b.txt")
    entries = find_entries([one, two], [], CODEBOOK)
    [position] = derive_positions(entries, [one, two])
    assert position.outlets == ("The Quay", "b.txt")
    assert (position.since, {entry.evidence.article for entry in entries}) == ("2031-05-01", {one.id, two.id})


def test_order_of_entries_changes_nothing() -> None:
    rows = [entry(n, said_on=f"2031-05-0{n}", agreement=n % 2 == 0, act="demand") for n in range(1, 6)]
    assert derive_positions(rows, ARTICLES) == derive_positions(rows[::-1], ARTICLES)


def test_an_undated_report_of_the_same_stand_is_another_voice_and_no_other_position() -> None:
    dated, undated = entry(1, said_on="2031-05-01"), entry(2, article="a2")
    (position,) = derive_positions([undated, dated], ARTICLES)
    assert (position.since, position.until) == ("2031-05-01", "2031-05-01")
    assert position.statements == (dated.id, undated.id)
    assert len(derive_positions([dated, entry(3, article="a2", agreement=True, act="accept")], ARTICLES)) == 2
