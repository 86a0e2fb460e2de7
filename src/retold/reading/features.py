"""What is seen of a line: how it looks, what it says, where it stands, and how it fits what the text is about.

Every feature is a word of the form "what:which" that either holds or does not; `line_weights.tsv` says what each speaks
for.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from retold.language.words import FUNCTION_WORDS
from retold.reading.extent import count_topic, find_article
from retold.reading.lines import Line, content_words

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_STOP = re.compile(r"[.!?][”\"’')\]]{0,3}(?=\s+[“\"‘'(\[]?[A-Z0-9])")
PATTERNS = {
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "time": re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b", re.I),
    "whole-date": re.compile(
        r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2},? (?:19|20)\d\d"
        r"|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?,? (?:19|20)\d\d"
        r"|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    ),
    "address": re.compile(r"https?://|www\.|\w@\w|\.(?:com|org|net)\b"),
    "handle": re.compile(r"(?<!\w)[@#]\w"),
    "bar": re.compile(r" [|·•»›] |^[|·•»›]"),
    "quote": re.compile(r"[“”\"]"),
    "bracket": re.compile(r"[(\[]"),
    "slash": re.compile(r"\w/\w"),
    "dash": re.compile(r" [–—-] "),
    "colon": re.compile(r":"),
    "you": re.compile(r"\b(?:you|your|we|our|us|me|my|I)\b", re.I),
    "he": re.compile(r"\b(?:he|she|they|his|her|their|him|them|it|its)\b", re.I),
    "said": re.compile(r"\b(?:said|says|told|wrote|added|asked|tweeted|according)\b"),
    "past": re.compile(r"\b(?:was|were|had|did)\b"),
    "digit": re.compile(r"\d"),
    "question": re.compile(r"\?"),
    "change": re.compile(r"[+-]\d+\.\d\d\b"),
    "glued": re.compile(r"[a-z.)][A-Z][a-z]"),
}
# All that a line of letters alone can have.
_IN_LETTERS = {name: PATTERNS[name] for name in ("you", "he", "said", "past", "glued")}
_BY_SIZE = frozenset({"year", "whole-date", "quote", "said", "you", "he", "past"})
_ENDS = (
    ("dots", re.compile(r"(?:…|\.\.\.)\W{0,3}$")),
    ("question", re.compile(r"[?？][”\"’')\]」』]{0,3}$")),
    ("stop", re.compile(r"[.!。！][”\"’')\]*」』]{0,4}$")),
    ("quote", re.compile(r"[”\"’']$")),
    ("colon", re.compile(r":$")),
    ("comma", re.compile(r"[,;–—-]$")),
    ("bracket", re.compile(r"[)\]]$")),
    ("digit", re.compile(r"\d$")),
)
_BEGINS = (
    ("quote", re.compile(r"[“\"‘']")),
    ("bullet", re.compile(r"[•*·▪►→»-]|\d{1,2}[.)] ")),
    ("bracket", re.compile(r"[(\[]")),
    ("digit", re.compile(r"\d")),
    ("lower", re.compile(r"[a-z]")),
    ("upper", re.compile(r"[^\W\d_]")),
)


# A whole paragraph in quotation marks without who said it; the author below or behind a post.
_ALL_QUOTED = re.compile(r"^[“\"‘'][^“”\"]{20,}[”\"’']?$")
_SIGNED = re.compile(r"(?:^|\s)[—–-]{1,2} ?[A-Z][^.!?]{2,60}$|\(@\w{2,20}\) [A-Z][a-z]{2,8} \d{1,2}, \d{4}$")


class Surroundings(NamedTuple):
    """What is known about a text as a whole.

    `topic` is how often its sentences have each content word, `where` the place of each line in regard of the
    stretch that is likely the article, `sort` whether it is a page with its menus ("page", "mixed", "article"),
    `repeats` how often each line stands in the text, `recurring` the lines that several articles of the outlet
    have, `title` the content words of its title, as far as known.
    """

    topic: Mapping[str, int]
    where: Sequence[str]
    sort: str
    repeats: Mapping[str, int]
    recurring: frozenset[str] = frozenset()
    title: frozenset[str] = frozenset()


def look_round(
    lines: Sequence[Line], *, title: str | None = None, recurring: frozenset[str] = frozenset()
) -> Surroundings:
    """What is known about the text of these lines as a whole; see `Surroundings`."""
    parts = find_article(lines)
    where = tuple(_where(index, parts) for index in range(len(lines)))
    return Surroundings(
        topic=count_topic(lines, parts),
        where=where,
        sort=_sort_of(lines, where),
        repeats=Counter(line.text for line in lines),
        recurring=recurring,
        title=frozenset(content_words(title or "")),
    )


def _where(index: int, parts: Sequence[range]) -> str:
    """Where a line is in regard of the stretches that hold the article."""
    first, last = parts[0].start, parts[-1].stop
    if index < first:
        return f"before-{_bin(first - index, (1, 2, 4, 10))}"
    if index >= last:
        return f"after-{_bin(index - last + 1, (1, 2, 4, 10))}"
    if index in (first, last - 1):
        return "first" if index == first else "last"
    return "inside" if any(index in part for part in parts) else "between"


def find_features(lines: Sequence[Line], around: Surroundings, known: Sequence[object]) -> list[list[str]]:
    """The features of each line, in order; none for a line of which it is known what it is."""
    kinds = [_rough(line) for line in lines]
    ends = [_end(line.text) for line in lines]
    lower = [line.text[0].islower() for line in lines]
    under = list(_under(lines))
    found: list[list[str]] = []
    for index, line in enumerate(lines):
        if known[index] is not None:
            found.append([])
            continue
        features = [*_own(line), *line.marks, *_fit(line, around), *_place(lines, index, around)]
        features += _neighbours(kinds, ends, lower, index)
        features.append(f"under:{under[index]}")
        features += [f"{around.sort} {one}" for one in features if one.startswith(_BY_SORT)]
        features.append(f"text:{around.sort}")
        found.append(features)
    return found


# What means one thing in a page with its menus and another in an article alone.
_BY_SORT = ("where:", "size:", "known words:", "under:", "before:", "after:", "cue kind:", "end:", "begin:", "from")


def _under(lines: Sequence[Line]) -> Iterator[str]:
    """The heading of furniture (links, comments, tags) that a line stands under, and how far below."""
    last, at = "nothing", 0
    for index, line in enumerate(lines):
        if line.prose and line.word_count >= 40:
            last = "nothing"
        distance = index - at
        yield last if last == "nothing" else f"{last} {'next' if distance == 1 else 'near' if distance < 8 else 'far'}"
        if line.cue and line.cue.ends:
            last, at = line.cue.how, index


def _sort_of(lines: Sequence[Line], where: Sequence[str]) -> str:
    """Whether a text is a page with all its menus, or little but an article."""
    above = sum(place.startswith("before") for place in where)
    prose = sum(line.prose or line.cut for line in lines) / max(1, len(lines))
    if len(lines) >= _PAGE_LINES and (prose < 0.3 or (above > 6 and prose < 0.55)):
        return "page"
    return "mixed" if prose < 0.7 else "article"


def _end(text: str) -> str:
    """How a line ends."""
    return next((name for name, pattern in _ENDS if pattern.search(text[-8:])), "none")


def _bin(value: float, steps: Sequence[float]) -> str:
    """The step that a value lies on, by its lower edge; "less" below the first."""
    reached = [step for step in steps if value >= step]
    return f"{reached[-1]:g}" if reached else "less"


_PAGE_LINES = 20  # the shortest labelled page has 23, and few scrapes of 20 have so little prose
_PROSE = 60  # words; a paragraph of so many is told by other things than single words
_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 40, 80)


def _own(line: Line) -> Iterator[str]:
    """What a line shows by itself."""
    text = line.text
    length = _bin(line.word_count, _LENGTHS)
    end = _end(text)
    yield f"words:{length}"
    yield f"end:{end}"
    size = "short" if line.word_count < 8 else "middle" if line.word_count < 25 else "long"
    yield f"size:{size} end:{end}"
    if _ALL_QUOTED.match(text):
        yield f"all quoted size:{size}"
    if _SIGNED.search(text):
        yield "signed"
    yield "begin:" + next((name for name, pattern in _BEGINS if pattern.match(text)), "other")
    cue = line.cue.how if line.cue else "none"
    yield f"cue:{cue}"
    yield f"cue kind:{line.cue.kind if line.cue else 'none'}"
    yield f"told:{line.part.kind or 'nothing'}"
    plain = text.replace(" ", "").isalpha()
    for name, pattern in PATTERNS.items() if not plain else _IN_LETTERS.items():
        if pattern.search(text):
            yield f"has:{name}"
            if name in _BY_SIZE:
                yield f"has:{name} size:{size}"
    words = _WORD.findall(text)
    if words:
        share = sum(word.lower() in FUNCTION_WORDS for word in words) / len(words)
        yield f"function words:{_bin(share, (0.01, 0.2, 0.3, 0.4, 0.5))}"
        yield f"capitals:{_capitals(words)} size:{size}"
        yield f"stops:{_bin(len(_SENTENCE_STOP.findall(text)), (0, 1, 2, 4))}"
        for word in dict.fromkeys(word.lower() for word in words) if len(words) < _PROSE else ():
            yield f"says:{word}"
        yield f"first:{words[0].lower()}"
    else:
        yield "function words:none"


def _capitals(words: Sequence[str]) -> str:
    long = [word for word in words if len(word) > 3]
    if not long:
        return "no long word"
    if all(word.isupper() for word in words):
        return "all"
    share = sum(word[0].isupper() for word in long) / len(long)
    return _bin(share, (0.01, 0.3, 0.6, 0.9))


def _fit(line: Line, around: Surroundings) -> Iterator[str]:
    """How a line fits what the text is about."""
    words = content_words(line.text.replace("-", " "))
    own = set(words) if line.prose else set()
    known = [around.topic.get(word, 0) - (word in own) > 0 for word in words]
    size = "few" if len(words) < 4 else "some" if len(words) < 10 else "many"
    share = sum(known) / len(known) if known else 0.0
    yield f"known words:{_bin(share, (0.01, 0.2, 0.35, 0.5, 0.7, 0.9))} of {size}" if known else "known words:no words"
    names = [word.lower() for word in _WORD.findall(line.text)[1:] if word[0].isupper() and len(word) > 2]
    names = [word.removesuffix("'s").removesuffix("’s") for word in names]
    if names:
        hits = sum(around.topic.get(word, 0) - (word in own) > 0 for word in names)
        yield f"known names:{_bin(hits / len(names), (0.01, 0.3, 0.6, 0.9))} of {'one' if len(names) == 1 else 'some'}"
    if around.title and words:
        yield f"title words:{_bin(sum(word in around.title for word in words) / len(words), (0.01, 0.3, 0.6, 0.9))}"
    if around.repeats.get(line.text, 0) > 1:
        yield "repeated:here"
    if line.text in around.recurring:
        yield "repeated:recurring"


def _place(lines: Sequence[Line], index: int, around: Surroundings) -> Iterator[str]:
    """Where a line stands in the text."""
    yield f"where:{around.where[index]}"
    yield f"from start:{_bin(index, (0, 1, 2, 3, 5, 9, 20))}"
    yield f"from end:{_bin(len(lines) - 1 - index, (0, 1, 2, 3, 5, 9, 20))}"
    line = lines[index]
    shape = "prose" if line.prose else "cut" if line.cut else "short"
    yield f"where:{around.where[index]} {shape}"


def _rough(line: Line) -> str:
    """What a neighbour is seen as."""
    if line.part.kind:
        return f"told {line.part.kind}"
    if line.cue:
        return f"cue {line.cue.kind}"
    if line.prose or line.cut:
        return "long prose" if line.word_count >= 25 else "prose"
    return "short, stopped" if line.text[-1] in '.!?”"' else "short" if line.word_count > 3 else "very short"


def _neighbours(kinds: Sequence[str], ends: Sequence[str], lower: Sequence[bool], index: int) -> Iterator[str]:
    """What stands around a line."""
    yield f"ends before:{ends[index - 1] if index else 'edge'}"
    if index and ends[index - 1] in ("none", "comma") and lower[index]:
        yield "goes on:from before"
    if index + 1 < len(lower) and ends[index] in ("none", "comma") and lower[index + 1]:
        yield "goes on:after"
    for name, step in (("before", -1), ("after", 1), ("two before", -2), ("two after", 2)):
        at = index + step
        yield f"{name}:{kinds[at] if 0 <= at < len(kinds) else 'edge'}"
