import pytest

from retold.ledger.coding import Coded, learn_codes

TOLLS = ["The harbour toll must fall.", "Ships pay too much toll at the port.", "No toll on grain barges."]
FISH = ["The fishing quota is too small.", "Trawlers may land more cod.", "Herring quotas must be shared."]


def coded() -> list[Coded]:
    sides = [("Ordany", True), ("Marrevia", False)]
    rows = [(text, "toll") for text in TOLLS] + [(text, "fish") for text in FISH]
    return [Coded(text, side, concept, agrees) for text, concept in rows for side, agrees in sides]


def test_a_new_statement_gets_the_concept_of_those_like_it_and_the_stand_of_its_side() -> None:
    coder = learn_codes(coded())
    toll, fish = coder.suggest(["Lower the tolls for barges!", "Give the trawlers their cod."], ["Ordany", "Marrevia"])
    assert (toll.concepts[0], fish.concepts[0]) == ("toll", "fish")
    assert toll.agreement[0] > 0 > fish.agreement[0]
    assert set(toll.concepts) == {"toll", "fish"}


def test_an_unknown_organization_says_nothing_of_the_concept() -> None:
    (told,) = learn_codes(coded()).suggest(["Lower the tolls for barges!"], ["Nowhere"])
    assert told.concepts[0] == "toll"


def test_the_order_of_what_was_coded_changes_nothing() -> None:
    one, other = learn_codes(coded()), learn_codes(coded()[::-1])
    texts = ["Lower the tolls for barges!"]
    assert one.suggest(texts, ["Ordany"])[0].concepts == other.suggest(texts, ["Ordany"])[0].concepts


def test_nothing_coded_is_refused() -> None:
    with pytest.raises(ValueError, match="no coded statement"):
        learn_codes([])
