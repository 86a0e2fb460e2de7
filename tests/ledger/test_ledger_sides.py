import pytest
from ledger_scene import make_article

from retold.language.tables import read_table
from retold.language.tokens import tokenize
from retold.ledger.sides import derive_sides, known_sides, side_at, side_in


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("US Secretary of State", "United States"),
        ("the Russian president", "Russia"),
        ("U.S. envoy", "United States"),
        ("Prime Minister of Denmark", "Denmark"),
        ("European Commission President", "European Union"),
        ("North Korean leader", "North Korea"),
        ("Saudi Arabian minister", "Saudi Arabia"),
        ("special envoy", None),
        ("Russian and Ukrainian envoys", None),
        ("mayor of Moscow", None),
    ],
)
def test_the_side_that_words_name(words: str, side: str | None) -> None:
    assert side_in(known_sides(), tokenize(words)) == side


def test_each_form_of_the_table_leads_to_its_side() -> None:
    for row in read_table("retold.ledger", "sides.tsv"):
        for field in ("people", "capital", "other names"):
            for form in filter(None, row[field].split("|")):
                hit = side_at(known_sides(), tokenize(form), 0)
                assert hit is not None, form
                assert hit[0].side == row["name"], form


@pytest.mark.parametrize(
    ("text", "adjective", "side"),
    [
        ("The Veldanian envoy left Veldania.", "Veldanian", "Veldania"),
        ("Ordanian officials left Ordany.", "Ordanian", "Ordany"),
        ("The Sunderese delegation left Sunder.", "Sunderese", "Sunder"),
        ("The Marenians left Marenia.", "Marenian", "Marenia"),
        ("The Marenians left.", "Marenian", None),
        ("The Julian envoy met Julia and Julie.", "Julian", None),
        ("Adrian Doe met Adria Roe.", "Adrian", None),
    ],
)
def test_countries_that_the_texts_show(text: str, adjective: str, side: str | None) -> None:
    form = derive_sides([(make_article(text), tokenize(text))]).get((adjective,))
    assert (form.side if form else None) == side
