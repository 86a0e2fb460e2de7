import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_scene import CODEBOOK, entries_of, make_article, make_scene, row

from retold.ledger import Codebook, find_entries, find_happenings
from retold.statements import find_statements
from retold.statements.statement import StatementKind

INTRODUCTION = (
    "The Veldanian envoy Ada Korr and President Odo Brenn of Marenia came to Veldania. The Marenian side was late.\n\n"
)


def rows_of(sentence: str) -> list[str]:
    """The rows of a sentence behind an introduction of two people and two countries."""
    return [row(entry) for entry in entries_of(INTRODUCTION + sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Veldania rejected the ceasefire.", ["Veldania reject actual CEASEFIRE -"]),
        ("The Veldanian government has repeatedly refused to accept a truce.", ["Veldania reject actual CEASEFIRE -"]),
        ("Ms Korr offered to lift sanctions.", ["Ada Korr offer actual SANCTIONS -"]),
        ("Ms Korr agreed not to impose tariffs.", ["Ada Korr reject actual TARIFF -"]),
        pytest.param(
            "The Marenians demanded an end to fishing and higher tolls.",
            ["Marenia demand actual FISHING -"],
            marks=pytest.mark.xfail(reason="both issues are governed"),
        ),
        pytest.param(
            "The Marenians demanded an end to the fishing ban.",
            ["Marenia demand actual FISHING +"],
            marks=pytest.mark.xfail(reason="the ban turns the direction twice"),
        ),
        pytest.param(
            "Despite Mr Brenn not agreeing to a truce, talks went on.",
            ["Odo Brenn reject actual CEASEFIRE -"],
            marks=pytest.mark.xfail(reason="a refusal in a participle"),
        ),
        ("Mr Brenn's reluctance to agree to a truce angered many.", ["Odo Brenn reject actual CEASEFIRE -"]),
        pytest.param(
            "There were calls from Veldanian leaders for sanctions.",
            ["Veldanian leaders urge actual SANCTIONS +"],
            marks=pytest.mark.xfail(reason="an act without a verb"),
        ),
        pytest.param(
            "There is no appetite from Veldania for land swaps.",
            ["Veldania reject actual TERRITORY -"],
            marks=pytest.mark.xfail(reason="an idiom without a verb"),
        ),
        ("The tariff was rejected by Marenia.", ["Marenia reject actual TARIFF -"]),
        ("Ms Korr, who arrived on Monday, rejected the pay offer.", ["Ada Korr reject actual PAY -"]),
        ("Ms Korr visited the quay and ruled out a land swap.", ["Ada Korr rule_out actual TERRITORY -"]),
        ("Marenia, Ms Korr said, rejected it.", []),
        ("NATO membership, which Mr Brenn has ruled out, was not named.", ["Odo Brenn rule_out actual ALLIANCE -"]),
        ("Ms Korr met reporters and ruled out a land swap.", ["Ada Korr rule_out actual TERRITORY -"]),
        (
            "Ms Korr and Mr Brenn agreed on the fishing quotas.",
            ["Ada Korr accept actual FISHING +", "Odo Brenn accept actual FISHING +"],
        ),
        pytest.param(
            "Mr Brenn defended Ms Korr's decision not to impose sanctions.",
            ["Odo Brenn support actual SANCTIONS -", "Ada Korr reject actual SANCTIONS -"],
            marks=pytest.mark.xfail(reason="an act on an act"),
        ),
    ],
)
def test_who_does_what(sentence: str, expected: list[str]) -> None:
    assert rows_of(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "status", "sign"),
    [
        ("Veldania will accept the ceasefire.", "future", "+"),
        ("Veldania might accept the ceasefire.", "hypothetical", "+"),
        ("Veldania had previously accepted the ceasefire.", "historical", "+"),
        ("Veldania is expected to accept the ceasefire.", "future", "+"),
        ("Veldania accepted the ceasefire.", "actual", "+"),
        ("Veldania has yet to accept the ceasefire.", "negated", "0"),
    ],
)
def test_status(sentence: str, status: str, sign: str) -> None:
    assert rows_of(sentence) == [f"Veldania accept {status} CEASEFIRE {sign}"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Will Veldania accept the ceasefire?",
        "Veldania must accept the ceasefire.",
        "The workers rejected the ceasefire.",
        pytest.param(
            "The talks with Veldania rejected a ceasefire.", marks=pytest.mark.xfail(reason="not its subject")
        ),
        pytest.param(
            "Ms Korr wondered whether the ceasefire was accepted.", marks=pytest.mark.xfail(reason="a question")
        ),
        "If Veldania accepts the ceasefire, the port will open.",
        "Mr Truce rejected the hat.",
    ],
)
def test_what_is_no_row(sentence: str) -> None:
    assert rows_of(sentence) == []


