"""Who and what an article names: people, bodies and places, each with all its mentions and the role the text gives.

The way: runs of capitalised words are cut out of each sentence, their honorifics and roles split off; runs of several
words become entities; shorter mentions ("Mr Doe", "Doe", "the Commission" is not one) are linked to the one entity
they can stand for. A surname that two people share belongs to the only one named so far, to the one whom a title, a
role or a given name tells, or to the one who is named far more often; else to neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from retold.article import Article, Block, Record, Span
from retold.language.sentences import split_sentences
from retold.language.tables import read_table, word_set
from retold.language.tokens import Token, tokenize

NameKind = Literal["person", "organization", "place", "unknown"]

HONORIFICS = word_set("retold.language", "honorific")
"""Forms of address: they show that a person follows and are no part of the name."""

ABBREVIATED_ROLES = {
    "sen.": "senator", "sens.": "senator", "rep.": "representative", "reps.": "representative", "gov.": "governor",
    "gen.": "general", "col.": "colonel", "lt.": "lieutenant", "capt.": "captain", "adm.": "admiral",
    "sgt.": "sergeant", "maj.": "major",
}  # fmt: skip

_PARTICLES = word_set("retold.language", "name particle")
_NOT_NAMES = word_set("retold.language", "no name")
_LONGEST_ROLE = 8  # words of an apposition that are kept as a role


class Entity(Record, frozen=True, kw_only=True):
    """One person, body or place of an article.

    `name` is the fullest form in the article, without honorific; `role` the role words that the text gives, None:
    it gives none. `mentions` are all its mentions, short forms included, in text order, each without honorific and
    possessive ending.
    """

    name: str
    kind: NameKind
    role: str | None
    mentions: tuple[Span, ...]


class _Mention(NamedTuple):
    words: tuple[str, ...]
    span: Span
    kind: NameKind
    title: str | None  # honorific, lower case
    role: str | None
    opens: bool  # the first word of its sentence: its capital proves nothing
    the: bool  # "the" or "a" stands before it: no person


@cache
def role_words() -> frozenset[str]:
    """Nouns of office and occupation, singular and plural, lower case."""
    rows = [row["role"] for row in read_table("retold.language", "roles.tsv")]
    plurals = {_plural(row) for row in rows}
    return frozenset(rows) | plurals | frozenset(ABBREVIATED_ROLES)


def _plural(noun: str) -> str:
    if noun.endswith(("man", "woman")):
        return noun[:-2] + "en"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


@cache
def organization_words() -> frozenset[str]:
    """Nouns that end the names of bodies, lower case."""
    return frozenset(row["word"] for row in read_table("retold.language", "organization_words.tsv"))


@cache
def people_adjectives() -> frozenset[str]:
    """Adjectives of nationality, faith and party, and their plurals: names of nobody."""
    rows = [row["adjective"] for row in read_table("retold.language", "adjectives_of_people.tsv")]
    return frozenset(rows) | frozenset(row + "s" for row in rows)


@cache
def _given_names() -> dict[str, str]:
    return {row["name"]: row["pronoun"] for row in read_table("retold.language", "given_names.tsv")}


def pronoun_of_given_name(name: str) -> str:
    """ "he" or "she" for a full name whose given name nearly always goes with it; "" where it does not tell."""
    words = name.split()
    pronoun = _given_names().get(words[0], "") if len(words) > 1 else ""
    return "" if pronoun == "either" else pronoun


@cache
def _same_names() -> dict[str, str]:
    return {row["form"]: row["name"] for row in read_table("retold.language", "same_names.tsv")}


@cache
def _places() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("retold.language", "places.tsv"))


@cache
def _place_words() -> frozenset[str]:
    words = {word for place in _places() for word in place.split() if len(word) > 3}
    return _places() | (words - {"New", "North", "South", "East", "West", "City", "United", "States", "Islands"})


def is_place(name: str) -> bool:
    """Whether a name is a place's, or one word is telling in such a name ("Jersey" of "New Jersey")."""
    return name in _place_words()


@cache
def _openers() -> frozenset[str]:
    rows = frozenset(row["word"].lower() for row in read_table("retold.language", "sentence_openers.tsv"))
    return rows | _NOT_NAMES


