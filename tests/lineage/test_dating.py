"""Publication inferred from dated reports of the same events."""

import pytest

from retold.article import Article
from retold.collation import Collator, make_witness
from retold.lineage import Dating, date_articles, infer_publications
from retold.reading import read_text

PILOTS = "The pilots of Port Vale shut the northern channel {} and anchored their ferries across its mouth."
COUNCIL = "The harbour council rejected the pilots’ demand for a higher toll {} after nine hours of talks."


def read(*paragraphs: str, published: str | None = None) -> Article:
    return read_text("\n\n".join(paragraphs), name="report", published=published)


def infer(*articles: Article) -> tuple[Dating, ...]:
    """What the first article's passages with the others say of it."""
    own, *others = (make_witness(article, ()) for article in articles)
    passages = [passage for other in others for passage in Collator().collate(own, other).passages]
    return infer_publications((own, *others), passages)


INFERRED = [
    (["on Friday", None], ["on 2 May 2031", None], ("2031-05-02", "2031-05-08")),
    ([None, "yesterday"], [None, "on Tuesday"], ("2031-05-07", "2031-05-07")),
    (["on Friday", "yesterday"], ["on 2 May 2031", "on Tuesday"], ("2031-05-07", "2031-05-07")),
    (["on Friday", "on Monday"], ["on 2 May 2031", "on Monday"], ("2031-05-05", "2031-05-08")),
    (["on Thursday", None], ["on 2 May 2031", None], None),  # another day: the two contradict each other
    (["yesterday", "today"], ["on 2 May 2031", "on Tuesday"], None),  # no one day is a third and a sixth of May
    (["on 2 May", None], ["on 2 May 2031", None], None),  # whenever published, it means this day
    (["last week", None], ["on 2 May 2031", None], None),
]


def report(pilots: str | None, council: str | None, published: str | None = None) -> Article:
    told = [text.format(when) for text, when in ((PILOTS, pilots), (COUNCIL, council)) if when]
    return read(*told, published=published)


@pytest.mark.parametrize(("here", "there", "days"), INFERRED)
def test_words_that_depend_on_publication_tell_it(
    here: list[str | None], there: list[str | None], days: tuple[str, str] | None
) -> None:
    undated, dated = report(*here), report(*there, published="2031-05-08")
    found = infer(undated, dated)
    assert [(one.article, (one.first, one.last)) for one in found] == ([(undated.id, days)] if days else [])


def test_an_inferred_date_names_the_words_of_both() -> None:
    undated, dated = report("on Friday", None), report("on 2 May 2031", None, published="2031-05-08")
    article, other = date_articles((undated, dated), infer(undated, dated))
    assert other is dated
    assert (article.published, article.published_range) == (None, ("2031-05-02", "2031-05-08"))
    assert article.published_basis == "inferred"
    assert article.words(article.published_evidence) == "Friday"
    assert [(one.article, dated.words(one.spans)) for one in article.published_by] == [(dated.id, "2 May 2031")]


def test_one_day_left_is_the_day_of_publication() -> None:
    undated, dated = report(None, "yesterday"), report(None, "on Tuesday", published="2031-05-08")
    [article, _] = date_articles((undated, dated), infer(undated, dated))
    assert (article.published, article.published_range) == ("2031-05-07", None)


def test_a_report_with_a_date_keeps_it_and_two_without_tell_nothing() -> None:
    dated = report("on 2 May 2031", None, published="2031-05-08")
    assert infer(report("on Friday", None, published="2031-05-07"), dated) == ()
    assert infer(report("on Friday", None), report("on 2 May 2031", "on Tuesday")) == ()
