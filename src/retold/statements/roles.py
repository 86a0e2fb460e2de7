"""Who bears a role: "the senator", "the Norlandic president", "her husband" as one named person, or nobody.

Of those whose office has the head word, the one whose office has all words of the phrase; else the only one whose
office does not contradict it (another country, state or party; former against present). Of several who fit equally
well, the one who spoke last or the only one named in the sentences just before.
"""

import re
from collections.abc import Iterable, Sequence

from retold.article import Span
from retold.language.names import Entity, is_place, role_words
from retold.statements.cast import Cast, distinct, is_land_word, office_words, people_in, sentence_number
from retold.statements.context import words_of
from retold.statements.statement import Speaker

_AFTER_HEAD = re.compile(r"\s(?:of|for|to|at|in|with|from|by|on)\s")
_OWNERS = ("the ", "his ", "her ", "their ")


def bearer_of(cast: Cast, span: Span, words: str, earlier: Sequence[Speaker]) -> Entity | None:
    """The one person who bears the role that a definite phrase names (`words`: it in small letters)."""
    if not words.startswith(_OWNERS) or len(words.split()) > 7:
        return None
    wanted = [word for word in words.split()[1:] if word not in ("the", "of")]
    heads = office_words(" ".join(wanted)) & role_words()
    noun = _AFTER_HEAD.split(words, maxsplit=1)[0].split()[-1]
    if not heads or noun not in role_words() or noun.endswith(("s", "men")):
        return None
    phrase = office_words(" ".join(wanted))
    people = [one for one in cast.entities if any(heads <= office for office in cast.offices.get(one.name, ()))]
    ranked = [(_fit(cast, one, phrase, heads), one) for one in people]
    best = max((fit for fit, _ in ranked), default=0)
    chosen = [one for fit, one in ranked if fit == best] if best else _recent_without_role(cast, span, _land(wanted))
    if len(chosen) > 1:
        chosen = _last_speaker(chosen, earlier) or _named_just_before(cast, span, chosen)
    return chosen[0] if len(chosen) == 1 else None


def _fit(cast: Cast, entity: Entity, phrase: frozenset[str], heads: frozenset[str]) -> int:
    """How well a person's offices fit the words of a phrase: 3 has them all, 2 contradicts nothing, 1 has a word too
    many, 0 contradicts."""
    fits = [0]
    for office in cast.offices[entity.name]:
        if not heads <= office or _contradicts(phrase, office):
            continue
        lessened = (office & words_of("lessening an office")) - phrase
        fits.append(1 if lessened else 3 if phrase <= office else 2)
    land = _land(phrase)
    if land and _land_of(cast, entity) not in (None, land):
        return 0
    return max(fits)


def _contradicts(phrase: frozenset[str], office: frozenset[str]) -> bool:
    """Whether phrase and office name different places or parties, or only the phrase is of somebody former."""
    if "former" in phrase and "former" not in office:
        return True
    if any(word.isdecimal() for word in office):
        return True  # "the 2008 nominee" is no longer the nominee
    parties = words_of("party")  # "the Republican governor" may well be the governor of Maine
    places, others = (frozenset(word for word in words if _is_of_place(word)) for words in (phrase, office))
    pairs = ((places & parties, others & parties), (places - parties, others - parties))
    return any(ours and theirs and not ours & theirs for ours, theirs in pairs)


def _is_of_place(word: str) -> bool:
    return is_land_word(word.capitalize()) or is_place(word.capitalize())


def _last_speaker(people: Iterable[Entity], earlier: Sequence[Speaker]) -> list[Entity]:
    spoke = {speaker.name for speaker in earlier}
    return [one for one in people if one.name in spoke]


_NEAR = 2  # sentences before in which one of several bearers must be named alone


def _named_just_before(cast: Cast, span: Span, people: Sequence[Entity]) -> list[Entity]:
    number = sentence_number(cast, span.start)
    names = {one.name for one in people}
    near = Span(cast.sentences[max(0, number - _NEAR)].start, span.start) if cast.sentences else Span(0, 0)
    return [one for one in distinct(people_in(cast, near)) if one.name in names]


def _recent_without_role(cast: Cast, span: Span, land: str | None) -> list[Entity]:
    """The people of the two sentences before who have no office and of whom no other country is known."""
    number = sentence_number(cast, span.start)
    if land is None or land in words_of("party") or number == 0:
        return []
    people = distinct(people_in(cast, Span(cast.sentences[max(0, number - 2)].start, span.start)))
    return [one for one in people if not one.role and _land_of(cast, one) in (None, land)]


_LANDS = {"us": "american", "u.s.": "american", "america": "american", "uk": "british", "u.k.": "british"}


def _land(words: Iterable[str]) -> str | None:
    """The country that words of a role name, as an adjective in small letters."""
    for word in words:
        land = _LANDS.get(word, word)
        if is_land_word(land.capitalize()):
            return land
    return None


_HIS_OWN = re.compile(r"\sand\s(?:his|her)\s(?P<land>[A-Z][a-z]{2,20})\s")


def _land_of(cast: Cast, entity: Entity) -> str | None:
    """The country that a person's role, or "and his Norlandic delegation", speaks of; None: unknown."""
    known = _land((entity.role or "").lower().split())
    if known:
        return known
    after = (_HIS_OWN.match(cast.text, end) for _, end in entity.mentions)
    return next((land for match in after if match and (land := _land([match["land"].lower()]))), None)