def find_entities(article: Article) -> tuple[Entity, ...]:
    """Find the people, bodies and places that the article's own blocks name, in order of first mention.

    Empty: none found. Adjectives of nationality, days and months are no names. A block in Title Case is searched only
    for names that stand elsewhere too: there a capital proves nothing.
    """
    lower_words: set[str] = set()
    mentions: list[_Mention] = []
    titled: list[Block] = []
    for block in article.own_blocks():
        if is_title_case(article.text, block):
            titled.append(block)
            continue
        for sentence in split_sentences(article.text, block.start, block.end):
            tokens = tokenize(article.text, *sentence)
            lower_words.update(token.text for token in tokens if token.text[0].islower())
            mentions.extend(_mentions(article.text, tokens))
    clusters = _cluster(_believable(mentions, lower_words))
    words = {mention.words[0] for mention in mentions}
    found = [_entity(cluster, words) for cluster in clusters]
    return tuple(sorted(_with_titles(article.text, found, titled), key=lambda entity: entity.mentions[0]))


def is_title_case(text: str, block: Block) -> bool:
    """Whether a block is a line without a full stop whose long words are mostly capitalised: there a capital proves
    nothing."""
    line = text[block.start : block.end].strip()
    if block.kind == "headline":
        line = line.removesuffix(".")  # some papers' archives end a headline with a stop
    if line.endswith((".", "”", '"')) or len(line) > 200:
        return False
    long_words = [token.text for token in tokenize(line) if len(token.text) > 3 and token.text[0].isalpha()]
    return len(long_words) > 2 and sum(word[0].isupper() for word in long_words) > 0.7 * len(long_words)


def _is_capitalised(token: Token) -> bool:
    return token.text[0].isupper()


def _mentions(text: str, tokens: Sequence[Token]) -> Iterator[_Mention]:
    """The mentions in one sentence, in text order."""
    index = 0
    first = next((number for number, token in enumerate(tokens) if token.is_word), 0)
    while index < len(tokens):
        if not _is_capitalised(tokens[index]):
            index += 1
            continue
        end = _run_end(text, tokens, index)
        yield from _read_run(text, tokens, index, end, opens=index <= first)
        index = end


def _adjacent(text: str, left: Token, right: Token) -> bool:
    """Whether only white space of one line stands between two tokens."""
    return right.start - left.end <= 2 and "\n" not in text[left.end : right.start]


def _run_end(text: str, tokens: Sequence[Token], start: int) -> int:
    """The end of the run of capitalised words from `start`: particles and the "of" of offices and bodies inside."""
    end = start + 1
    while end < len(tokens) and _adjacent(text, tokens[end - 1], tokens[end]):
        if _is_capitalised(tokens[end]) or (tokens[end].text == "&" and end + 1 < len(tokens)):
            end += 1
            continue
        if tokens[end].text in ("'", "’", "'s", "’s") and (beyond := _past_owners(text, tokens, start, end)):
            end = beyond
            continue
        bridge = end
        allowed = _bridges(tokens[end - 1].text.lower())
        while bridge < len(tokens) and bridge - end < 3 and tokens[bridge].text in allowed:
            bridge += 1
        if bridge == end or bridge == len(tokens) or not _is_capitalised(tokens[bridge]):
            break
        end = bridge + 1
    return end


def _past_owners(text: str, tokens: Sequence[Token], start: int, mark: int) -> int:
    """Where a body's name that owners begin ends ("Harbour Workers' Union"); 0: what stands before owns no name."""
    owners = tokens[mark - 1]
    plural = owners.text.endswith("s") and tokens[mark].text in ("'", "’") and owners.text not in people_adjectives()
    if not (plural or owners.text.lower() in _OWNERS) or owners.end != tokens[mark].start:
        return 0
    if any(name in _places() for name in (owners.text, text[tokens[start].start : owners.end])):
        return 0
    end = mark + 1
    while end < len(tokens) and _is_capitalised(tokens[end]) and _adjacent(text, tokens[end - 1], tokens[end]):
        end += 1
    return end if end > mark + 1 and tokens[end - 1].text.lower() in organization_words() else 0


_OWNERS = word_set("retold.language", "owners in names of bodies")


def _bridges(before: str) -> frozenset[str]:
    """The small words over which a name may run on after the word `before`."""
    if before in role_words() or before in organization_words():
        return frozenset(("of", "the"))
    return _PARTICLES


