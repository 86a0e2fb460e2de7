import hashlib

from hypothesis import given
from hypothesis import strategies as st

from retold.article import Article, Block, BlockKind
from retold.language.names import Entity, find_entities, pronoun_of_given_name
from retold.language.tables import read_table


def article(text: str, first: BlockKind = "body") -> Article:
    """An article whose every non-empty line is a block."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            kind: BlockKind = "body" if blocks else first
            blocks.append(Block(kind=kind, start=start, end=start + len(line), reason="a line", how="test"))
        start += len(line) + 1
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id=digest[:12], input="test", sha256=digest, text=text, blocks=tuple(blocks), origin=(), how="test")


def entity(text: str, name: str) -> Entity:
    return next(found for found in find_entities(article(text)) if found.name == name)


def mentions(text: str, name: str) -> list[str]:
    return [text[start:end] for start, end in entity(text, name).mentions]


def test_short_forms_are_linked_to_the_full_name() -> None:
    text = "Envoy Amara Dovic arrived in Lethe on Friday. Ms Dovic smiled. Later Dovic’s plane left."
    assert mentions(text, "Amara Dovic") == ["Amara Dovic", "Dovic", "Dovic"]
    assert entity(text, "Amara Dovic").kind == "person"
    assert entity(text, "Amara Dovic").role == "Envoy"


def test_roles_before_and_after_a_name() -> None:
    text = (
        "Norland’s deputy prime minister Teresa Quist spoke. US Secretary of State Paul Merrow agreed. "
        "Hugo Brandt, a spokesman for the islands, did not."
    )
    assert entity(text, "Teresa Quist").role == "deputy prime minister"
    assert entity(text, "Paul Merrow").role == "US Secretary of State"
    assert entity(text, "Hugo Brandt").role == "spokesman for the islands"


def test_a_surname_of_two_people_is_linked_to_neither() -> None:
    text = "Anna Merrow and Paul Merrow came. Merrow said no. Anna Merrow left."
    assert mentions(text, "Anna Merrow") == ["Anna Merrow", "Anna Merrow"]
    assert mentions(text, "Paul Merrow") == ["Paul Merrow"]


def test_a_role_tells_two_people_of_one_surname_apart() -> None:
    text = "Governor Anna Merrow and Senator Paul Merrow came. Sen. Merrow said no."
    assert mentions(text, "Paul Merrow") == ["Paul Merrow", "Merrow"]


def test_a_short_given_name_is_the_same_persons() -> None:
    text = "Kenneth Merrow came. Ken Merrow left. Merrow said no. Paula Holt and Paul Holt slept."
    assert mentions(text, "Kenneth Merrow") == ["Kenneth Merrow", "Ken Merrow", "Merrow"]
    assert mentions(text, "Paul Holt") == ["Paul Holt"]


def test_a_verb_of_saying_and_a_hyphenated_office_are_no_part_of_a_name() -> None:
    text = "Paul Merrow came. Added Merrow: no. In May Oscar-winner Anna Holt left."
    assert mentions(text, "Paul Merrow") == ["Paul Merrow", "Merrow"]
    assert mentions(text, "Anna Holt") == ["Anna Holt"]


def test_a_headline_in_title_case_with_a_stop_makes_no_names() -> None:
    text = "Merrow Just Revealed His Plan For Lethe.\nPaul Merrow came."
    found = [one.name for one in find_entities(article(text, first="headline"))]
    assert found == ["Paul Merrow"]


def test_particles_belong_to_the_surname() -> None:
    text = "Ursula van der Holt waited. Van der Holt then spoke."
    assert mentions(text, "Ursula van der Holt") == ["Ursula van der Holt", "Van der Holt"]


def test_adjectives_of_nationality_days_and_openers_are_no_names() -> None:
    text = "On Monday Norwegian and Russian delegates met for talks. Talks went on. Every Russian spoke."
    assert [found.name for found in find_entities(article(text))] == []


def test_bodies_and_places() -> None:
    text = "The Harbour Commission met in France. NATO watched."
    assert [(found.name, found.kind) for found in find_entities(article(text))] == [
        ("Harbour Commission", "organization"),
        ("France", "place"),
        ("NATO", "organization"),
    ]


def test_a_headline_in_title_case_adds_mentions_but_no_names() -> None:
    text = "Dovic Leaves Harbour Talks Without Deal\n\nAmara Dovic, the envoy, left on Friday."
    found = find_entities(article(text, "headline"))
    assert [(one.name, len(one.mentions)) for one in found] == [("Amara Dovic", 2)]


def names(text: str) -> list[str]:
    return [found.name for found in find_entities(article(text))]


def test_straight_apostrophes_ages_and_appositions_give_roles() -> None:
    text = (
        "Teo Pellworth, Norland's deputy foreign minister and chief negotiator, spoke. Runa Tamsel, 58, a net-maker, "
        "left. The islands' envoy, Ugo Brann, stayed."
    )
    assert entity(text, "Teo Pellworth").role == "Norland's deputy foreign minister and chief negotiator"
    assert (entity(text, "Runa Tamsel").kind, entity(text, "Runa Tamsel").role) == ("person", "net-maker")
    assert (entity(text, "Ugo Brann").kind, entity(text, "Ugo Brann").role) == ("person", "envoy")


def test_a_month_can_be_a_surname() -> None:
    text = "Theresa May spoke in May. On Friday Mrs May left, and few believed May then. The talks of May 3 failed."
    assert mentions(text, "Theresa May") == ["Theresa May", "May", "May"]
    assert names("The port opens in May. May be it rains.") == []


def test_a_body_is_named_with_its_owners() -> None:
    assert names("The Harbour Workers' Union met. Later the Bay Women’s Institute sang.") == [
        "Harbour Workers' Union",
        "Bay Women’s Institute",
    ]


def test_a_king_is_not_merged_with_a_bearer_of_his_name_as_surname() -> None:
    text = "King Rodrick of Norland met Adam Rodrick on Friday. King Rodrick smiled."
    assert mentions(text, "King Rodrick") == ["Rodrick", "Rodrick"]
    assert mentions(text, "Adam Rodrick") == ["Adam Rodrick"]


def test_a_bare_surname_belongs_to_the_one_named_so_far() -> None:
    text = "Paul Merrow came. Merrow said no. On Friday Anna Merrow left. Merrow wept."
    assert mentions(text, "Paul Merrow") == ["Paul Merrow", "Merrow"]


def test_a_bare_surname_belongs_to_the_one_named_far_more_often() -> None:
    text = "Paul Merrow and Anna Merrow came. Mr Merrow sat. Mr Merrow ate. Mr Merrow said no. Merrow slept."
    assert mentions(text, "Paul Merrow") == ["Paul Merrow", "Merrow", "Merrow", "Merrow", "Merrow"]
    assert mentions(text, "Anna Merrow") == ["Anna Merrow"]


def test_a_bare_surname_is_not_that_of_a_relative_named_as_one() -> None:
    text = "Paul Merrow came with his wife Anna Merrow and Paul Merrow Jr. on Friday. Merrow slept. Merrow ate."
    assert mentions(text, "Paul Merrow") == ["Paul Merrow", "Merrow", "Merrow"]


def test_a_title_before_the_full_name_of_another_is_somebody_else() -> None:
    text = "President Merrow spoke. His wife, Anna Merrow, left. Mr Merrow stayed."
    assert mentions(text, "Merrow") == ["Merrow", "Merrow"]
    assert mentions(text, "Anna Merrow") == ["Anna Merrow"]


def test_a_president_called_mr_is_not_the_woman_of_the_same_name() -> None:
    text = "Anna Merrow left. Mr. Merrow stayed. President Merrow spoke."
    assert mentions(text, "Anna Merrow") == ["Anna Merrow"]


def test_women_is_no_surname() -> None:
    assert entity("In May Lethe Women met. On Friday Women slept.", "Lethe Women").kind == "unknown"


def test_a_son_is_another_than_his_father() -> None:
    text = "Donald Merrow came with Donald Merrow Jr. on Friday."
    assert names(text) == ["Donald Merrow", "Donald Merrow Jr."]


def test_forms_of_one_country_are_one() -> None:
    assert mentions("The U.S. waited. The United States and the US acted.", "United States") == [
        "U.S.",
        "United States",
        "US",
    ]


def test_openers_and_participles_are_no_names() -> None:
    assert names("Earlier reports differ. Inviting Teo Brann failed. Article continues.") == ["Teo Brann"]


def test_a_surname_alone_shows_a_person() -> None:
    text = "Quella Harrop waited. On Friday Harrop left the Stone Gate, and the Gate fell."
    assert next((one.name, one.kind) for one in find_entities(article(text))) == ("Quella Harrop", "person")
    assert entity(text, "Stone Gate").kind == "unknown"


def test_given_names_tell_the_pronoun_where_they_are_clear() -> None:
    pronouns = {name: pronoun_of_given_name(name) for name in ("Anna Holt", "Paul Holt", "Robin Holt", "Anna", "")}
    assert pronouns == {"Anna Holt": "she", "Paul Holt": "he", "Robin Holt": "", "Anna": "", "": ""}
    rows = read_table("retold.language", "given_names.tsv")
    assert {row["pronoun"] for row in rows} == {"he", "she", "either"}
    assert len({row["name"] for row in rows}) == len(rows)


@given(st.text(alphabet="AaBb .,’'\"&of\n“”Mr1é", max_size=80))
def test_any_text_gives_mentions_inside_it(text: str) -> None:
    for found in find_entities(article(text)):
        assert found.mentions == tuple(sorted(found.mentions))
        assert all(text[a:b].strip() == text[a:b] != "" for a, b in found.mentions)
