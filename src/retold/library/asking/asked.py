"""The words that are traced, and how a text relates to them: exactly the same, a part, or other words for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from retold.article import Span
from retold.collation.judging import weigh
from retold.collation.links import MOST_RUNS, MOST_SHARED
from retold.language.words import Word, find_run, words_in
from retold.library.asking.answers import Match
from retold.library.query import Phrase, forms_of, term, terms

RETOLD = 0.2
"""How likely words must be a retelling: the probability that `collation/data/links.tsv` gives to two statements, of
whose settings and speakers nothing is known, to tell one utterance.

Of the statements of the stories for mending (benchmarks/labels/retellings_for_mending.jsonl) that pass beside those
that have the words, .38 are labelled as one utterance, from .3 on .46; with a cut through cosine and Dice coefficient
alone .23. Of the machine rewrites of news sentences (RAIDAR, the half for tuning) .97 pass, from .3 on .95.
"""

_SAME = 0.96
_PART = 0.8
"""How sure the same words, and a part of them, are one utterance: so many of the labelled pairs that have them are."""

UNLIKE = 0.35
"""Nearness in meaning below which nothing passes, with whatever words: one root of three of a short telling."""

_LEAST_TRIMMED = 4  # content words: fewer that are the same are no sign that one telling is a part of the other
_LEAST_RUN = 5  # words in a row, function words too, that are no accident
_TRIMMED = 0.9  # of them must be there, in the same order
_STEM = 4  # letters: the root of a word may end in other letters than the word, "happi" for "happy"
_STEMS_THERE = 0.75  # abbreviations and irregular forms begin with other letters than their roots
_STRETCH = 2.0  # content words of the telling for one asked for: further apart they are another text of the same words


class Relation(NamedTuple):
    """How a telling relates to what is asked, and how sure it is that it tells the same (0 to 1)."""

    match: Match
    confidence: float


@dataclass(frozen=True, eq=False)
class Asked:
    """What is traced, as words."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_in(self.text, (Span(0, len(self.text)),))

    @cached_property
    def content(self) -> tuple[tuple[str, ...], ...]:
        """The roots under which each content word may stand, in text order."""
        return tuple(filter(None, (terms(word) for word in self.words if word.content)))

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """All content words, one after the other, as the index may have them."""
        return forms_of(word for word in self.words if word.content)

    @cached_property
    def _place(self) -> dict[str, int]:
        """By root: the number of the content word of which it is a form."""
        return {root: number for number, forms in reversed(list(enumerate(self.content))) for root in forms}

    @cached_property
    def norms(self) -> list[str]:
        return [word.norm for word in self.words]

    def matched(self, words: Iterable[Word]) -> list[int | None]:
        """For each content word of a text the number of the one asked for that it is; None: it is none."""
        return [self._place.get(term(word)) for word in words if word.content]

    def relate(self, words: Sequence[Word], likeness: float) -> "Relation | None":
        """How a text with these words, so near in meaning (0 to 1), relates to what is asked; None: it tells other
        things."""
        if self.norms and find_run(self.norms, words):
            return Relation("exact", _SAME)
        matched = self.matched(words)
        if self._is_part(matched) or self._is_run(words):
            return Relation("trimmed", _PART)
        chance = self._chance(words, matched, likeness) if likeness > UNLIKE else 0.0
        return Relation("reworded", chance) if chance >= RETOLD else None

    def _chance(self, words: Sequence[Word], matched: Sequence[int | None], likeness: float) -> float:
        """How likely a text tells what is asked; the setting of the one counts as near as the words themselves are."""
        shared, own = len(set(matched) - {None}), len(set(self._place.values()))
        norms = [word.norm for word in words]
        signs = {
            "nearness": likeness,
            "setting": likeness,
            "likeness": 2 * shared / max(1, own + len(matched)),
            "cover": shared / max(1, min(own, len(matched))),
            "shared": min(MOST_SHARED, shared),
            "runs": min(MOST_RUNS, len(self._runs & _runs_of(norms))),
        }
        return weigh("links", signs)

    @cached_property
    def _runs(self) -> frozenset[tuple[str, ...]]:
        return _runs_of(self.norms)

    @cached_property
    def _stems(self) -> tuple[str, ...]:
        """The beginnings that the content words have in any form of theirs."""
        return tuple({forms[0][:_STEM] for forms in self.content})

    def may_be_in(self, text: str) -> bool:
        """Whether a text may have the words, or most of them: a quick look before a close one."""
        if len(self._stems) < _LEAST_TRIMMED:
            return True
        lower = text.casefold()
        return sum(stem in lower for stem in self._stems) >= _STEMS_THERE * _LEAST_TRIMMED

    def _is_part(self, matched: Sequence[int | None]) -> bool:
        """Whether one of the two is the other but for what was left out."""
        asked = [self._place[forms[0]] for forms in self.content]
        least, width = min(len(asked), len(matched)), round(_STRETCH * len(asked))
        if least < _LEAST_TRIMMED:
            return False
        windows = (matched[start : start + width] for start in range(max(1, len(matched) - width + 1)))
        return any(LCSseq.similarity(asked, window) >= _TRIMMED * least for window in windows)

    def _is_run(self, words: Sequence[Word]) -> bool:
        """Whether a text is nothing but some of the words asked for, one after the other."""
        return len(words) >= _LEAST_RUN and find_run([word.norm for word in words], self.words) is not None

    def found_in(self, words: Sequence[Word]) -> Iterator[Span]:
        """The stretches of a text that have the words: all of them in a row, else the content words that are there."""
        run = find_run(self.norms, words) if self.norms else None
        if run:
            yield Span(words[run.start].start, words[run.stop - 1].end)
            return
        known = frozenset(self.norms)
        begun: Word | None = None
        last: Word | None = None
        for word in words:
            if word.content and term(word) in self._place:
                begun, last = begun or word, word
            elif begun and last and (word.content or word.norm not in known):
                yield Span(begun.start, last.end)
                begun = last = None
        if begun and last:
            yield Span(begun.start, last.end)


def _runs_of(norms: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """The runs of three words."""
    return frozenset(zip(norms, norms[1:], norms[2:], strict=False))