def test_what_is_not_ruled_out_is_open() -> None:
    expected = ["Ada Korr rule_out negated SANCTIONS 0"]
    assert rows_of("Ms Korr did not rule out new sanctions.") == expected
    assert rows_of("Ms Korr refused to rule out new sanctions.") == expected


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Veldania would accept a truce only if Marenia opened the port.", "only if Marenia opened the port"),
        ("If Marenia frees the crew, Veldania will accept a truce.", "If Marenia frees the crew"),
        ("Veldania will not accept a truce unless the port opens.", "unless the port opens"),
        ("Veldania accepted a truce until Friday.", None),
        ("Veldania accepted a truce in exchange for timber.", "in exchange for timber"),
    ],
)
def test_conditions(sentence: str, condition: str | None) -> None:
    own = [entry for entry in entries_of(INTRODUCTION + sentence) if entry.actor == "Veldania"]
    assert {entry.condition for entry in own} == {condition}


@pytest.mark.parametrize(
    ("marked", "kind", "expected", "hearsay"),
    [
        ("⟦Ada Korr⟧ ⟪said⟫ ⟨Marenia had accepted the truce⟩.", "indirect", "Marenia accept actual CEASEFIRE +", True),
        pytest.param(
            "⟦Ada Korr⟧ ⟪said⟫ ⟨she would accept a truce⟩.",
            "indirect",
            "Ada Korr accept future CEASEFIRE +",
            False,
            marks=pytest.mark.xfail(reason="'would' in indirect speech"),
        ),
        ("⟨“We reject the tariffs,”⟩ ⟦Ada Korr⟧ ⟪said⟫.", "direct", "Ada Korr reject actual TARIFF -", False),
        ("⟨“The sanctions must be lifted,”⟩ ⟦Ada Korr⟧ ⟪said⟫.", "direct", "Ada Korr demand actual SANCTIONS -", False),
        ("⟦Ada Korr⟧ ⟪demanded⟫ ⟨that the tolls be lowered⟩.", "indirect", "Ada Korr demand actual TRANSIT -", False),
    ],
)
def test_who_acts_inside_a_statement(marked: str, kind: StatementKind, expected: str, hearsay: bool) -> None:
    [entry] = entries_of(marked, kind=kind)
    assert (row(entry), entry.hearsay) == (expected, hearsay)
    assert entry.statement is not None


def test_an_unknown_speaker_makes_no_row() -> None:
    article, statements = make_scene("⟨“We reject the tariffs,”⟩ ⟦he⟧ ⟪said⟫.", kind="direct")
    unknown = [type(s)(**{**{f: getattr(s, f) for f in s.__struct_fields__}, "speakers": ()}) for s in statements]
    assert find_entries([article], unknown, CODEBOOK) == ()


def test_sides_are_those_that_roles_and_texts_name() -> None:
    entries = entries_of(INTRODUCTION + "Ms Korr rejected the tariffs. Mr Brenn praised the tariffs.")
    assert [(e.actor, e.organization) for e in entries] == [("Ada Korr", "Veldania"), ("Odo Brenn", "Marenia")]


