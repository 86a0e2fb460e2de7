"""Articles and copies of them, made at run time: a word-level Markov model of public news, and five kinds of copies.

The model draws each word from those that follow the word before in the articles it was fitted on. So unrelated articles
share names, formulas and many runs of two and three words, far more than unrelated articles of people do. Words are
what white space parts; nothing here knows how a detector sees them, and no list of words is shared with one.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Words = list[str]

_MEDIAN_WORDS = 400
_SPREAD = 0.4  # of the logarithm: nine articles in ten have 200 to 770 words
_FEWEST, _MOST = 150, 1200
_SENTENCE_ENDS = (".", "?", "!", ".”", '."')


class Model:
    """A word-level Markov model of order one."""

    def __init__(self, articles: Sequence[Words]) -> None:
        tokens = [word for words in articles for word in (*words, "")]  # "" ends an article and starts the next
        vocabulary = {word: place for place, word in enumerate(dict.fromkeys(tokens))}
        numbers = np.fromiter((vocabulary[word] for word in tokens), np.int64, len(tokens))
        order = np.argsort(numbers[:-1], kind="stable")
        self._words = list(vocabulary)
        self._end = vocabulary[""]
        self._next = numbers[1:][order]
        self._starts = np.searchsorted(numbers[:-1][order], np.arange(len(vocabulary)))
        self._counts = np.bincount(numbers[:-1], minlength=len(vocabulary))
        self._running = numbers[numbers != self._end]

    def articles(self, count: int, random: Generator) -> list[Words]:
        """So many articles, of lengths that are spread as those of a wire service."""
        lengths = np.clip(random.lognormal(np.log(_MEDIAN_WORDS), _SPREAD, count), _FEWEST, _MOST).astype(int)
        order = np.argsort(-lengths, kind="stable")
        written: list[Words] = [[] for _ in lengths]
        for column, place in zip(self._write(lengths[order], random).T, order.tolist(), strict=True):
            written[place] = [self._words[number] for number in column[: lengths[place]].tolist()]
        return written

    def words(self, count: int, random: Generator) -> Words:
        """So many single words, each as frequent as it is in the news."""
        return [self._words[number] for number in random.choice(self._running, count).tolist()]

    def _write(self, lengths: NDArray[np.int64], random: Generator) -> NDArray[np.int32]:
        """[words, articles] as numbers, all articles that are not done a word further at each step; lengths fall."""
        states = np.full(len(lengths), self._end)
        written = np.empty((int(lengths.max(initial=0)), len(lengths)), np.int32)
        for place, running in enumerate(np.searchsorted(-lengths, -np.arange(len(written)))):
            states = self._follow(states[:running], random)
            ended = np.flatnonzero(states == self._end)
            states[ended] = self._follow(states[ended], random)
            written[place, :running] = states
        return written

    def _follow(self, states: NDArray[np.int64], random: Generator) -> NDArray[np.int64]:
        chosen = (random.random(len(states)) * self._counts[states]).astype(np.int64)
        following: NDArray[np.int64] = self._next[self._starts[states] + chosen]
        return following


class Copyist(NamedTuple):
    """Makes copies with words and surroundings from a model."""

    model: Model
    random: Generator

    def syndicate(self, words: Words) -> Words:
        """The same words under another dateline, with other marks and a credit."""
        straight = [word.replace("’", "'").replace("“", '"').replace("”", '"') for word in words]
        return [*self.model.words(3, self.random), "—", *straight, *self.model.words(6, self.random)]

    def trim(self, words: Words) -> Words:
        """The first half, as wire copy is cut from below."""
        return words[: len(words) // 2]

    def edit(self, words: Words) -> Words:
        """One word in ten changed, one sentence in ten dropped, two sentences of its own added."""
        sentences = [each for each in sentences_of(words) if self.random.random() > 0.1]
        for _ in range(2):
            sentences.insert(int(self.random.integers(len(sentences) + 1)), self.model.words(20, self.random))
        return self._change([word for sentence in sentences for word in sentence], 0.1)

    def reword(self, words: Words) -> Words:
        """A third of the words changed, each by itself."""
        return self._change(words, 1 / 3)

    def embed(self, words: Words) -> Words:
        """The whole copy within a page three times as long."""
        around: Words = []
        while len(around) < 2 * len(words):
            around += self.model.articles(1, self.random)[0]
        place = int(self.random.integers(2 * len(words)))
        return [*around[:place], *words, *around[place : 2 * len(words)]]

    def _change(self, words: Words, share: float) -> Words:
        changed = self.random.random(len(words)) < share
        others = self.model.words(len(words), self.random)
        return [new if change else old for old, new, change in zip(words, others, changed, strict=True)]


def sentences_of(words: Words) -> list[Words]:
    """The words parted after each that ends with the mark of a sentence's end."""
    ends = [place + 1 for place, word in enumerate(words) if word.endswith(_SENTENCE_ENDS)]
    return [words[start:end] for start, end in zip([0, *ends], [*ends, len(words)], strict=True) if start < end]


COLUMNS: dict[str, Callable[[Copyist, Words], Words]] = {
    "syndicated": Copyist.syndicate,
    "trimmed": Copyist.trim,
    "edited": Copyist.edit,
    "third changed": Copyist.reword,
    "embedded": Copyist.embed,
}