def _read_run(text: str, tokens: Sequence[Token], start: int, end: int, *, opens: bool) -> Iterator[_Mention]:
    """Split a run into honorific, role and name; nothing when no name is left."""
    if end == start + 1 and tokens[start].text.lower() in _MONTH_NAMES and _may_be_month_name(tokens, start, opens):
        yield _Mention((tokens[start].text,), tokens[start].span, "unknown", None, None, opens=True, the=False)
        return
    start, opens = _skip_openers(tokens, start, end, opens)
    while end > start and not _may_end_name(tokens, start, end):
        end -= 1
    name_start, title, role_start = _name_start(tokens, start, end)
    if name_start >= end:
        yield from _place_of_office(text, tokens, start, end)
        return
    role = _role_before(text, tokens, role_start, name_start) or _role_after(text, tokens, end)
    span = Span(tokens[name_start].start, tokens[end - 1].end)
    words: tuple[str, ...] = tuple(text[slice(*span)].split())
    if all(word in people_adjectives() for word in words):
        return
    the = start > 0 and tokens[start - 1].text.lower() in ("the", "a", "an") and name_start == start
    kind = _kind(words, title, role)
    if kind == "unknown" and len(words) > 1 and not the and _is_shown_as_person(tokens, end):
        kind = "person"
    if role and len(_core(words)) == 1 and role.split()[-1].lower() in _REGNAL:
        words = (role.split()[-1].capitalize(), *words)  # "King Hussein" is another than Saddam Hussein
    yield _Mention(words, span, kind, title, role if kind == "person" else None, opens and name_start == start, the)


