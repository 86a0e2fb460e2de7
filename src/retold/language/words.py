"""Words of an article as comparison sees them: where they stand, and what they are but for case and spelling."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from retold.article import Span
from retold.language.tables import read_table


class Word(NamedTuple):
    """One word: its place in the text, its form without case and spelling variants, and the root it shares.

    `norm` is equal for "refuelling" and "Refueling"; `root` also for "refuelled", and for "Ukrainian" and "Ukraine".
    `content` is False for function words ("the", "of", "that").
    """

    start: int
    end: int
    norm: str
    root: str
    content: bool


# "U.S.", "a.m."; numbers with separators ("1,000", "3.5"); words with inner apostrophes ("can't", "Venn’s").
# "no-one" stays whole, other hyphens split: "NATO-like" shares "NATO" with "the NATO treaty".
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|no-one\b|[^\W\d_]+(?:['’][^\W\d_]+)*",
    re.IGNORECASE,
)
_PRONOUNS_WITH_IS = frozenset({"it", "that", "he", "she", "there", "what", "who", "here", "this", "where", "how"})
_ENDINGS = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would", "s": "is"}
_IRREGULAR_NOT = {"ca": "can", "wo": "will", "sha": "shall"}


FUNCTION_WORDS = frozenset(row["word"] for row in read_table("retold.language", "words_function.tsv"))
_SAME_WORD = {row["written"]: row["read"] for row in read_table("retold.language", "words_same.tsv")}
_STEMMER = stemmer("english")
_DEMONYM = re.compile(r"(?<=.{4})(?:ians?|eans?|ans?|ias?|ese|is?|as?|es?)$")
_DOUBLED_L = re.compile(r"(?<=[aeiou])([^aeiou]+[aeiou]+l)l(?=ed$|ing$|er$|ers$)")
_BRITISH = (
    (re.compile(r"(?<=.{3})is(?=e$|es$|ed$|ing$|ation$|ations$|er$|ers$)"), "iz"),
    (re.compile(r"(?<=.{2})ys(?=e$|ed$|es$|ing$)"), "yz"),
    (
        re.compile(
            r"^(ard|arm|behavi|cand|clam|col|disfav|dishon|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl"
            r"|ranc|rig|rum|sav|splend|succ|tum|val|vap|vig)our"
        ),
        r"\1or",
    ),
)


@lru_cache(maxsize=65_536)
def normalize(word: str) -> str:
    """A lower-cased word with its British spelling made American. Two different words stay different.

    >>> normalize("refuelling"), normalize("colour"), normalize("four")
    ('refueling', 'color', 'four')
    """
    word = _SAME_WORD.get(word, word)
    for pattern, american in _BRITISH:
        word = pattern.sub(american, word)
    return _DOUBLED_L.sub(r"\1", word)


@lru_cache(maxsize=65_536)
def root_of(norm: str, capitalized: bool) -> str:
    """The root a word shares with its inflections; a country with its people.

    >>> root_of("sanctions", False) == root_of("sanctioned", False)
    True
    >>> root_of("veldanians", True) == root_of("veldania", True)
    True
    """
    if capitalized and norm not in FUNCTION_WORDS:
        stripped = _DEMONYM.sub("", norm)
        if stripped != norm:
            return stripped
    return str(_STEMMER.stemWord(norm))


def _parts(raw: str) -> list[str]:
    """The words inside one written form: "can't" is "can" and "not", "Venn’s" is "venn"."""
    lower = raw.lower().replace("’", "'")
    if raw in ("US", "UK", "EU", "UN") or "." in lower:
        return [_SAME_WORD.get(raw.replace(".", ""), lower.replace(".", ""))]
    if lower.endswith("n't"):
        stem = lower[:-3]
        return [_IRREGULAR_NOT.get(stem, stem), "not"]
    if lower == "cannot":
        return ["can", "not"]
    head, mark, ending = lower.partition("'")
    if not mark:
        return [lower]
    if ending == "s" and head not in _PRONOUNS_WITH_IS:
        return [head]
    return [head, _ENDINGS[ending]] if ending in _ENDINGS else [lower.replace("'", "")]


def _word(start: int, end: int, part: str, capitalized: bool) -> Word:
    norm = normalize(part)
    return Word(start, end, norm, root_of(norm, capitalized), norm not in FUNCTION_WORDS)


def words_in(text: str, spans: Iterable[Span]) -> tuple[Word, ...]:
    """The words of `text` inside `spans`, in text order, offsets into `text`.

    A contraction gives two words with one place. Empty: no word there. Raises: nothing.

    >>> [word.norm for word in words_in("They can’t use our U.S. banks", [Span(0, 29)])]
    ['they', 'can', 'not', 'use', 'our', 'america', 'banks']
    """
    found: list[Word] = []
    for start, end in spans:
        for match in _WORD.finditer(text, start, end):
            raw = match.group().rstrip("'’")
            capitalized = raw[:1].isupper()
            place = (match.start(), match.start() + len(raw))
            found += [_word(*place, part, capitalized) for part in _parts(raw)]
    return _join_names(found)


def _join_names(words: Sequence[Word]) -> tuple[Word, ...]:
    """ "United States" and "U.S." are one word; so are the other names of two words in the table."""
    joined: list[Word] = []
    for word in words:
        pair = f"{joined[-1].norm} {word.norm}" if joined else ""
        if pair in _SAME_WORD:
            joined[-1] = _word(joined[-1].start, word.end, _SAME_WORD[pair], True)
        else:
            joined.append(word)
    return tuple(joined)


def find_run(norms: Sequence[str], words: Sequence[Word]) -> range | None:
    """Where the first run of `words` with exactly these norms stands, as their indexes; None: nowhere."""
    length = len(norms)
    for start in range(len(words) - length + 1):
        if all(words[start + offset].norm == norm for offset, norm in enumerate(norms)):
            return range(start, start + length)
    return None
