from pathlib import Path

import pytest
from ledger_scene import make_article

from retold.article import Article
from retold.language.names import find_entities
from retold.language.tokens import tokenize
from retold.ledger import ActorListError, read_actors
from retold.ledger.actors import Actor, Cast, gather_cast, known_organizations
from retold.ledger.identities import call_roster, merge_actors, with_listed
from retold.ledger.sides import derive_sides


def casts_of(*texts: str) -> list[Cast]:
    articles = [make_article(text) for text in texts]
    sides = derive_sides([(article, tokenize(article.text)) for article in articles])
    entities = [find_entities(article) for article in articles]
    organizations = known_organizations(articles, entities, (), sides)
    return [gather_cast(a, e, sides, organizations) for a, e in zip(articles, entities, strict=True)]


def merged_names(casts: list[Cast], *acting: Actor) -> dict[str, str]:
    return {before.name: after.name for before, after in merge_actors(list(map(call_roster, casts)), acting).items()}


def test_a_surname_is_the_only_person_of_that_name_in_other_articles() -> None:
    casts = casts_of(
        "US Secretary of State Marco Rubio spoke to reporters. Mr Rubio left early.",
        "Mr Rubio rejected the offer on Monday. Mr Rubio said no more.",
    )
    assert merged_names(casts)["Rubio"] == "Marco Rubio"


def test_two_of_one_surname_are_not_merged() -> None:
    casts = casts_of("President Ada Korr met President Odo Korr in Veldania.", "Mr Korr rejected it. Mr Korr left.")
    assert merged_names(casts).get("Korr", "Korr") == "Korr"


def test_spelling_does_not_make_another_person() -> None:
    names = merged_names(casts_of("President Kim Jong-un spoke. Kim Jong-un left.", "President Kim Jong Un came."))
    assert len({name for name in names.values() if "Jong" in name}) == 1


def test_an_office_is_whoever_another_report_gives_it() -> None:
    casts = casts_of("US Secretary of State Marco Rubio spoke to reporters.", "The US secretary of state was late.")
    office = Actor("US secretary of state", "United States")
    assert merge_actors(list(map(call_roster, casts)), [office])[office] == Actor("Marco Rubio", "United States")


def own_list(folder: Path, *rows: str) -> Path:
    path = folder / "actors.tsv"
    path.write_text("\n".join(["name\torganization\tkind\taliases", *rows, ""]), encoding="utf-8")
    return path


def test_an_analysts_list_comes_first(tmp_path: Path) -> None:
    known = read_actors(own_list(tmp_path, "Pilots' Guild\tOrdany\tbody\tthe guild|GPO", "# note"))
    article: Article = make_article("On Monday GPO rejected the pay offer.")
    cast = with_listed(casts_of(article.text)[0], known)
    start = article.text.index("GPO")
    assert cast.mentions[start] == (start + 3, Actor("Pilots' Guild", "Ordany"), False)
    assert (
        merge_actors([call_roster(cast)], [Actor("the guild", None)], known)[Actor("the guild", None)].organization
        == "Ordany"
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["A\tB"], "line 2: 2 fields, expected 4"),
        (["A\tB\tship\t"], "line 2: expected a kind, person or body; 'ship' came"),
        (["\tB\tbody\t"], "line 2: expected a name"),
        (["A\t\t\tX", "B\t\t\tX"], "line 3: 'X' stands in line 2 too"),
    ],
)
def test_an_unusable_list_names_its_row(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(ActorListError, match=r"actors\.tsv") as error:
        read_actors(own_list(tmp_path, *rows))
    assert message in str(error.value)


def test_a_list_without_its_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "actors.tsv"
    path.write_text("who\tside\nA\tB\n", encoding="utf-8")
    with pytest.raises(ActorListError, match="the column name"):
        read_actors(path)