def _place_of_office(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[_Mention]:
    """The country of an office without a name: "Envoys of Norway"."""
    for first in range(max(start, end - 2), end):
        span = Span(tokens[first].start, tokens[end - 1].end)
        words = tuple(text[slice(*span)].split())
        if " ".join(words) in _places():
            yield _Mention(words, span, "place", None, None, opens=False, the=False)
            return


_REGNAL = word_set("retold.language", "title before a given name")
_MONTH_NAMES = word_set("retold.language", "month and name")
_BEFORE_DATES = word_set("retold.language", "word before a date")


def _skip_openers(tokens: Sequence[Token], start: int, end: int, opens: bool) -> tuple[int, bool]:
    """Leave out function words, and the participle that opens a sentence ("Inviting Ms Doe"), from a run's start."""
    if opens and end > start + 1 and tokens[start].text.endswith("ing") and len(tokens[start].text) > 5:
        word = tokens[start].text
        if word not in _given_names() and word not in _places() and word.lower() not in _ING_NAMES:
            start, opens = start + 1, False
    if opens and end == start + 2 and tokens[start].text.lower() in _SAYING:
        start, opens = start + 1, False
    while start < end and is_opener(tokens[start].text):
        start, opens = start + 1, False
    return start, opens


def is_opener(word: str) -> bool:
    """Whether a capitalised word is no part of the name it stands before: an article, a day, "Meanwhile"."""
    return word.lower() in _openers() and word.lower() not in HONORIFICS and word != "US"


_ING_NAMES = word_set("retold.language", "name in -ing")
_SAYING = word_set("retold.language", "verb of saying")


def _may_end_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the last word of a run can be a name's: no day or month but the "May" of "Theresa May"."""
    last = tokens[end - 1]
    if not _is_capitalised(last):
        return False
    if last.text.lower() not in _NOT_NAMES:
        return True
    if last.text.lower() not in _MONTH_NAMES or end - 1 == start or _is_before_number(tokens, end):
        return False
    before = tokens[end - 2].text
    return before in _given_names() or before.lower() in HONORIFICS or before.lower() in role_words()


def _is_before_number(tokens: Sequence[Token], end: int) -> bool:
    return end < len(tokens) and tokens[end].text[0].isdigit()


def _may_be_month_name(tokens: Sequence[Token], at: int, opens: bool) -> bool:
    """Whether a lone "May" can be a surname: it stands where no date and no verb stands."""
    if at + 1 >= len(tokens) or _is_before_number(tokens, at + 1):
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
    return tokens[end + 1].text == "who" or _is_age(tokens, end + 1)


def _is_age(tokens: Sequence[Token], at: int) -> bool:
    return (
        at + 1 < len(tokens)
        and tokens[at].text.isdecimal()
        and len(tokens[at].text) == 2
        and tokens[at + 1].text in (",", ".")
    )


def _name_start(tokens: Sequence[Token], start: int, end: int) -> tuple[int, str | None, int]:
    """Where the name itself begins, the honorific before it, and where the role before it begins."""
    title = None
    begin = start
    for index in range(start, end):
        word = tokens[index].text.lower()
        if word in HONORIFICS:
            title, begin = word.rstrip("."), index + 1
        elif _is_office(word) and not _is_body(tokens, end):
            if index == end - 1 and begin < index and tokens[begin].text in _given_names():
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


def _role_before(text: str, tokens: Sequence[Token], start: int, name_start: int) -> str | None:
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
    if name_start + 1 >= len(tokens) or not _is_capitalised(tokens[name_start + 1]):
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
    if not token.is_word or not _adjacent(text, token, tokens[index]):
        return False
    word = token.text.lower()
    if word in role_words() or token.text in people_adjectives() or token.text in _places():
        return True
    return word in _ROLE_MODIFIERS


_ROLE_MODIFIERS = word_set("retold.language", "role modifier")


def _role_after(text: str, tokens: Sequence[Token], end: int) -> str | None:
    """The role in an apposition after a name: ", the chief mediator for the islands,"."""
    if end + 1 >= len(tokens) or tokens[end].text != ",":
        return None
    start = end + 1
    if _is_age(tokens, start) and start + 2 < len(tokens):
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


def _kind(words: tuple[str, ...], title: str | None, role: str | None) -> NameKind:
    joined = " ".join(words)
    if title or (role and joined not in _places()):
        return "person"
    if joined in _places():
        return "place"
    if words[-1] in people_adjectives():
        return "unknown"  # "House Democrats"
    if words[-1].lower() in organization_words() or words[0].lower() in ("university", "bank", "department", "house"):
        return "organization"
    if words[0] in _given_names() and 1 < len(words) < 6 and words[-1].lower() not in _NO_SURNAME:
        return "person"
    if len(words) == 1 and 2 <= len(words[0]) <= 6 and words[0].isupper():
        return "organization"
    return "unknown"


_NO_SURNAME = word_set("retold.language", "no surname")


def _believable(mentions: Iterable[_Mention], lower_words: set[str]) -> list[_Mention]:
    """Leave out single words that are names only by opening a sentence ("Sanctions", "Speaking")."""
    kept = list(mentions)
    inside = {word for mention in kept if not mention.opens or len(mention.words) > 1 for word in mention.words}

    def believable(mention: _Mention) -> bool:
        word = mention.words[0]
        if len(mention.words) > 1 or not mention.opens or mention.kind != "unknown" or word in inside:
            return True
        return word.lower() not in lower_words and not word.endswith(("ing", "ly", "ed"))

    return [mention for mention in kept if believable(mention)]


_SUFFIXES = frozenset(("Jr", "Sr", "II", "III"))


def _core(words: tuple[str, ...]) -> list[str]:
    """The words of a name without "Jr." and initials."""
    return [word for word in words if word.rstrip(".") not in _SUFFIXES and len(word.rstrip(".")) > 1]


def _key(words: tuple[str, ...]) -> tuple[str, ...]:
    """What makes two forms of a person's name one: the first and the last word, and "Jr."; of one word only itself."""
    core = _core(words)
    if len(core) > 1 and core[0].lower() not in _PARTICLES:
        return (core[0], core[-1], *(word.rstrip(".") for word in words if word.rstrip(".") in _SUFFIXES))
    return tuple(core[-1:] or words)


def _surname(words: tuple[str, ...]) -> str:
    return (_core(words) or list(words))[-1]


_Cluster = list[_Mention]


def _cluster(mentions: list[_Mention]) -> list[_Cluster]:
    """Put the mentions of one entity together; a mention that fits two people equally well is in no cluster."""
    full: dict[tuple[str, ...], _Cluster] = {}
    alone: dict[str, _Cluster] = {}
    short: list[_Mention] = []
    for mention in mentions:
        if len(mention.words) > 1 and mention.kind in ("organization", "place"):
            alone.setdefault(_one_name(mention.words), []).append(mention)
        elif len(_key(mention.words)) > 1:
            full.setdefault(_key(mention.words), []).append(mention)
        else:
            short.append(mention)
    full = _join_short_given_names(full)
    by_surname: dict[str, list[_Cluster]] = defaultdict(list)
    by_given: dict[str, list[_Cluster]] = defaultdict(list)
    for cluster in full.values():
        by_surname[_surname(cluster[0].words)].append(cluster)
        by_given[cluster[0].words[0]].append(cluster)
    genders = _genders_by_title(short)
    unclear = [mention for mention in short if not _link(mention, by_surname, by_given, alone, genders)]
    for mention in unclear:
        _link_by_weight(mention, by_surname[_surname(mention.words)])
    return [*full.values(), *alone.values()]


def _join_short_given_names(full: dict[tuple[str, ...], _Cluster]) -> dict[tuple[str, ...], _Cluster]:
    """Put "Ken Venn" with "Kenneth Venn": one surname, and the one given name begins the other."""
    joined: dict[tuple[str, ...], _Cluster] = {}
    longest: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key in sorted(full, key=lambda key: -len(key[0])):
        given, pronoun = key[0], _given_names().get(key[0], "")
        longer = [one for one in longest[key[1:]] if one[0].startswith(given) and _given_names().get(one[0]) == pronoun]
        if len(longer) == 1 and len(given) > 2 and pronoun:
            joined[longer[0]].extend(full[key])
            continue
        longest[key[1:]].append(key)
        joined[key] = full[key]
    return {key: sorted(joined[key], key=lambda mention: mention.span) for key in full if key in joined}


def _one_name(words: tuple[str, ...]) -> str:
    """The name under which the forms of one country or body are gathered: "U.S." is "United States"."""
    joined = " ".join(words)
    return _same_names().get(joined, joined)


def _link(
    mention: _Mention,
    by_surname: dict[str, list[_Cluster]],
    by_given: dict[str, list[_Cluster]],
    alone: dict[str, _Cluster],
    genders: dict[str, set[str]],
) -> bool:
    """Add a one-word mention to the one person it can stand for, or to the entity of its own word.

    False: several people fit, so it is still to be given. `short` mentions must come in text order.
    """
    word = _surname(mention.words)
    candidates = [] if mention.kind in ("place", "organization") else by_surname[word]
    if not candidates and mention.kind == "unknown":
        candidates = [cluster for cluster in by_given[word] if _cluster_kind(cluster) == "person"]
    fitting = [
        cluster
        for cluster in candidates
        if _can_be(mention, cluster) and not _is_of_namesake(mention, cluster, genders.get(word, set()))
    ]
    if len(candidates) > 1:
        telling = [cluster for cluster in fitting if _shares_role(mention, cluster)]
        named = [cluster for cluster in fitting if cluster[0].span < mention.span]
        fitting = next((some for some in (telling, fitting, named) if len(some) == 1), fitting)
        if len(fitting) > 1:
            return False
    if fitting:
        fitting[0].append(mention)
    elif word.lower() not in _MONTH_NAMES:
        if mention.kind == "person" and candidates:
            by_surname[word].append(alone.setdefault(word, []))
        alone.setdefault(_one_name(mention.words), []).append(mention)
    return True


def _genders_by_title(mentions: Iterable[_Mention]) -> dict[str, set[str]]:
    """The pronouns that the forms of address before each bare surname show."""
    genders: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.title in _PRONOUN_OF_TITLE:
            genders[_surname(mention.words)].add(_PRONOUN_OF_TITLE[mention.title])
    return genders


def _is_of_namesake(mention: _Mention, cluster: _Cluster, genders: set[str]) -> bool:
    """Whether an office before a bare surname is not this person's: "President Merrow", whom the article calls "Mr
    Merrow", is no Anna Merrow."""
    known = {pronoun_of_given_name(" ".join(cluster[0].words))} - {""}
    return bool(mention.role and known and genders) and not known & genders and not _shares_role(mention, cluster)


def _can_be(mention: _Mention, cluster: _Cluster) -> bool:
    """Whether a short mention can be of this person: no other form of address, and no office before its bearer."""
    shown = _PRONOUN_OF_TITLE.get(mention.title or "", "")
    known = {_PRONOUN_OF_TITLE.get(other.title or "", "") for other in cluster} - {""}
    known = known or {pronoun_of_given_name(" ".join(cluster[0].words))} - {""}
    if shown and known and shown not in known:
        return False
    # "President Merrow ... his wife, Anna Merrow": an office is not that of a relative who is named as one
    return mention.role is None or not _is_relative(cluster) or _shares_role(mention, cluster)


_KIN = word_set("retold.language", "relative")
_PRONOUN_OF_TITLE = {
    "mr": "he", "sir": "he", "lord": "he", "mrs": "she", "ms": "she", "miss": "she", "mme": "she", "dame": "she",
    "lady": "she",
}  # fmt: skip


def _link_by_weight(mention: _Mention, candidates: list[_Cluster]) -> None:
    """Give a bare surname to the one of several bearers who is named far more often than any other; relatives who are
    named as such ("his wife, Anna Merrow"; "Jr.") and no more often than another are not who is meant."""
    weighed = sorted((cluster for cluster in candidates if _can_be(mention, cluster)), key=len, reverse=True)
    if not weighed:
        return
    rivals = [cluster for cluster in weighed[1:] if not _is_relative(cluster)]
    if not _is_relative(weighed[0]) and all(len(weighed[0]) > 2 * len(rival) for rival in rivals):
        weighed[0].append(mention)


def _is_relative(cluster: _Cluster) -> bool:
    """Whether a person is named as somebody's relative, or with "Jr."."""
    kin = any(mention.role and _role_head(mention.role) in _KIN for mention in cluster)
    return kin or len(_key(cluster[0].words)) > 2


def _shares_role(mention: _Mention, cluster: list[_Mention]) -> bool:
    """Whether the title or role of a short mention was given to the person before."""
    if mention.title and any(other.title == mention.title and len(other.words) > 1 for other in cluster):
        return True
    if not mention.role:
        return False
    last = _role_head(mention.role)
    return any(other.role and _role_head(other.role) == last for other in cluster if len(other.words) > 1)


def _role_head(role: str) -> str:
    """The word of office itself: "US Secretary of State" -> "secretary"; "" where there is none."""
    words = [ABBREVIATED_ROLES.get(word, word) for word in role.lower().split()]
    heads = [word for word in words if word in role_words()]
    return heads[0] if heads else ""


def _cluster_kind(cluster: Sequence[_Mention]) -> NameKind:
    kinds = {mention.kind for mention in cluster}
    for kind in ("person", "organization", "place"):
        if kind in kinds:
            return kind
    # who is called by the last word alone later on is a person: "Carly Fiorina ... Fiorina"
    lengths = {len(mention.words) for mention in cluster}
    is_surname = cluster[0].words[-1].lower() not in _NO_SURNAME
    if lengths >= {1, 2} and is_surname and not any(mention.the for mention in cluster):
        return "person"
    return "unknown"


def _is_country(word: str, words: set[str]) -> bool:
    """Whether the article also has the adjective of a name: "Norlandia" with "Norlandian", "Ordany" with "Ordanian"."""
    forms = [word + "n", word + "an", word + "ese"] if word[-1] in "aeiouyd" else [word + "ese"]
    return len(word) > 3 and any(form in words for form in (*forms, word[:-1] + "ian"))


def _entity(cluster: list[_Mention], words: set[str]) -> Entity:
    ordered = sorted(cluster, key=lambda mention: mention.span)
    fullest = max(ordered, key=lambda mention: len(mention.words))
    roles = [mention.role for mention in ordered if mention.role]
    kind = _cluster_kind(ordered)
    if kind == "unknown" and len(fullest.words) == 1 and _is_country(fullest.words[0], words):
        kind = "place"
    return Entity(
        name=" ".join(fullest.words),
        kind=kind,
        role=max(roles, key=len) if roles else None,
        mentions=tuple(mention.span for mention in ordered),
        how="rule:capitalised-runs",
        confidence=0.9 if len(fullest.words) > 1 else 0.7,
    )


def _with_titles(text: str, entities: list[Entity], blocks: list[Block]) -> Iterator[Entity]:
    """Add the mentions that blocks in Title Case hold: only of names that are known from elsewhere."""
    owners: dict[str, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        surname = {_surname(tuple(entity.name.split()))} if entity.kind == "person" else set()
        for form in {entity.name, *surname, *(text[slice(*span)] for span in entity.mentions)}:
            owners[form].append(number)
    found: dict[int, list[Span]] = defaultdict(list)
    for block in blocks:
        for number, span in _known_forms(text, block, owners):
            found[number].append(span)
    for number, entity in enumerate(entities):
        yield _add_mentions(entity, found[number])


def _add_mentions(entity: Entity, spans: list[Span]) -> Entity:
    if not spans:
        return entity
    return Entity(
        name=entity.name,
        kind=entity.kind,
        role=entity.role,
        mentions=tuple(sorted({*entity.mentions, *spans})),
        how=entity.how,
        confidence=entity.confidence,
    )


def _known_forms(text: str, block: Block, owners: dict[str, list[int]]) -> Iterator[tuple[int, Span]]:
    """The longest known forms in a block, left to right; a form that two entities share is passed over."""
    tokens = tokenize(text, block.start, block.end)
    index = 0
    while index < len(tokens):
        for end in range(min(len(tokens), index + 6), index, -1):
            span = Span(tokens[index].start, tokens[end - 1].end)
            numbers = owners.get(text[span.start : span.end], [])
            if len(numbers) == 1:
                yield numbers[0], span
                index = end - 1
                break
        index += 1
