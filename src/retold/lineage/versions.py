"""Which of two versions of one report came first, by what editors do to a report: no date and no length is asked.

A first version says what is happening, leaves much open and promises more; a later one looks back. Each sign is read
in both texts alike and the two readings are set against one another, so that the answer for (b, a) is the exact
opposite of that for (a, b). Most signs are read in the words that change between sentences that tell the same; none
counts how much a text has of anything but those words.

The signs are few because the pairs to learn from are: 101. On the 30 of them of like length a regression on all words
and word pairs that change was right for .50 to .60 (left out an article at a time), these signs for .77, as on all.
They were also chosen there, and that flatters: on the pairs kept back they are right for .66 of 101, and for .58 of
the 20 of like length (`python -m benchmarks directions`). A single pair is settled only where they say it loudly.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from retold.article import Evidence, Span
from retold.collation.alignment import Pairings, shares_words
from retold.collation.making import quote
from retold.collation.witness import Witness
from retold.language.tables import read_table, word_set
from retold.language.words import Word
from retold.lineage.lineage import Argument

_PRESENT = word_set("retold.lineage", "present")
_PAST = word_set("retold.lineage", "past")
_NO_PAST = word_set("retold.lineage", "no past")
_UNSETTLED = word_set("retold.lineage", "unsettled")
_RELATIVE = word_set("retold.lineage", "relative")
_SEQUENCE = word_set("retold.lineage", "sequence")

_OPENING = 2  # sentences
_FEWEST_WORDS = 30  # of fewer, one word more or less would make a rate
_DEEPEST = 3  # how far down the other's opening is found: below that, how far says no more
_REACH = 200  # characters at either end of a sentence in which its source may be named
_SHOWN = 3  # spans shown of each text

# "More follows" is promised by a version that another follows; a correction looks back at one.
_MORE_TO_COME = re.compile(
    r"\bmore (?:to )?follows?\b|\bmore details (?:soon|to follow)|\bmore (?:to come|soon)\b|\bwill be updated\b"
    r"|\b(?:breaking|developing) (?:news )?story\b|\bupdates? (?:to )?follow\b",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"\b(?:has|have) been corrected\b|\bcorrects? (?:that|the|to|spelling|name)\b|\bearlier version\b"
    r"|\bcontributed to this (?:report|story)\b|\badditional reporting\b|\bwas (?:amended|updated) (?:on|to|at)\b",
    re.IGNORECASE,
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SOURCE_FIRST = re.compile(r"\A(?:[A-Z .,/]+(?: \(\w+\))? ?[-–—]{1,2} ?)?([^,]{3,60}? (?:says?|said|reported)) ")
_SOURCE_LAST = re.compile(
    rf"\b((?:said|says|reported|added|showed)(?: (?:on )?{_DAY})?|according to [^,]*|(?<=, )(?:said|reported) [^,]*)"
    r"\W*\Z"
)

LIKELY = 2.0
"""Log-odds from which an order may be called likely: on the pairs learned from, each left out, 28 of 30 are right, on
those kept back 28 of 32; of like length 4 of 4 and 3 of 3. Chosen before the latter were looked at."""


class Reading(NamedTuple):
    """What one sign says of one text: how late it looks (only beside the other's), and the words that show it."""

    lateness: float
    early: tuple[Span, ...] = ()
    late: tuple[Span, ...] = ()


class Sign(NamedTuple):
    """One sign set against the other text's. `amount` above 0: a came first; below: b. The spans show which way."""

    kind: str
    amount: float
    in_a: tuple[Span, ...]
    in_b: tuple[Span, ...]


class Order(NamedTuple):
    """Log-odds that a came before b (below 0: b before a); the arguments for that direction and those against it."""

    log_odds: float
    arguments: tuple[Argument, ...]
    against: tuple[Argument, ...]


class _Text(NamedTuple):
    """One text beside another. `told`: for each sentence the norms of the other's sentences that tell the same, None
    where none does. `other_opening`: the place here of the other's first sentence, None: it is not here."""

    witness: Witness
    told: tuple[frozenset[str] | None, ...]
    other_opening: int | None


def version_evidence(a: Witness, b: Witness, pairings: Pairings) -> tuple[Sign, ...]:
    """Every sign in which two versions of one report differ, in the order of the table.

    `version_evidence(b, a, …)` has the same signs with opposite amounts. Empty: nothing tells the two apart.
    """
    texts = _side_by_side(a, b, pairings)
    found = ((kind, read(texts[0]), read(texts[1])) for kind, read in READERS.items())
    return tuple(_sign(kind, in_a, in_b) for kind, in_a, in_b in found if in_a.lateness != in_b.lateness)


def _sign(kind: str, in_a: Reading, in_b: Reading) -> Sign:
    amount = in_b.lateness - in_a.lateness
    spans = (in_a.early, in_b.late) if amount > 0 else (in_a.late, in_b.early)
    return Sign(kind, amount, *spans)


def order_of_versions(a: Witness, b: Witness, pairings: Pairings) -> Order:
    """Which of two versions of one report came first, and why.

    Meant for texts that share most of what they tell: between two outlets, tense and the place of "police said" are
    house style. 0.0 without arguments: nothing tells them apart. Below `LIKELY`, either way, it is a leaning, no more.
    """
    signs = [(sign, weight_of(sign)) for sign in version_evidence(a, b, pairings)]
    score = sum(weight for _, weight in signs)
    agreeing = tuple(_argument(a, b, sign) for sign, weight in signs if weight * score > 0)
    against = tuple(_argument(a, b, sign) for sign, weight in signs if weight * score < 0)
    return Order(score, agreeing, against)


def weight_of(sign: Sign) -> float:
    """The log-odds that a sign adds. Raises KeyError for a kind that the table does not have."""
    row = _weights()[sign.kind]
    return row.weight * max(-row.most, min(row.most, sign.amount))


class _Weight(NamedTuple):
    weight: float
    most: float


@cache
def _weights() -> dict[str, _Weight]:
    rows = read_table("retold.lineage", "versions.tsv")
    return {row["sign"]: _Weight(float(row["weight"]), float(row["most"])) for row in rows}


def _argument(a: Witness, b: Witness, sign: Sign) -> Argument:
    """A sign in words, the earlier text's evidence first; "it" is the later text."""
    sides = [(a, sign.in_a[:_SHOWN]), (b, sign.in_b[:_SHOWN])][:: 1 if sign.amount > 0 else -1]
    seen = " for ".join(_quoted(witness, spans) for witness, spans in reversed(sides) if spans)
    return Argument(
        kind=sign.kind,
        note=NOTES[sign.kind] + (f" ({seen})" if seen else ""),
        evidence=tuple(Evidence(witness.article.id, spans) for witness, spans in sides if spans),
        how="versions",
        confidence=round(1 / (1 + math.exp(-abs(weight_of(sign)))), 2),
    )


def _quoted(witness: Witness, spans: Sequence[Span]) -> str:
    return ", ".join(dict.fromkeys(quote(witness.article.words([span])) for span in spans))


def _side_by_side(a: Witness, b: Witness, pairings: Pairings) -> tuple[_Text, _Text]:
    partners: tuple[dict[int, set[int]], dict[int, set[int]]] = (defaultdict(set), defaultdict(set))
    for pairing in pairings.between(a, b):
        if shares_words(pairing, a.sentences[pairing.a], b.sentences[pairing.b]):
            partners[0][pairing.a].add(pairing.b)
            partners[1][pairing.b].add(pairing.a)
    return _text(a, b, *partners), _text(b, a, *reversed(partners))


def _text(own: Witness, other: Witness, here: dict[int, set[int]], there: dict[int, set[int]]) -> _Text:
    norms = [frozenset(word.norm for word in sentence.words) for sentence in other.sentences]
    told = tuple(
        frozenset().union(*(norms[partner] for partner in here[index])) if index in here else None
        for index in range(len(own.sentences))
    )
    return _Text(own, told, min(there[0]) if 0 in there else None)


def _changed(text: _Text) -> list[Word]:
    """The reporter's words in sentences that the other text has too, but with other words."""
    return [
        word
        for words, told in zip(text.witness.own_words, text.told, strict=True)
        if told is not None
        for word in words
        if word.norm not in told
    ]


def _spans_of(words: Sequence[Word], norms: frozenset[str]) -> tuple[Span, ...]:
    return tuple(Span(word.start, word.end) for word in words if word.norm in norms)


def _tense(text: _Text) -> Reading:
    """ "Is holding talks" became "held", "says" became "said": present and past among the changed words."""
    words = _changed(text)
    present, past = _spans_of(words, _PRESENT), _spans_of(words, _PAST)
    return Reading(len(past) - len(present), present, past)


def _opening(text: _Text) -> Reading:
    """The part of the past among the tenses of the first sentences: the news itself has happened."""
    words = [word for sentence in text.witness.own_words[:_OPENING] for word in sentence]
    present = _spans_of(words, _PRESENT)
    past = tuple(Span(word.start, word.end) for word in words if _is_past(word))
    return Reading((len(past) + 1) / (len(past) + len(present) + 2), present, past)


def _is_past(word: Word) -> bool:
    return word.norm in _PAST or (word.norm.endswith("ed") and word.norm not in _NO_PAST)


def _unsettled(text: _Text) -> Reading:
    """How many in a hundred of the reporter's words leave open what happened or announce what will."""
    sentences = text.witness.own_words
    found = [word for words in sentences for word in words if word.norm in _UNSETTLED and _is_word(text, word, words)]
    whole = max(_FEWEST_WORDS, sum(len(words) for words in sentences))
    return Reading(-100 * len(found) / whole, early=_spans_of(found, _UNSETTLED))


def _is_word(text: _Text, word: Word, words: Sequence[Word]) -> bool:
    """Whether it is no name: "Theresa May said", "Will Reed"."""
    return text.witness.article.text[word.start].islower() or (word is words[0] and word.norm not in ("may", "will"))


def _sequence(text: _Text) -> Reading:
    """Words among the changed ones that set what the other tells into the order of events."""
    found = _spans_of(_changed(text), _SEQUENCE)
    return Reading(len(found), late=found)


def _detail(text: _Text) -> Reading:
    """Relative clauses among the changed words: the same told with more of who and what it is about."""
    found = _spans_of(_changed(text), _RELATIVE)
    return Reading(len(found), late=found)


def _attribution(text: _Text) -> Reading:
    """ "Police say a bomber has …" became "A bomber …, police said": where like sentences name who says so."""
    shared = [s.span for s, told in zip(text.witness.sentences, text.told, strict=True) if told is not None]
    front = _matches(text, _SOURCE_FIRST, (Span(start, min(end, start + _REACH)) for start, end in shared))
    end = _matches(text, _SOURCE_LAST, (Span(max(start, end - _REACH), end) for start, end in shared))
    return Reading(len(end) - len(front), front, end)


def _matches(text: _Text, pattern: re.Pattern[str], stretches: Iterable[Span]) -> tuple[Span, ...]:
    """Where `pattern` (its group 1) first stands in each stretch that has it."""
    whole = text.witness.article.text
    found = ((start, pattern.search(whole[start:end])) for start, end in stretches)
    return tuple(Span(start + match.start(1), start + match.end(1)) for start, match in found if match)


def _notes(text: _Text) -> Reading:
    """What a version says of itself, in any block of the article."""
    whole = text.witness.article.text
    early, late = (tuple(Span(*m.span()) for m in pattern.finditer(whole)) for pattern in (_MORE_TO_COME, _LOOKS_BACK))
    return Reading(bool(late) - bool(early), early, late)


def _lead(text: _Text) -> Reading:
    """How far down the other's first sentence stands: newer news has come before it."""
    place = text.other_opening
    if not place:
        return Reading(0)
    return Reading(min(_DEEPEST, place), late=(text.witness.sentences[place].span,))


READERS: dict[str, Callable[[_Text], Reading]] = {
    "tense": _tense,
    "opening_tense": _opening,
    "unsettled": _unsettled,
    "sequence": _sequence,
    "detail": _detail,
    "attribution_place": _attribution,
    "notes": _notes,
    "lead": _lead,
}
"""How each sign is read in a text, by its name in versions.tsv."""

NOTES = {
    "tense": "it tells in the past what the other tells in the present",
    "opening_tense": "its opening looks back, the other's tells what is so or is to come",
    "unsettled": "the other leaves more open",
    "sequence": "it sets what both tell into the order of events",
    "detail": "it says more of who and what both name",
    "attribution_place": "it ends with whose word it is where the other begins with it",
    "notes": "a note says so",
    "lead": "the other's first sentence stands further down in it",
}
"""Each sign in words for the reader; "it" is the later version."""
