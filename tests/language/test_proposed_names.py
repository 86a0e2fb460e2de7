"""What rules and a network find, put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.article import Article, Block, Span
from retold.language.names import NameKind, ProposedName, find_entities


def article(text: str) -> Article:
    """An article of one block."""
    block = Block(kind="body", start=0, end=len(text), reason="all of it", how="test")
    return Article(id="", input="test", sha256="", text=text, blocks=(block,), origin=(), how="test")


def proposed(text: str, *names: tuple[str, NameKind], probability: float = 0.95) -> list[ProposedName]:
    """Each name at all its places."""
    found = []
    for words, kind in names:
        at = text.find(words)
        while at >= 0:
            found.append(ProposedName(Span(at, at + len(words)), kind, probability))
            at = text.find(words, at + len(words))
    return sorted(found)


def read(text: str, *names: tuple[str, NameKind], probability: float = 0.95) -> list[tuple[str, NameKind, int]]:
    found = find_entities(article(text), proposed(text, *names, probability=probability))
    return [(one.name, one.kind, len(one.mentions)) for one in found]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        # the network says what a name is of which no list tells
        ("We saw Quella Orr there.", [("Quella Orr", "person")], [("Quella Orr", "person", 1)]),
        ("They met in Quella Orr.", [("Quella Orr", "place")], [("Quella Orr", "place", 1)]),
        # it ends names elsewhere, and leaves "the", marks and possessive endings to the rules
        ("Then Bread for All sang.", [("Bread for All", "organization")], [("Bread for All", "organization", 1)]),
        ("We like the Orr Group’s ships.", [("the Orr Group’s", "organization")], [("Orr Group", "organization", 1)]),
        # titles and offices are cut off, and kept as the role
        ("Then Envoy Quella Orr sat.", [("Envoy Quella Orr", "person")], [("Quella Orr", "person", 1)]),
        # a short form is the same person's
        ("Quella Orr sat. Then Orr left.", [("Quella Orr", "person")], [("Quella Orr", "person", 2)]),
        # what it does not see, and no list knows, is no name
        ("We saw Months there.", [("We", "unknown")], []),
        ("We saw NATO there.", [("We", "unknown")], [("NATO", "organization", 1)]),
        # small letters and adjectives are nobody's name
        ("We saw the harbormaster there.", [("harbormaster", "person")], []),
        ("The Russian ships left.", [("Russian", "organization")], []),
        # a body of one word in the plural may be people of a kind
        ("We asked Marines there.", [("Marines", "organization")], [("Marines", "unknown", 1)]),
        # a country is known by its adjective, whatever the network says
        ("We like Norlandia and Norlandian ships.", [("Norlandia", "person")], [("Norlandia", "place", 1)]),
    ],
)  # fmt: skip
def test_rules_and_network(
    text: str, names: list[tuple[str, NameKind]], found: list[tuple[str, NameKind, int]]
) -> None:
    assert [one for one in read(text, *names) if one[0] != "Norlandian"] == found


def test_a_role_and_a_title_prove_a_person_against_the_network() -> None:
    assert read("Then Mr Orr sat.", ("Orr", "place")) == [("Orr", "person", 1)]


def test_the_kind_of_one_form_is_settled_by_all_its_places() -> None:
    text = "We saw Orr. They saw Orr. You saw Orr. All saw Orr."
    names = proposed(text, ("Orr", "person"))
    names[1] = names[1]._replace(kind="place")
    assert [(one.kind, len(one.mentions)) for one in find_entities(article(text), names)] == [("person", 4)]


def test_an_improbable_name_moves_no_bounds() -> None:
    text = "Then NATO for All sang."
    assert read(text, ("NATO for All", "organization"), probability=0.75) == [("NATO", "organization", 1)]
    assert read(text, ("NATO for All", "organization"), probability=0.85) == [("NATO for All", "organization", 1)]


def test_how_tells_whether_the_network_saw_it() -> None:
    text = "We saw Quella Orr and NATO there."
    found = find_entities(article(text), proposed(text, ("Quella Orr", "person")))
    assert [(one.name, one.how) for one in found] == [("Quella Orr", "model:names"), ("NATO", "rule:capitalised-runs")]


PLACES = st.tuples(st.integers(0, 60), st.integers(1, 9), st.sampled_from(["person", "place", "unknown"]))


@given(st.text(alphabet="AaBb .,’'\"&of\n“”Mr1é", max_size=60), st.lists(PLACES, max_size=6))
def test_any_proposal_gives_mentions_inside_the_text(text: str, places: list[tuple[int, int, NameKind]]) -> None:
    kept = [(Span(at, min(len(text), at + size)), kind) for at, size, kind in places if at < len(text)]
    for found in find_entities(article(text), sorted(ProposedName(span, kind, 0.9) for span, kind in kept)):
        assert found.mentions == tuple(sorted(found.mentions))
        assert all(text[a:b].strip() == text[a:b] != "" for a, b in found.mentions)


def test_a_long_list_of_names_takes_no_longer_than_its_length_asks() -> None:
    text = "Ada Venn, " * 20_000
    names = [ProposedName(Span(at, at + 8), "person", 0.9) for at in range(0, len(text), 10)]
    (found,) = find_entities(article(text), names)
    assert len(found.mentions) == 20_000
