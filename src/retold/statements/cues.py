"""Which words announce that somebody says, thinks or wants something.

Each word of the lexicon, in its surroundings, is evidence for or against a cue. The evidence (log-odds, learned from
the PolNeAR training articles by `training/cues.py`) is added up; a cue is a word whose sum says that it is
more likely one than the threshold asks. Source of the scheme: Pareti et al. 2013, "Automatically detecting and
attributing indirect quotations".
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from retold.language.tables import read_table
from retold.statements.context import SentenceContext, lexicon


class CueWord(NamedTuple):
    """A token of a sentence (its position) that is a cue with this probability."""

    position: int
    probability: float


@cache
def _evidence() -> dict[str, float]:
    return {row["sign"]: float(row["evidence"]) for row in read_table("retold.statements", "cue_signs.tsv")}


def find_cue_words(sentence: SentenceContext, threshold: float) -> list[CueWord]:
    """The words of a sentence that are cues with at least the probability `threshold`, in text order."""
    known = lexicon()
    evidence = _evidence()
    found = []
    for index, word in enumerate(sentence.lower):
        if word not in known:
            continue
        score = known[word] + sum(evidence.get(sign, 0.0) for sign in signs(sentence, index))
        probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
        asked = min(threshold, _BEFORE_QUOTATION) if _opens_quotation(sentence, index) else threshold
        if probability >= asked:
            found.append(CueWord(index, probability))
    return found


_BEFORE_QUOTATION = 0.1
"""How probable a cue must be right before a quotation ("reveal ‘a plan’"). Swept from .06 to .22 on the held tenth of
PolNeAR train: linked F1 53.4 to 53.5; the recall of direct speech is 81.6 up to .10 and 81.3 from .15."""


def _opens_quotation(sentence: SentenceContext, index: int) -> bool:
    """Whether a quotation opens right behind the word, or behind a comma or colon ("saying, “…")."""
    ahead = index + 1
    if ahead < len(sentence.tokens) and sentence.tokens[ahead].text in (",", ":"):
        ahead += 1
    return ahead < len(sentence.tokens) and sentence.depth[ahead] > sentence.depth[index]


def signs(sentence: SentenceContext, index: int) -> Iterator[str]:
    """What can be seen around a word that tells whether it is a cue."""
    word = sentence.lower[index]
    before, after = _class_at(sentence, index - 1), _class_at(sentence, index + 1)
    second = _class_at(sentence, index + 2)
    subject = _subject_class(sentence, index)
    yield "any"
    yield f"{word} → {after}"
    yield f"{before} → {word}"
    yield f"before {before}"
    yield f"after {after}"
    yield f"after {after} {second}"
    yield f"subject {subject}"
    yield f"subject {subject} → {_shape(word)} → {after}"
    yield f"{word} next word {_word_at(sentence, index + 1)}"
    yield f"{word} last word {_word_at(sentence, index - 1)}"
    yield f"quoted {min(sentence.depth[index], 1)} {_shape(word)}"
    yield f"{word} quoted {min(sentence.depth[index], 1)}"
    yield f"capital {sentence.tokens[index].text[0].isupper()} {index == 0}"
    if _opens_quotation(sentence, index):
        yield "opens a quotation"
    if index and any(depth for depth in sentence.depth[:index]) and not sentence.depth[index]:
        yield f"{word} after a quotation"


def _shape(word: str) -> str:
    return next((ending for ending in ("ing", "ed", "s", "d") if word.endswith(ending)), "base")


_STAND_ALONE = frozenset(("both", "some", "many", "most", "few", "several", "neither", "none", "all", "each", "others"))
"""Determiners that may be a subject by themselves: "both suggested"."""


def _class_at(sentence: SentenceContext, index: int) -> str:
    if not 0 <= index < len(sentence.classes):
        return "edge"
    alone = sentence.lower[index] in _STAND_ALONE and sentence.classes[index] == "DET"
    return "SOME" if alone else sentence.classes[index]


def _word_at(sentence: SentenceContext, index: int) -> str:
    """The word there. Of a name only that it is one: who was in the news of the training years proves nothing."""
    if not 0 <= index < len(sentence.lower):
        return "edge"
    return "a name" if sentence.classes[index] == "CAP" else sentence.lower[index]


def _subject_class(sentence: SentenceContext, index: int) -> str:
    """The class of the first word to the left that is no auxiliary or adverb; "+" when one was skipped."""
    place = index - 1
    while place >= 0 and sentence.classes[place] in ("AUX", "ADV", "-ly"):
        place -= 1
    skipped = "+" if place < index - 1 else ""
    return _class_at(sentence, place) + skipped
