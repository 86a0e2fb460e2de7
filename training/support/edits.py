"""Sentences made wrong on purpose, and sentences made shorter that stay right.

Each edit takes a sentence and says which words it put in: the network learns to point at them. What the edits know is
in `data/swaps.tsv` and here; nothing at run time and no benchmark shares it.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from retold.language.tables import read_table, word_set


class Edited(NamedTuple):
    """A sentence and the stretches [start, end) of it that its source does not bear out; empty: it stayed right."""

    text: str
    changed: tuple[tuple[int, int], ...]


Edit = Callable[[str, Sequence[str], random.Random], Edited | None]
"""A sentence, other sentences to borrow from, chance → the sentence edited; None: it does not apply."""

_NAME = re.compile(r"(?<![.!?“\"]\s)(?<=\s)[A-Z][\w.’-]+(?:\s(?:of\s)?[A-Z][\w’-]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d|(?<![\w.,])\d(?![\w])")
_SPELLED = sorted(word_set("training.support", "spelled"))
_CALENDAR = [sorted(word_set("training.support", name)) for name in ("days", "months")]
_VERBS = re.compile(r"\b(is|are|was|were|will|would|could|can|should|may|might|must|has|have|had|did|does|do)\b")
_CLAUSE = re.compile(
    r"[,;—–]\s(?:and |but |which |who |as |after |because |saying |with )?[a-z][^,;—–“”\"]{18,90}(?=[.,])"
)
_OPENING = re.compile(r"^(?:On|In|At|After|Before|During|Last|Earlier|Meanwhile)\b[^,“”\"]{2,60}, ")
_ASIDE = re.compile(r", [^,“”\"]{4,70}, ")
_CLOSING = re.compile(r"(?:, | after | while | because | as | when )[^,“”\"]{8,110}\.$")
_WORD = re.compile(r"[A-Za-z’'-]{4,}")


@cache
def _swaps() -> dict[str, list[str]]:
    swaps: dict[str, list[str]] = {}
    for row in read_table("training.support", "swaps.tsv"):
        swaps.setdefault(row["one"], []).append(row["other"])
        swaps.setdefault(row["other"], []).append(row["one"])
    return swaps


def _put(text: str, start: int, end: int, new: str) -> Edited | None:
    if text[start:end].casefold() == new.casefold():
        return None
    if start == 0:
        new = new[:1].upper() + new[1:]
    return Edited(text[:start] + new + text[end:], ((start, start + len(new)),))


def swap_word(text: str, _others: Sequence[str], chance: random.Random) -> Edited | None:
    """A word for its reverse, a stronger or a weaker one."""
    found = re.finditer(r"[A-Za-z]+(?: least| than| was forced)?", text)
    known = [match for match in found if match.group().lower() in _swaps()]
    if not known:
        return None
    match = chance.choice(known)
    return _put(text, *match.span(), chance.choice(_swaps()[match.group().lower()]))


def change_number(text: str, _others: Sequence[str], chance: random.Random) -> Edited | None:
    """Another number of a like size."""
    places = [(match.span(), True) for match in _NUMBER.finditer(text)]
    places += [(m.span(), False) for m in re.finditer(rf"\b(?:{'|'.join(_SPELLED)})\b", text)]
    if not places:
        return None
    (start, end), digits = chance.choice(places)
    new = _other_number(text[start:end], chance) if digits else chance.choice(_SPELLED)
    return _put(text, start, end, new)


def _other_number(written: str, chance: random.Random) -> str:
    """One digit or the size changed."""
    at = chance.choice([index for index, character in enumerate(written) if character.isdigit()])
    digit = chance.choice([d for d in "123456789" if d != written[at]])
    return written[:at] + digit + written[at + 1 :]


def change_date(text: str, _others: Sequence[str], chance: random.Random) -> Edited | None:
    """Another weekday or month."""
    for names in chance.sample(_CALENDAR, 2):
        places = [match.span() for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", text)]
        if places:
            return _put(text, *chance.choice(places), chance.choice(names))
    return None


def swap_name(text: str, others: Sequence[str], chance: random.Random) -> Edited | None:
    """A name for another that is told of nearby."""
    here = [match.span() for match in _NAME.finditer(text)]
    there = sorted({match.group() for other in others for match in _NAME.finditer(other)})
    there = [name for name in there if name not in text]
    if not here or not there:
        return None
    return _put(text, *chance.choice(here), chance.choice(there))


def exchange_names(text: str, _others: Sequence[str], chance: random.Random) -> Edited | None:
    """Two names of the sentence in each other's place: who did it to whom."""
    spans = [match.span() for match in _NAME.finditer(text)]
    if len(spans) < 2:
        return None
    (a, b), (c, d) = sorted(chance.sample(spans, 2))
    one, other = text[a:b], text[c:d]
    if one == other or b > c:
        return None
    shift = len(other) - len(one)
    whole = text[:a] + other + text[b:c] + one + text[d:]
    return Edited(whole, ((a, a + len(other)), (c + shift, c + shift + len(one))))


