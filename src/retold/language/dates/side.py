"""On which side of publication a time lies that its words leave open: the preposition decides, then the tense."""

import re
from collections.abc import Iterator, Sequence

from retold.article import Span
from retold.language.dates.rules import Context
from retold.language.dates.tense import TENSE_WORDS, Side, is_present, tenses

_PIECE = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[,;:()“”\"—–]", re.ASCII)
SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<![ap]\.m)(?<!\bM[rs])(?<!\bDr)[.!?][”’\"')\]]{0,2}\s(?![a-z\d])|\n[ \t]{0,9}\n"
)
_REACH = 240  # characters of a sentence looked at on either side; longer sentences hold several clauses anyway
_MARKS = frozenset(',;:()“”"—–')


def _pieces(words: str) -> list[str]:
    return _PIECE.findall(words.lower().replace("’", "'"))


def _around(context: Context, start: int, end: int) -> tuple[list[str], list[str]]:
    """The words and marks of the sentence before and after an expression, in text order."""
    low = max(context.within.start, start - _REACH)
    before = SENTENCE_END.split(context.text[low:start])[-1]
    after = SENTENCE_END.split(context.text[end : min(context.within.end, end + _REACH)], maxsplit=1)[0]
    return _pieces(before), _pieces(after)


def find_side(context: Context, span: Span) -> Side | None:
    """The side of publication on which the time lies: its preposition decides, then the verb of its clause.

    None: neither says.
    """
    before, after = _around(context, *span)
    if _belongs_to_noun(before, after):
        return _noun_side(before, after)
    before, named = _cut_inside(before), _pieces(context.text[slice(*span)])
    preposition = _preposition(before, named)
    if preposition == "past":
        return "past"
    if before[-1:] and (before[-1] in TENSE_WORDS["deadline"] or before[-1] == "after"):
        before = before[:-1]  # beside a time it is a preposition and opens no clause
    tense = _clause_tense(before, after)
    if preposition is None or (tense == "past" and _is_told_back(before, after)):
        return tense
    return "future"


def _noun_side(before: Sequence[str], after: Sequence[str]) -> Side | None:
    """The side of a time in a name for a thing; where its sentence has no verb in the present, it is told of."""
    kept = [[word for word in part if not is_present(word)] for part in (before, after)]
    tense = _clause_tense(*kept)
    told = after[:1] == ["s"] and len(before) > 2 and kept == [before, after]
    return tense or ("past" if told else None)


def _is_told_back(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a deadline is told of from beyond it: "until Friday, they had waited"."""
    clause = _clause_before(before)
    return "had" in (*clause, *_clause_after(_following(before, clause, after)))


def _belongs_to_noun(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the time stands in a name for a thing ("Friday's vote", "a June pact"), not beside the verb."""
    return after[:1] == ["s"] or before[-1:] == ["a"]


def _cut_inside(before: list[str]) -> list[str]:
    """The words before without those that only say which part of the time is meant: "the end of", "the morning of"."""
    kept = len(before)
    while kept and (before[kept - 1] in TENSE_WORDS["inside"] or before[kept - 1].isdigit()):
        kept -= 1
    return before[:kept]


def _preposition(before: Sequence[str], named: Sequence[str]) -> Side | None:
    if before[-1:] and before[-1] in TENSE_WORDS["since"]:
        return "past"
    ahead = (before[-1:] and before[-1] in TENSE_WORDS["deadline"]) or " ".join(before[-3:]) in TENSE_WORDS["deadline"]
    return "future" if ahead or (named and named[0] in TENSE_WORDS["deadline"]) else None


def _clause_before(before: Sequence[str]) -> Sequence[str]:
    """The part of the clause before the expression, with the word that opens it."""
    for i in range(len(before) - 1, -1, -1):
        if before[i] in _MARKS:
            return before[i + 1 :]
        if before[i] in TENSE_WORDS["opener"]:
            return before[i:]
    return before


def _clause_after(after: Sequence[str]) -> Sequence[str]:
    ends = (i for i, word in enumerate(after) if word in _MARKS or word in TENSE_WORDS["opener"])
    return after[: next(ends, len(after))]


def _clause_tense(before: Sequence[str], after: Sequence[str]) -> Side | None:
    """The tense of the verb nearest to the expression in its own clause, else before it, else after it."""
    clause = _clause_before(before)
    following = _following(before, clause, after)
    searches = (
        tenses(clause, backwards=True),
        tenses(_clause_after(following)),
        _since(clause),
        tenses(before, backwards=True),
        tenses(after),
    )
    return next((side for search in searches for side in search), None)


def _since(clause: Sequence[str]) -> Iterator[Side]:
    """What "since" at the head of a clause says that has no other tense."""
    if clause[:1] == ["since"]:
        yield "past"


def _following(before: Sequence[str], clause: Sequence[str], after: Sequence[str]) -> Sequence[str]:
    """The words after, without the comma that parts a time at the head of its clause from it: "On Friday, they met"."""
    mark = before[-len(clause) - 1] if len(clause) < len(before) else ""
    heads = mark not in (",", ";", ":", "—", "–") or clause[:1] == ["and"]
    return after[1:] if heads and after[:1] == [","] else after
