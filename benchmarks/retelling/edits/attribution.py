"""Attributions dropped, added, or given to another speaker."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.retelling.names import LISTED, TITLED, find_persons, others_named
from benchmarks.retelling.speech import Saying, as_sentence, find_sayings
from benchmarks.retelling.variants import Edit, Kinds, Variant
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words

_DROPPED: Kinds = frozenset({"attribution_dropped"})
_UNMARKED: Kinds = frozenset({"attribution_dropped", "quotation_altered"})
_ADDED: Kinds = frozenset({"attribution_added"})
_OTHER: Kinds = frozenset({"speaker_changed", "name"})
_SELF = re.compile(r"\b(?:I|I['’]\w+|we|We|We['’]\w+|we['’]\w+|my|My|our|Our|us|me|you|You|your)\b")
_SAYS = re.compile(
    r"\b(?:said|says|say|saying|told|tells|asked|wrote|added|according|claim\w*|argu\w*|insist\w*|report\w*|call\w*|announc\w*"
    r"|accus\w*|note[sd]|believe\w*|suggest\w*|warn\w*|know\w*|think\w*|statement|tweet\w*|describ\w*|stat(?:ed|es)|alleg\w*|quot\w*|declar\w*)\b"
)
_PLAIN_START = re.compile(
    r"^(?:The|A|An|In|On|It|They|There|This|These|Some|Many|Most|His|Her|Their|After|During|Two|Three|Several) "
)
_OPEN_START = re.compile(r"^(?:that|how|what|why|and|but|which|because|so) ", re.I)


def drop_attribution(window: Window, _words: Words, _rng: Random) -> Iterator[Variant]:
    """What somebody said, told as a fact."""
    for saying in find_sayings(window):
        content = window.text[slice(*saying.content)]
        if saying.form == "quote" and _SELF.search(content):
            continue
        if len(content.split()) >= 6 and not _OPEN_START.match(content) and _stands_alone(window.text, saying, content):
            how = "quotation told as a fact" if saying.form == "quote" else f"{saying.form} form dropped"
            accepts = _UNMARKED if saying.form == "quote" else _DROPPED
            yield Variant(
                "attribution_dropped", how, _kept_alone(window.text, saying), accepts, (saying.start, saying.end)
            )


def _stands_alone(text: str, saying: Saying, content: str) -> bool:
    """Whether the content tells a whole statement, and a pronoun in front of it can be told without its source."""
    lost = re.match(r"(?:it|they|It|They)\b", content) and not re.match(
        r"(?:[Tt]hey|[Ii]t)\b", text[saying.source[0] :]
    )
    himself = re.match(r"(?:he|she)\b", content) and not _is_person(text[slice(*saying.source)])
    whole = not re.search(r"(?:,| and| but| or) that ", content) and not content.endswith(("?", "!"))
    return whole and not lost and not himself


def _is_person(source: str) -> bool:
    """Whether "he" or "she" in what was said may stand for the source: a name, or a pronoun already."""
    named = any(person.end == len(source) for person in find_persons(source)) or TITLED.fullmatch(source)
    return bool(named) or bool(re.fullmatch(r"[Hh]e|[Ss]he|(?!The|They)[A-Z][a-z]+(?<!s)", source))


def _kept_alone(text: str, saying: Saying) -> tuple[Edit, ...]:
    """Cut what surrounds the content and make it a sentence."""
    start, end = saying.content
    himself = re.match(r"(?:he|she)\b", text[start:end])
    source = text[slice(*saying.source)]
    if himself and source.lower() not in {"he", "she"} and saying.source[0] < start:
        edits = [Edit(saying.start, start + himself.end(), as_sentence(source).rstrip("."))]
    else:
        edits = [Edit(saying.start, start + 1, text[start].upper())]
    if text[start:end].endswith("."):
        return tuple(edits)
    return (*edits, Edit(end, saying.end, "."))


def add_attribution(window: Window, words: Words, rng: Random) -> Iterator[Variant]:
    """A plain sentence of the reporter given to somebody."""
    persons = sorted({person.name for person in find_persons(window.whole)})
    for start, end, sentence in window.plain_sentences():
        if _SAYS.search(sentence) or _SELF.search(sentence) or len(sentence.split()) < 8:
            continue
        named = [name for name in persons if not {*name.split()} & {*re.findall(r"\w+", sentence)}]
        speakers = [*words.column("speakers"), *named * 3]
        yield from _given_to(start, end, sentence, rng.choice(speakers), rng)


def _given_to(start: int, end: int, sentence: str, speaker: str, rng: Random) -> Iterator[Variant]:
    site = (start, end)
    yield Variant("attribution_added", "Y, X said", (Edit(end - 1, end, f", {speaker} said."),), _ADDED, site)
    if _PLAIN_START.match(sentence):
        capital = speaker[0].upper() + speaker[1:]
        said = rng.choice((f"{capital} said that ", f"According to {speaker}, ", f"{capital} said "))
        how = "according to X, Y" if said.startswith("According") else "X said that Y"
        yield Variant("attribution_added", how, (Edit(start, start + 1, said + sentence[0].lower()),), _ADDED, site)


def change_speaker(window: Window, _words: Words, rng: Random) -> Iterator[Variant]:
    """A saying given to another person of the report."""
    for saying in find_sayings(window):
        source = window.text[slice(*saying.source)]
        for edit, surname, how in _named(source, saying.source[0]):
            others = [person for person in others_named(window.whole, surname) if _speaks(window.whole, person.surname)]
            if others:
                other = rng.choice(others)
                new = other.name if how == "full name" else other.surname
                site = (saying.start, saying.end)
                yield Variant("speaker_changed", f"{how}: {saying.form}", (Edit(*edit, new),), _OTHER, site)


def _speaks(text: str, surname: str) -> bool:
    """Whether a text gives words to somebody of that surname."""
    verb = r"(?:said|says|told|added|wrote|argued|tweeted|called)"
    return bool(re.search(rf"{surname}(?:, [^.]{{3,60}},)? {verb}\b|\b{verb} (?:[\w.]+ ){{0,4}}{surname}", text))


def _named(source: str, offset: int) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Where a source names its person: offsets, surname, and whether in full, with a title or by surname alone."""
    for person in find_persons(source):
        if person.end == len(source):
            yield (offset + person.start, offset + person.end), person.surname, "full name"
            return
    titled = TITLED.fullmatch(source)
    if titled and titled["title"] not in {"Mr.", "Mrs.", "Ms."}:
        start, end = titled.span("surname")
        yield (offset + start, offset + end), titled["surname"], "titled"
    elif source not in LISTED and re.fullmatch(
        r"(?!The|They|He|She|Officials|Police|Democrats|Republicans)[A-Z][a-z]{3,}(?<!s)", source
    ):
        yield (offset, offset + len(source)), source, "surname"
