import pytest

from retold.stories.terms import LEAD, MONTH, NAME, NUMBER, WEEKDAY, WORD, YEAR, Use, terms_of


def uses(headline: str, text: str) -> dict[str, Use]:
    return {use.form: use for use in terms_of(headline, text)}


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("They saw Venn there.", "venn", NAME),
        ("Harbours closed.", "harbor", WORD),  # a capital at the start of a sentence tells nothing
        ("He left. Venn stayed, and then Venn left.", "venn", NAME),
        ("the Harbour and the harbour", "harbor", WORD),
        ("some 1,300 boats", "1300", NUMBER),
        ("some 1, 300 boats", "1300", NUMBER),
        ("back in 2031", "2031", YEAR),
        ("it was on Friday", "friday", WEEKDAY),
        ("early in May", "may.", MONTH),
        ("on Sept. 4", "sep.", MONTH),
    ],
)
def test_what_a_term_is(text: str, form: str, kind: int) -> None:
    assert uses("", text)[form].kind == kind | LEAD


@pytest.mark.parametrize("text", ["they may be there", "the and of", "I a", "…", ""])
def test_function_words_and_marks_are_no_terms(text: str) -> None:
    assert terms_of("", text) == ()


def test_the_capitals_of_a_headline_tell_only_where_others_are_small() -> None:
    assert not uses("Boats Leave Old Harbour", "")["harbor"].kind & NAME
    assert uses("Boats leave for Almar after a long night", "")["almar"].kind & NAME


def test_a_weekday_counts_in_the_lead_only() -> None:
    filler = "boats " * 120
    assert "friday" not in uses("", f"{filler} on Friday")
    assert not uses("", f"{filler} on anchors")["anchor"].kind & LEAD


def test_what_stands_in_one_article_twice_tells_more_and_what_all_use_tells_less() -> None:
    found = uses("", "Brusk met the people, and Brusk told the people about Almar.")
    assert found["brusk"].weight > found["almar"].weight > found["peopl"].weight


def test_keys_are_the_same_on_every_machine() -> None:
    assert uses("", "the harbour")["harbor"].key == 658268744