def negate(text: str, _others: Sequence[str], chance: random.Random) -> Edited | None:
    """A "not" put in or taken out."""
    taken = re.search(r"\b(not|never|no longer) |n[’']t\b", text)
    if taken and chance.random() < 0.7:
        start = taken.start()
        rest = text[:start].rstrip() + " " + text[taken.end() :].lstrip()
        before = text[:start].rstrip()
        return Edited(rest, ((before.rfind(" ") + 1, len(before)),))
    places = [match.end() for match in _VERBS.finditer(text)]
    if not places:
        return None
    at = chance.choice(places)
    return Edited(text[:at] + " not" + text[at:], ((at + 1, at + 4),))


def hang_on(text: str, others: Sequence[str], chance: random.Random) -> Edited | None:
    """A clause that another sentence of another report has."""
    clauses = [match.group() for other in others for match in _CLAUSE.finditer(other)]
    if not clauses or not text.endswith("."):
        return None
    clause = chance.choice(clauses)
    return Edited(text[:-1] + clause + ".", ((len(text) + 1, len(text) - 1 + len(clause)),))


def put_elsewhere(text: str, others: Sequence[str], chance: random.Random) -> Edited | None:
    """A plain word for another of a like ending that is told of nearby."""
    here = [match for match in _WORD.finditer(text) if match.group().islower()]
    if not here:
        return None
    match = chance.choice(here)
    ending = match.group()[-2:]
    there = {word for other in others for word in _WORD.findall(other) if word.islower() and word[-2:] == ending}
    there = {word for word in there if word[:4] != match.group()[:4] and word not in text}
    return _put(text, *match.span(), chance.choice(sorted(there))) if there else None


EDITS: tuple[tuple[Edit, float], ...] = (
    (swap_word, 3.0),
    (change_number, 1.5),
    (change_date, 0.7),
    (swap_name, 2.5),
    (exchange_names, 0.8),
    (negate, 1.2),
    (hang_on, 1.5),
    (put_elsewhere, 1.5),
)
"""Every edit with how often it is tried."""


def spoil(text: str, others: Sequence[str], chance: random.Random) -> Edited | None:
    """The sentence with one edit, in three of ten cases two; None: no edit applies."""
    edited: Edited | None = None
    for _ in range(2 if chance.random() < 0.3 else 1):
        edits = [edit for edit, _ in EDITS]
        for edit in chance.choices(edits, [weight for _, weight in EDITS], k=5):
            found = edit(edited.text if edited else text, others, chance)
            if found is not None:
                edited = found if edited is None else _both(edited, found)
                break
    return edited


def _both(first: Edited, second: Edited) -> Edited:
    """Where the words of both edits stand; what the second moved is only marked where it did not move."""
    kept = [span for span in first.changed if first.text[slice(*span)] == second.text[slice(*span)]]
    return Edited(second.text, (*kept, *second.changed))


def shorten(text: str, chance: random.Random) -> str:
    """The sentence without an opening, an aside or its last clause, where it has one: what is left stays right."""
    for pattern, put in chance.sample([(_OPENING, ""), (_ASIDE, " "), (_CLOSING, ".")], 3):
        matches = list(pattern.finditer(text))
        if matches and chance.random() < 0.7:
            start, end = chance.choice(matches).span()
            shorter = text[:start] + put + text[end:]
            if len(shorter.split()) >= 5:
                text = shorter[:1].upper() + shorter[1:]
    return text
