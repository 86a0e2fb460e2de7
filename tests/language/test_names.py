import hashlib

from hypothesis import given
from hypothesis import strategies as st

from retold.article import Article, Block, BlockKind
from retold.language.names import Entity, find_entities


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


@given(st.text(alphabet="AaBb .,’'\"&of\n“”Mr1é", max_size=80))
def test_any_text_gives_mentions_inside_it(text: str) -> None:
    for found in find_entities(article(text)):
        assert found.mentions == tuple(sorted(found.mentions))
        assert all(text[a:b].strip() == text[a:b] != "" for a, b in found.mentions)
