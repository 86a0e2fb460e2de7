"""Words and marks: the smallest pieces that the rules look at."""

import re
from typing import NamedTuple

from retold.article import Span

# Tried in this order at each place: an acronym with stops; a title with its stop; an initial with its stop; a doubled
# mark; a possessive ending; a number; a word with inner apostrophes and hyphens (but without its possessive ending);
# three dots; any other mark.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Capt|Adm|Sgt|Maj|Rev|St|Jr|Sr|Inc|Corp|Co|Ltd)\.(?=[\s,’'”\"])"
    r"|[^\W\d_]\.(?=\s[A-Z])"
    r"|''|``"
    r"|['’][sS](?![^\W_])"
    r"|\d++(?:[.,:]\d++)*+(?![^\W_])"
    r"|[^\W_]++(?:(?!['’][sS](?![^\W_]))['’‑-][^\W_]++)*+"
    r"|\.\.\.|[^\w\s]|_"
)


class Token(NamedTuple):
    """One word or mark: offsets into the text, and the words themselves."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def tokenize(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of `text[start:end]` in text order; `text[t.start:t.end] == t.text`. White space is in none."""
    stop = len(text) if end is None else end
    return tuple(Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, stop))
