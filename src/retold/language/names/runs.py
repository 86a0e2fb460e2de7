"""Runs of capitalised words, cut into honorific, role and name."""

from collections.abc import Iterable, Iterator, Sequence

from retold.article import Span
from retold.language.names.clusters import core_of
from retold.language.names.lexicon import (
    HONORIFICS,
    MONTH_NAMES,
    NO_SURNAME,
    NOT_NAMES,
    PARTICLES,
    given_names,
    is_opener,
    organization_words,
    people_adjectives,
    places,
    role_words,
)
from retold.language.names.mention import Mention, NameKind
from retold.language.names.roles import (
    adjacent,
    find_name_start,
    is_age,
    is_before_number,
    is_capitalised,
    role_after,
    role_before,
)
from retold.language.tables import word_set
from retold.language.tokens import Token


def mentions_in(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """The mentions in one sentence, in text order."""
    index = 0
    first = next((number for number, token in enumerate(tokens) if token.is_word), 0)
    while index < len(tokens):
        if not is_capitalised(tokens[index]):
            index += 1
            continue
        end = _run_end(text, tokens, index)
        yield from _read_run(text, tokens, index, end, opens=index <= first)
        index = end


def _run_end(text: str, tokens: Sequence[Token], start: int) -> int:
    """The end of the run of capitalised words from `start`: particles and the "of" of offices and bodies inside."""
    end = start + 1
    while end < len(tokens) and adjacent(text, tokens[end - 1], tokens[end]):
        if is_capitalised(tokens[end]) or (tokens[end].text == "&" and end + 1 < len(tokens)):
            end += 1
            continue
        if tokens[end].text in ("'", "’", "'s", "’s") and (beyond := _past_owners(text, tokens, start, end)):
            end = beyond
            continue
        bridge = end
        allowed = _bridges(tokens[end - 1].text.lower())
        while bridge < len(tokens) and bridge - end < 3 and tokens[bridge].text in allowed:
            bridge += 1
        if bridge == end or bridge == len(tokens) or not is_capitalised(tokens[bridge]):
            break
        end = bridge + 1
    return end


def _past_owners(text: str, tokens: Sequence[Token], start: int, mark: int) -> int:
    """Where a body's name that owners begin ends ("Harbour Workers' Union"); 0: what stands before owns no name."""
    owners = tokens[mark - 1]
    plural = owners.text.endswith("s") and tokens[mark].text in ("'", "’") and owners.text not in people_adjectives()
    if not (plural or owners.text.lower() in _OWNERS) or owners.end != tokens[mark].start:
        return 0
    if any(name in places() for name in (owners.text, text[tokens[start].start : owners.end])):
        return 0
    end = mark + 1
    while end < len(tokens) and is_capitalised(tokens[end]) and adjacent(text, tokens[end - 1], tokens[end]):
        end += 1
    return end if end > mark + 1 and tokens[end - 1].text.lower() in organization_words() else 0


_OWNERS = word_set("retold.language", "owners in names of bodies")


def _bridges(before: str) -> frozenset[str]:
    """The small words over which a name may run on after the word `before`."""
    if before in role_words() or before in organization_words():
        return frozenset(("of", "the"))
    return PARTICLES


def _read_run(text: str, tokens: Sequence[Token], start: int, end: int, *, opens: bool) -> Iterator[Mention]:
    """Split a run into honorific, role and name; nothing when no name is left."""
    if end == start + 1 and tokens[start].text.lower() in MONTH_NAMES and _may_be_month_name(tokens, start, opens):
        yield Mention((tokens[start].text,), tokens[start].span, "unknown", None, None, opens=True, the=False)
        return
    start, opens = _skip_openers(tokens, start, end, opens)
    while end > start and not _may_end_name(tokens, start, end):
        end -= 1
    name_start, title, role_start = find_name_start(tokens, start, end)
    if name_start >= end:
        yield from _place_of_office(text, tokens, start, end)
        return
    role = role_before(text, tokens, role_start, name_start) or role_after(text, tokens, end)
    span = Span(tokens[name_start].start, tokens[end - 1].end)
    words: tuple[str, ...] = tuple(text[slice(*span)].split())
    if all(word in people_adjectives() for word in words):
        return
    the = start > 0 and tokens[start - 1].text.lower() in ("the", "a", "an") and name_start == start
    kind = _kind(words, title, role)
    if kind == "unknown" and len(words) > 1 and not the and _is_shown_as_person(tokens, end):
        kind = "person"
    if role and len(core_of(words)) == 1 and role.split()[-1].lower() in _REGNAL:
        words = (role.split()[-1].capitalize(), *words)  # "King Hussein" is another than Saddam Hussein
    yield Mention(words, span, kind, title, role if kind == "person" else None, opens and name_start == start, the)


def _place_of_office(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Mention]:
    """The country of an office without a name: "Envoys of Norway"."""
    for first in range(max(start, end - 2), end):
        span = Span(tokens[first].start, tokens[end - 1].end)
        words = tuple(text[slice(*span)].split())
        if " ".join(words) in places():
            yield Mention(words, span, "place", None, None, opens=False, the=False)
            return


_REGNAL = word_set("retold.language", "title before a given name")

_BEFORE_DATES = word_set("retold.language", "word before a date")


def _skip_openers(tokens: Sequence[Token], start: int, end: int, opens: bool) -> tuple[int, bool]:
    """Leave out function words, and the participle that opens a sentence ("Inviting Ms Doe"), from a run's start."""
    if opens and end > start + 1 and tokens[start].text.endswith("ing") and len(tokens[start].text) > 5:
        word = tokens[start].text
        if word not in given_names() and word not in places() and word.lower() not in _ING_NAMES:
            start, opens = start + 1, False
    if opens and end == start + 2 and tokens[start].text.lower() in _SAYING:
        start, opens = start + 1, False
    while start < end and is_opener(tokens[start].text):
        start, opens = start + 1, False
    return start, opens


_ING_NAMES = word_set("retold.language", "name in -ing")

_SAYING = word_set("retold.language", "verb of saying")


def _may_end_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the last word of a run can be a name's: no day or month but the "May" of "Theresa May"."""
    last = tokens[end - 1]
    if not is_capitalised(last):
        return False
    if last.text.lower() not in NOT_NAMES:
        return True
    if last.text.lower() not in MONTH_NAMES or end - 1 == start or is_before_number(tokens, end):
        return False
    before = tokens[end - 2].text
    return before in given_names() or before.lower() in HONORIFICS or before.lower() in role_words()


def _may_be_month_name(tokens: Sequence[Token], at: int, opens: bool) -> bool:
    """Whether a lone "May" can be a surname: it stands where no date and no verb stands."""
    if at + 1 >= len(tokens) or is_before_number(tokens, at + 1):
        return False
    before = tokens[at - 1].text.lower() if at else ""
    after = tokens[at + 1].text.lower()
    if opens:
        return after in ("said", "has", "had", "is", "was", "told", "’s", "'s")
    return before not in _BEFORE_DATES and not before[:1].isdigit() and after not in (",", "and")


def _is_shown_as_person(tokens: Sequence[Token], end: int) -> bool:
    """Whether what follows a name is what follows a person's: an age, or "who"."""
    if end + 2 >= len(tokens) or tokens[end].text != ",":
        return False
    return tokens[end + 1].text == "who" or is_age(tokens, end + 1)


def _kind(words: tuple[str, ...], title: str | None, role: str | None) -> NameKind:
    joined = " ".join(words)
    if title or (role and joined not in places()):
        return "person"
    if joined in places():
        return "place"
    if words[-1] in people_adjectives():
        return "unknown"  # "House Democrats"
    if words[-1].lower() in organization_words() or words[0].lower() in ("university", "bank", "department", "house"):
        return "organization"
    if words[0] in given_names() and 1 < len(words) < 6 and words[-1].lower() not in NO_SURNAME:
        return "person"
    if len(words) == 1 and 2 <= len(words[0]) <= 6 and words[0].isupper():
        return "organization"
    return "unknown"


def believable(mentions: Iterable[Mention], lower_words: set[str]) -> list[Mention]:
    """Leave out single words that are names only by opening a sentence ("Sanctions", "Speaking")."""
    kept = list(mentions)
    inside = {word for mention in kept if not mention.opens or len(mention.words) > 1 for word in mention.words}

    def believable(mention: Mention) -> bool:
        word = mention.words[0]
        if len(mention.words) > 1 or not mention.opens or mention.kind != "unknown" or word in inside:
            return True
        is_person = mention.seen is not None and mention.seen.kind == "person"
        return word.lower() not in lower_words and (is_person or not word.endswith(("ing", "ly", "ed")))

    return [mention for mention in kept if believable(mention)]
