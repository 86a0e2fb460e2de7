"""Quotations whose words are not those that the other telling of the same sentence quotes."""

from collections.abc import Iterator

from retold.collation.collation import Change
from retold.collation.making import make_change, quote
from retold.collation.variants import Parallel, Variant, in_marks, spans_at
from retold.collation.witness import inside

_LONGEST_SLIP = 6  # words dropped inside a quotation; longer stretches are left out, not slipped
_MIN_PUT_IN_MARKS = 2  # words: one in marks is a word that the report keeps at a distance
_BREAKS = frozenset('“”"…[]')
_CLAUSE_MARKS = frozenset(".,;:!?–—…")


def find_placed_quotations(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """A place inside one quotation where the other quotation has other words, more words or fewer."""
    a, b = parallel.a, parallel.b
    if not in_marks(a, variant.a) or not in_marks(b, variant.b) or _is_marked_cut(parallel, variant):
        return
    here, there = spans_at(b, variant.b), spans_at(a, variant.a)
    if not variant.b:
        note = f"{quote(a.text(there[0]))} is gone from inside the quotation"
    elif not variant.a:
        note = f"{quote(b.text(here[0]))} is put into the quotation"
    else:
        note = f"the quotation has {quote(b.text(here[0]))} where the other has {quote(a.text(there[0]))}"
    yield make_change("quotation_altered", (a, there), (b, here), note, how="quotations", confidence=0.85)


def _is_marked_cut(parallel: Parallel, variant: Variant) -> bool:
    """Whether words are left out as one may: with marks that show it, at the border of a clause, or many of them."""
    if variant.b:
        return False
    words, text = parallel.b.words, parallel.b.witness.article.text
    between = text[words[variant.b.start - 1].end : words[variant.b.start].start]
    if any(mark in between for mark in _BREAKS) or "..." in between or len(variant.a) > _LONGEST_SLIP:
        return True
    whole, text = parallel.a.words, parallel.a.witness.article.text
    edges = (
        text[whole[variant.a.start - 1].end : whole[variant.a.start].start],
        text[whole[variant.a.stop - 1].end : whole[variant.a.stop].start],
    )
    return all(any(mark in edge for mark in _CLAUSE_MARKS) for edge in edges)


def find_put_in_marks(parallel: Parallel) -> Iterator[Change]:
    """The report's own words in `a` that `b` gives in quotation marks."""
    a, b = parallel.a, parallel.b
    for quotation in b.witness.quoted:
        quoted = [index for index, word in enumerate(b.words) if inside(word, [quotation])]
        partners = [parallel.partners_of_b[index] for index in quoted if index in parallel.partners_of_b]
        if len(quoted) < _MIN_PUT_IN_MARKS or len(partners) < len(quoted):
            continue
        words = [a.words[index] for index in partners]
        if any(inside(word, a.witness.quoted) for word in words) or not any(word.content for word in words):
            continue
        here = [range(quoted[0], quoted[-1] + 1), range(partners[0], partners[-1] + 1)]
        spans = spans_at(b, here[0]), spans_at(a, here[1])
        note = f"{quote(b.text(spans[0][0]))} stands in quotation marks; in the other these are the report's own words"
        yield make_change("quotation_altered", (a, spans[1]), (b, spans[0]), note, how="marks", confidence=0.7)
