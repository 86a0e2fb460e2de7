"""Mentions of one entity put together.

A surname that two people share belongs to the only one named so far, to the one whom a title, a role or a given name
tells, or to the one who is named far more often; else to neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from retold.language.names.lexicon import (
    ABBREVIATED_ROLES,
    MONTH_NAMES,
    NO_SURNAME,
    PARTICLES,
    given_names,
    pronoun_of_given_name,
    role_words,
    same_names,
)
from retold.language.names.mention import Mention, NameKind
from retold.language.tables import word_set

_SUFFIXES = frozenset(("Jr", "Sr", "II", "III"))


def core_of(words: tuple[str, ...]) -> list[str]:
    """The words of a name without "Jr." and initials."""
    return [word for word in words if word.rstrip(".") not in _SUFFIXES and len(word.rstrip(".")) > 1]


def _key(words: tuple[str, ...]) -> tuple[str, ...]:
    """What makes two forms of a person's name one: the first and the last word, and "Jr."; of one word only itself."""
    core = core_of(words)
    if len(core) > 1 and core[0].lower() not in PARTICLES:
        return (core[0], core[-1], *(word.rstrip(".") for word in words if word.rstrip(".") in _SUFFIXES))
    return tuple(core[-1:] or words)


def surname_of(words: tuple[str, ...]) -> str:
    return (core_of(words) or list(words))[-1]


Cluster = list[Mention]


def cluster_mentions(mentions: list[Mention]) -> list[Cluster]:
    """Put the mentions of one entity together; a mention that fits two people equally well is in no cluster."""
    full: dict[tuple[str, ...], Cluster] = {}
    alone: dict[str, Cluster] = {}
    short: list[Mention] = []
    for mention in mentions:
        if len(mention.words) > 1 and mention.kind in ("organization", "place"):
            alone.setdefault(_one_name(mention.words), []).append(mention)
        elif len(_key(mention.words)) > 1:
            full.setdefault(_key(mention.words), []).append(mention)
        else:
            short.append(mention)
    full = _join_short_given_names(full)
    by_surname: dict[str, list[Cluster]] = defaultdict(list)
    by_given: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in full.values():
        by_surname[surname_of(cluster[0].words)].append(cluster)
        by_given[cluster[0].words[0]].append(cluster)
    genders = _genders_by_title(short)
    unclear = [mention for mention in short if not _link(mention, by_surname, by_given, alone, genders)]
    for mention in unclear:
        _link_by_weight(mention, by_surname[surname_of(mention.words)])
    return [*full.values(), *alone.values()]


def _join_short_given_names(full: dict[tuple[str, ...], Cluster]) -> dict[tuple[str, ...], Cluster]:
    """Put "Ken Venn" with "Kenneth Venn": one surname, and the one given name begins the other."""
    joined: dict[tuple[str, ...], Cluster] = {}
    longest: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key in sorted(full, key=lambda key: -len(key[0])):
        given, pronoun = key[0], given_names().get(key[0], "")
        longer = [one for one in longest[key[1:]] if one[0].startswith(given) and given_names().get(one[0]) == pronoun]
        if len(longer) == 1 and len(given) > 2 and pronoun:
            joined[longer[0]].extend(full[key])
            continue
        longest[key[1:]].append(key)
        joined[key] = full[key]
    return {key: sorted(joined[key], key=lambda mention: mention.span) for key in full if key in joined}


def _one_name(words: tuple[str, ...]) -> str:
    """The name under which the forms of one country or body are gathered: "U.S." is "United States"."""
    joined = " ".join(words)
    return same_names().get(joined, joined)


def _link(
    mention: Mention,
    by_surname: dict[str, list[Cluster]],
    by_given: dict[str, list[Cluster]],
    alone: dict[str, Cluster],
    genders: dict[str, set[str]],
) -> bool:
    """Add a one-word mention to the one person it can stand for, or to the entity of its own word.

    False: several people fit, so it is still to be given. `short` mentions must come in text order.
    """
    word = surname_of(mention.words)
    candidates = [] if mention.kind in ("place", "organization") else by_surname[word]
    if not candidates and mention.kind in ("unknown", "person") and not (mention.title or mention.role):
        candidates = [cluster for cluster in by_given[word] if kind_of(cluster) == "person"]
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
    elif word.lower() not in MONTH_NAMES:
        if mention.kind == "person" and candidates:
            by_surname[word].append(alone.setdefault(word, []))
        alone.setdefault(_one_name(mention.words), []).append(mention)
    return True


def _genders_by_title(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    """The pronouns that the forms of address before each bare surname show."""
    genders: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.title in _PRONOUN_OF_TITLE:
            genders[surname_of(mention.words)].add(_PRONOUN_OF_TITLE[mention.title])
    return genders


def _is_of_namesake(mention: Mention, cluster: Cluster, genders: set[str]) -> bool:
    """Whether an office before a bare surname is not this person's: "President Merrow", whom the article calls "Mr
    Merrow", is no Anna Merrow."""
    known = {pronoun_of_given_name(" ".join(cluster[0].words))} - {""}
    return bool(mention.role and known and genders) and not known & genders and not _shares_role(mention, cluster)


def _can_be(mention: Mention, cluster: Cluster) -> bool:
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


def _link_by_weight(mention: Mention, candidates: list[Cluster]) -> None:
    """Give a bare surname to the one of several bearers who is named far more often than any other; relatives who are
    named as such ("his wife, Anna Merrow"; "Jr.") and no more often than another are not who is meant."""
    weighed = sorted((cluster for cluster in candidates if _can_be(mention, cluster)), key=len, reverse=True)
    if not weighed:
        return
    rivals = [cluster for cluster in weighed[1:] if not _is_relative(cluster)]
    if not _is_relative(weighed[0]) and all(len(weighed[0]) > 2 * len(rival) for rival in rivals):
        weighed[0].append(mention)


def _is_relative(cluster: Cluster) -> bool:
    """Whether a person is named as somebody's relative, or with "Jr."."""
    kin = any(mention.role and _role_head(mention.role) in _KIN for mention in cluster)
    return kin or len(_key(cluster[0].words)) > 2


def _shares_role(mention: Mention, cluster: list[Mention]) -> bool:
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


_BY_RULE = 0.5
"""What a mention's kind weighs that only a rule gives."""


def kind_of(cluster: Sequence[Mention]) -> NameKind:
    if any(mention.kind == "person" and (mention.title or mention.role) for mention in cluster):
        return "person"
    votes: dict[NameKind, float] = {"person": 0.0, "organization": 0.0, "place": 0.0, "unknown": 0.0}
    for mention in cluster:
        votes[mention.kind] += mention.seen.probability if mention.seen else _BY_RULE
    votes["unknown"] = 0.0
    if any(votes.values()):
        return max(votes, key=lambda kind: votes[kind])
    # who is called by the last word alone later on is a person: "Carly Fiorina ... Fiorina"
    lengths = {len(mention.words) for mention in cluster}
    is_surname = cluster[0].words[-1].lower() not in NO_SURNAME
    if lengths >= {1, 2} and is_surname and not any(mention.the for mention in cluster):
        return "person"
    return "unknown"
