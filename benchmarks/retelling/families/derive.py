"""Whole articles made from whole articles: trimmed, reordered, paraphrased, updated, merged."""

from collections.abc import Callable
from random import Random

from benchmarks.retelling.cases import is_sound, retell
from benchmarks.retelling.edits.numbers import change_numbers
from benchmarks.retelling.harmless import trim_quotations
from benchmarks.retelling.variants import apply_edits
from benchmarks.retelling.windows import Window, split_sentences
from benchmarks.retelling.words import Words

Paragraphs = tuple[tuple[str, ...], ...]
"""An article: paragraphs of sentences."""
Derivation = Callable[[Paragraphs, Words, Random], Paragraphs]


def read_paragraphs(text: str, most: int | None = None) -> Paragraphs:
    """An article as paragraphs of sentences; with `most`, cut behind the paragraph that reaches so many sentences.

    >>> read_paragraphs("He left. She stayed.\\n\\nAll is well.")
    (('He left.', 'She stayed.'), ('All is well.',))
    """
    paragraphs: list[tuple[str, ...]] = []
    for block in text.split("\n"):
        if block.strip() and (most is None or count_sentences(tuple(paragraphs)) < most):
            paragraphs.append(tuple(block[start:end] for start, end in split_sentences(block)))
    return tuple(paragraphs)


def count_sentences(article: Paragraphs) -> int:
    """How many sentences an article has."""
    return sum(len(paragraph) for paragraph in article)


def as_text(article: Paragraphs) -> str:
    """The article with an empty line between paragraphs."""
    return "\n\n".join(" ".join(paragraph) for paragraph in article)


def trim(article: Paragraphs, words: Words, rng: Random) -> Paragraphs:
    """Drop a third of the sentences, late ones more readily, and cut quotations. The first paragraph stays."""
    kept = [article[0]]
    for at, paragraph in enumerate(article[1:], 1):
        likely = 0.85 - 0.4 * at / len(article)
        kept.append(tuple(sentence for sentence in paragraph if rng.random() < likely))
    return tuple(_cut_quotations(paragraph, words, rng) for paragraph in kept if paragraph)


def _cut_quotations(paragraph: tuple[str, ...], words: Words, rng: Random) -> tuple[str, ...]:
    window = _as_window(paragraph)
    edits = [edit for variant in list(trim_quotations(window, words, rng))[:1] for edit in variant.edits]
    return _sentences(apply_edits(window.text, edits))


def reorder(article: Paragraphs, _words: Words, rng: Random) -> Paragraphs:
    """Move a quarter of the paragraphs, but not the first, to other places."""
    rest = list(article[1:])
    for _ in range(max(1, len(rest) // 4)):
        if len(rest) > 1:
            rest.insert(rng.randrange(len(rest)), rest.pop(rng.randrange(len(rest))))
    return (article[0], *rest)


def paraphrase(article: Paragraphs, words: Words, rng: Random) -> Paragraphs:
    """Other forms and synonyms in every paragraph, sentences merged and split, quotations told indirectly."""
    retold = []
    for paragraph in article:
        window = _as_window(paragraph)
        forms = retell(window, words, rng, (), most=3 * len(paragraph))
        sound = [form for form in forms if is_sound(window.text, form)]
        retold.append(_sentences(apply_edits(window.text, [edit for form in sound for edit in form.edits])))
    return tuple(retold)


def update_number(article: Paragraphs, words: Words, rng: Random) -> Paragraphs:
    """A later version: the first number that can be changed is another."""
    for at, paragraph in enumerate(article):
        found = [variant for variant in change_numbers(_as_window(paragraph), words, rng) if variant.how != "unit"]
        if found:
            changed = _sentences(apply_edits(" ".join(paragraph), rng.choice(found).edits))
            return (*article[:at], changed, *article[at + 1 :])
    return article


def append(article: Paragraphs, other: Paragraphs, rng: Random) -> Paragraphs:
    """A later version: 2 to 4 paragraphs of another report put in, the first behind the first paragraph."""
    news = rng.sample(other, min(len(other), rng.randint(2, 4)))
    return (article[0], *news[:1], *article[1:], *news[1:])


def merge(one: Paragraphs, other: Paragraphs, rng: Random) -> Paragraphs:
    """One report out of two: half of the paragraphs of each, in turn."""
    halves = [[article[0], *(p for p in article[1:] if rng.random() < 0.55)] for article in (one, other)]
    longest = max(len(half) for half in halves)
    return tuple(half[at] for at in range(longest) for half in halves if at < len(half))


def _as_window(paragraph: tuple[str, ...]) -> Window:
    text = " ".join(paragraph)
    return Window("paragraph", text, text)


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in split_sentences(text))
