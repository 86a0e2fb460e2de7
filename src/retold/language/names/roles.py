"""The office or occupation that stands beside a name."""

from collections.abc import Sequence

from retold.language.names.lexicon import (
    HONORIFICS,
    given_names,
    organization_words,
    people_adjectives,
    places,
    role_words,
)
from retold.language.tables import word_set
from retold.language.tokens import Token

_LONGEST_ROLE = 8  # words of an apposition that are kept as a role


def is_capitalised(token: Token) -> bool:
    return token.text[0].isupper()


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Whether only white space of one line stands between two tokens."""
    return right.start - left.end <= 2 and "\n" not in text[left.end : right.start]


def is_before_number(tokens: Sequence[Token], end: int) -> bool:
    return end < len(tokens) and tokens[end].text[0].isdigit()


def is_age(tokens: Sequence[Token], at: int) -> bool:
    return (
        at + 1 < len(tokens)
        and tokens[at].text.isdecimal()
        and len(tokens[at].text) == 2
        and tokens[at + 1].text in (",", ".")
    )


def find_name_start(tokens: Sequence[Token], start: int, end: int) -> tuple[int, str | None, int]:
    """Where the name itself begins, the honorific before it, and where the role before it begins."""
    title = None
    begin = start
    for index in range(start, end):
        word = tokens[index].text.lower()
        if word in HONORIFICS:
            title, begin = word.rstrip("."), index + 1
        elif _is_office(word) and not _is_body(tokens, end):
            if index == end - 1 and begin < index and tokens[begin].text in given_names():
                break  # "Larry King": a surname
            begin = _after_office(tokens, index + 1, end)
    return begin, title, start


def _is_office(word: str) -> bool:
    """Whether a word before a name is of office: "co-founder", "Oscar-winner"."""
    _, hyphen, last = word.rpartition("-")
    return word in role_words() or bool(hyphen and last in role_words())


def _is_body(tokens: Sequence[Token], end: int) -> bool:
    """Whether a run is the name of a body although it holds a word of office ("Justice Department")."""
    return tokens[end - 1].text.lower() in organization_words()


def _after_office(tokens: Sequence[Token], index: int, end: int) -> int:
    """Skip "of State", "of Homeland Security", "of the House" after a word of office."""
    if index >= end or tokens[index].text != "of":
        return index
    index += 1
    while index < end and tokens[index].text in ("the", "Homeland", "Foreign"):
        index += 1
    return min(end, index + 1)


def role_before(text: str, tokens: Sequence[Token], start: int, name_start: int) -> str | None:
    """The role words right before a name: of its own run, or a noun of office in small letters."""
    before = [token for token in tokens[start:name_start] if token.text.lower() not in HONORIFICS]
    begin = start if before else name_start
    lower = begin
    while lower > 0 and begin - lower < 4 and _may_modify_role(text, tokens, lower):
        lower -= 1
    if lower < begin and (before or tokens[begin - 1].text.lower() in role_words()):
        begin = lower
    if begin == name_start:
        return _role_before_comma(text, tokens, name_start)
    last = before[-1].end if before else tokens[name_start - 1].end
    if name_start - begin > _LONGEST_ROLE:
        return None  # a headline in Title Case
    if not any(token.text.lower() in role_words() for token in tokens[begin:name_start]):
        return None
    return text[tokens[begin].start : last]


def _role_before_comma(text: str, tokens: Sequence[Token], name_start: int) -> str | None:
    """The role to which a name is put in apposition: "Norland’s chief negotiator, " before "Teo Brandt"."""
    comma = name_start - 1
    if comma < 2 or tokens[comma].text != "," or tokens[comma - 1].text not in role_words():
        return None
    if name_start + 1 >= len(tokens) or not is_capitalised(tokens[name_start + 1]):
        return None  # "the chief negotiator, Ordany said"
    begin = comma - 1
    while begin > 0 and comma - begin < 5 and _may_modify_role(text, tokens, begin):
        begin -= 1
    owner = tokens[begin - 1].text.lower() if begin else ""
    if owner not in ("’s", "'s", "’", "'", "the", "a", "an", "his", "her", "its", "their"):
        return None
    return text[tokens[begin].start : tokens[comma - 1].end]


def _may_modify_role(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether the token before `index` can belong to role words ("special envoy", "former US president")."""
    token = tokens[index - 1]
    if not token.is_word or not adjacent(text, token, tokens[index]):
        return False
    word = token.text.lower()
    if word in role_words() or token.text in people_adjectives() or token.text in places():
        return True
    return word in _ROLE_MODIFIERS


_ROLE_MODIFIERS = word_set("retold.language", "role modifier")


def role_after(text: str, tokens: Sequence[Token], end: int) -> str | None:
    """The role in an apposition after a name: ", the chief mediator for the islands,"."""
    if end + 1 >= len(tokens) or tokens[end].text != ",":
        return None
    start = end + 1
    if is_age(tokens, start) and start + 2 < len(tokens):
        start += 2
    if tokens[start].text.lower() in ("the", "a", "an", "his", "her", "their", "its", "who", "one"):
        if tokens[start].text == "who":
            return None
        start += 1
    stop = start
    while stop < len(tokens) and stop - start < 12 and (tokens[stop].is_word or tokens[stop].text in _POSSESSIVE):
        stop += 1
    head = start
    while head < stop and tokens[head].text.lower() not in _ROLE_ENDS:
        head += 1
    if head == start or head - start > 5 or not _is_occupation(tokens[head - 1].text.lower()):
        return None
    closed = stop < len(tokens) and tokens[stop].text in ",.;)—–" and stop - start <= _LONGEST_ROLE
    return text[tokens[start].start : tokens[stop - 1 if closed else head - 1].end]


_ROLE_ENDS = word_set("retold.language", "role end")

_POSSESSIVE = ("’s", "'s", "’", "'")


def _is_occupation(word: str) -> bool:
    """Whether a noun is of office or occupation; "net-maker", "rights-activist" by their last part."""
    last = word.rsplit("-", 1)[-1]
    return last in role_words() or (last != word and last.endswith(("maker", "keeper", "worker", "owner", "driver")))
