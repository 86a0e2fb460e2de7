"""Numbers, dates and names put in the place of others in one and the same sentence."""

from collections.abc import Iterator, Sequence
from functools import cache

from retold.article import Span
from retold.collation.amounts import Amount, amounts_of, same_amount
from retold.collation.collation import Change, ChangeKind
from retold.collation.facts import aliases, is_dateline
from retold.collation.making import make_change, quote
from retold.collation.swaps import values_of
from retold.collation.variants import Parallel, Variant
from retold.collation.witness import Telling, overlap
from retold.language.dates import DateExpression
from retold.language.names import ABBREVIATED_ROLES, HONORIFICS, people_adjectives, pronoun_of_given_name, role_words
from retold.language.tables import read_table
from retold.language.words import Word

_CALENDAR = frozenset({"weekday", "month"})
_CLOCK = frozenset({"am", "pm", "oclock", "gmt"})
_AROUND = 2  # words around a number among which a month makes it a day
_YEARS = range(1500, 2100)
_ARTICLES = frozenset({"a", "an"})
_LONGEST_NAME = 6  # words on either side; longer places are rewritten


def find_placed_amounts(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """Amounts at this place that are not those of the other; of a day, a year or a clock time it is a date."""
    ours, theirs = _amounts_at(parallel, variant)
    if (
        not ours
        or len(ours) != len(theirs)
        or any(x.sort != y.sort for x, y in zip(ours, theirs, strict=True) if "year" in (x.sort, y.sort))
    ):
        return
    if all(same_amount(x, parallel.a, y, parallel.b) for x, y in zip(theirs, ours, strict=True)):
        return
    before, after = _span(parallel.a, theirs), _span(parallel.b, ours)
    kind: ChangeKind = "date" if _is_calendar(parallel.a, theirs) and _is_calendar(parallel.b, ours) else "number"
    note = f"{quote(parallel.b.text(after))} where the other has {quote(parallel.a.text(before))}"
    sides = (parallel.a, [before]), (parallel.b, [after])
    yield make_change(kind, *sides, note, how="numbers", confidence=0.95)


def _amounts_at(parallel: Parallel, variant: Variant) -> tuple[list[Amount], list[Amount]]:
    """The amounts of `b` and of `a` of which a word stands at this place ("twenty" and "twenty-five" share one)."""
    own, other = _figures(parallel.b), _figures(parallel.a)
    ours = [amount for amount in own if _meet(amount.at, variant.b)]
    theirs = [amount for amount in other if _meet(amount.at, variant.a)]
    reached = {parallel.partners_of_b.get(index) for amount in ours for index in amount.at}
    theirs += [amount for amount in other if amount not in theirs and not reached.isdisjoint(amount.at)]
    reached = {parallel.partners.get(index) for amount in theirs for index in amount.at}
    ours += [amount for amount in own if amount not in ours and not reached.isdisjoint(amount.at)]
    if ours and not theirs and [word.norm for word in parallel.before(variant)][-1:] in (["a"], ["an"]):
        theirs = [Amount(range(variant.a.stop - 1, variant.a.stop), 1, "count")]
    return ours, theirs


def _meet(one: range, other: range) -> bool:
    return max(one.start, other.start) < min(one.stop, other.stop)


def _figures(telling: Telling) -> list[Amount]:
    """The amounts of a telling, with the years and clock times that are no quantities."""
    found = list(amounts_of(telling))
    taken = {index for amount in found for index in amount.at}
    for index, word in enumerate(telling.words):
        if index not in taken and word.norm[0].isdecimal():
            digits = word.norm.replace(":", ".").replace(",", "")
            if digits.count(".") <= 1:
                found.append(Amount(range(index, index + 1), float(digits), "clock" if ":" in word.norm else "year"))
    return sorted(found, key=lambda amount: amount.at.start)


def _span(telling: Telling, amounts: Sequence[Amount]) -> Span:
    return Span(telling.words[amounts[0].at.start].start, telling.words[amounts[-1].at.stop - 1].end)


def _is_calendar(telling: Telling, amounts: Sequence[Amount]) -> bool:
    """Whether an amount is a year, a clock time or the day beside a month."""
    first, after = amounts[0].at.start, amounts[-1].at.stop
    around = telling.words[max(0, first - _AROUND) : after + _AROUND]
    if any(amount.sort == "clock" for amount in amounts) or {word.norm for word in around} & _CLOCK:
        return True
    text = telling.witness.article.text
    beside = [word for word in around if text[word.start].isupper()]
    if any(value.paradigm in _CALENDAR for word in beside for value in values_of(word)):
        return True
    return all(amount.sort == "year" and int(amount.value) in _YEARS for amount in amounts)


def find_placed_dates(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """Days, weeks, months or years named at this place that are worked out on both sides, and differ."""
    here, there = _date_at(parallel.b, variant.b), _date_at(parallel.a, variant.a)
    if here is None or there is None or not here.date or not there.date or here.precision != there.precision:
        return
    if (here.date, here.until) == (there.date, there.until):
        return
    note = f"{quote(parallel.b.text(here.span))} where the other has {quote(parallel.a.text(there.span))}"
    yield make_change("date", (parallel.a, [there.span]), (parallel.b, [here.span]), note, how="dates", confidence=0.9)


def same_day(parallel: Parallel, variant: Variant) -> bool:
    """Whether both sides name one time, if in other words: what differs at this place is then no change."""
    here, there = _date_at(parallel.b, variant.b), _date_at(parallel.a, variant.a)
    if here is None or there is None or not here.date or not there.date:
        return False
    return (here.date, here.until) == (there.date, there.until)


def _date_at(telling: Telling, place: range) -> DateExpression | None:
    words = telling.words[place.start : place.stop]
    spans = [Span(word.start, word.end) for word in words]
    return next((found for found in telling.witness.dates if overlap([found.span], spans)), None)


def find_placed_names(parallel: Parallel, variant: Variant) -> Iterator[Change]:
    """A name at this place where the other has another's."""
    if max(len(variant.a), len(variant.b)) > _LONGEST_NAME:
        return
    theirs = _name_at(parallel.a, parallel.before(variant), parallel.gone(variant))
    ours = _name_at(parallel.b, parallel.after(variant), parallel.new(variant))
    if not theirs or not ours or _stands_for(parallel, variant, theirs, ours):
        return
    before, after = Span(theirs[0].start, theirs[-1].end), Span(ours[0].start, ours[-1].end)
    note = f"{quote(parallel.b.text(after))} where the other has {quote(parallel.a.text(before))}"
    yield make_change("name", (parallel.a, [before]), (parallel.b, [after]), note, how="names", confidence=0.85)


def _name_at(telling: Telling, words: Sequence[Word], unmoved: Sequence[Word]) -> list[Word]:
    """The words of names among `words`: capitalised, and no title, office, day or initial, nor the mere head of a
    sentence. Empty also where one of them only stands elsewhere in the sentence."""
    text = telling.witness.article.text
    if words and is_dateline(text, words[0]):
        return []
    names = [word for word in words if text[word.start].isupper() and _is_naming(telling, word)]
    return names if all(word in unmoved for word in names) else []


def _is_naming(telling: Telling, word: Word) -> bool:
    if not word.content or len(word.norm) < 2 or word.norm in _titles():
        return False
    if any(value.paradigm in _CALENDAR for value in values_of(word)):
        return False
    text = telling.witness.article.text
    if any(w.norm == word.norm and text[w.start].islower() for s in telling.witness.sentences for w in s.words):
        return False
    heads = any(sentence.words[:1] == (word,) for sentence in telling.witness.sentences)
    known = telling.witness.entity_at(word) is not None or word.norm.title() in people_adjectives()
    return known or not (heads or _after_mark(telling, word))


def _after_mark(telling: Telling, word: Word) -> bool:
    """Whether the word opens a quotation, where any word has a capital."""
    return telling.witness.article.text[max(0, word.start - 1)] in "“\"‘'"


@cache
def _titles() -> frozenset[str]:
    return HONORIFICS | role_words() | frozenset(short.rstrip(".") for short in ABBREVIATED_ROLES)


def _stands_for(parallel: Parallel, variant: Variant, theirs: Sequence[Word], ours: Sequence[Word]) -> bool:
    """Whether two names may be one person's or body's: a part of each other's fullest form, an acronym, or a given
    name put otherwise ("Bill", "William")."""
    if aliases(parallel.a, theirs, parallel.b, ours) or _is_acronym(theirs, ours) or _is_acronym(ours, theirs):
        return True
    follows = variant.a.stop in parallel.partners and parallel.partners[variant.a.stop] == variant.b.stop
    surname = parallel.a.words[variant.a.stop] if follows else None
    if surname is None or not parallel.a.witness.article.text[surname.start].isupper():
        return False
    given = _is_given(theirs[-1]) or _is_given(ours[-1])
    entities = parallel.a.witness.entity_at(theirs[-1]), parallel.a.witness.entity_at(surname)
    is_person = entities[0] is not None and entities[0].kind == "person" and entities[0] == entities[1]
    return is_person and (not given or _is_nickname(theirs[-1].norm, ours[-1].norm))


def _is_given(word: Word) -> bool:
    """Whether a word is a given name that is nearly always a man's or a woman's."""
    return bool(pronoun_of_given_name(f"{word.norm.title()} Doe"))


def _is_acronym(short: Sequence[Word], long: Sequence[Word]) -> bool:
    return len(short) == 1 and len(long) > 1 and "".join(word.norm[0] for word in long) == short[0].norm


def _is_nickname(one: str, other: str) -> bool:
    if one.startswith(other) or other.startswith(one):
        return True
    return any({one, other} <= names for names in _nicknames())


@cache
def _nicknames() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row["names"].split()) for row in read_table("retold.collation", "nicknames.tsv"))