def test_recipients() -> None:
    [entry] = entries_of(INTRODUCTION + "Mr Brenn pressed Ms Korr to accept the transit fees.")
    assert (entry.actor, entry.recipient, entry.agreement) == ("Odo Brenn", "Ada Korr", True)


def test_rows_do_not_depend_on_codes_or_on_the_order_of_the_codebook() -> None:
    text = (
        INTRODUCTION + "Ms Korr rejected the tariffs and the pay deal. Mr Brenn offered a ceasefire and fishing rights."
    )
    article = make_article(text)
    plain = find_entries([article], [], CODEBOOK)
    issues = list(CODEBOOK.issues)
    random.Random(3).shuffle(issues)
    renamed = Codebook(tuple(type(i)(**{**_fields(i), "code": f"Q{n}"}) for n, i in enumerate(issues)))
    assert [(e.id, e.concept, e.act) for e in find_entries([article], [], renamed)] == [
        (e.id, e.concept, e.act) for e in plain
    ]
    assert len(plain) == 4


def _fields(issue: object) -> dict[str, object]:
    return {name: getattr(issue, name) for name in issue.__struct_fields__}  # type: ignore[attr-defined]


HOSTILE = (
    "Veldania|Marenian|the|Ms|Korr|rejected|offers to|ceasefire|sanctions|not|if|unless|“|”|,|.|?|\n\n|who|and|we|"
    "'s|of|would|US|Mr|lift|talks|until|’|—|must be|demand|for|by"
)
PIECES = st.sampled_from(HOSTILE.split("|"))


@given(st.lists(PIECES, max_size=60), st.integers(0, 20), st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_any_words_give_rows_with_evidence_inside_their_article(pieces: list[str], start: int, length: int) -> None:
    text = " ".join(pieces)
    marked = f"{text[:start]}⟨{text[start : start + length]}⟩{text[start + length :]}" if len(text) > start else text
    article, statements = make_scene(marked, speaker="Ada Korr")
    for entry in find_entries([article], statements, CODEBOOK):
        begin, end = entry.evidence.span
        assert 0 <= begin < end <= len(article.text)
        assert entry.condition is None or entry.condition in article.text
    find_happenings([article])


@pytest.mark.parametrize("piece", ["Veldania rejected ", "if, ", "the the ", "and Korr, ", "sanctions “"])
def test_long_hostile_sentences_do_not_hang(piece: str) -> None:
    article = make_article("Veldania " + piece * (60_000 // len(piece)))
    begun = time.perf_counter()
    find_entries([article], [], CODEBOOK)
    assert time.perf_counter() - begun < 20


def test_many_short_statements_take_linear_time() -> None:
    times = []
    for count in (150, 600):
        article = make_article("".join(f"Ada Korr{i} said Veldania rejects the sanctions.\n" for i in range(count)))
        statements = find_statements(article)
        begun = time.perf_counter()
        assert len(find_entries([article], statements, CODEBOOK)) > count / 3
        find_happenings([article])
        times.append(time.perf_counter() - begun)
    assert times[1] < 12 * times[0] + 1


_SCRAPS = (
    "Russia", "sanctions", "🙂", "\u202e", "rejected", "the ceasefire", "“", "”", "if", "\x00", "Mr Doe", "said", ".",
    "\n", "…", "İ", "ß", "it", "they", "both sides", "we", "?", "—", "tariffs", "Ukraine", "Poland's", "offer",
)  # fmt: skip


def test_no_scrap_of_text_breaks_it_or_is_cited_wrongly() -> None:
    chance = random.Random(5)
    for _ in range(120):
        article = make_article(" ".join(chance.choices(_SCRAPS, k=chance.randint(1, 25))))
        for entry in find_entries([article], find_statements(article), CODEBOOK):
            assert 0 <= entry.evidence.span.start < entry.evidence.span.end <= len(article.text)
            assert entry.words is not None
