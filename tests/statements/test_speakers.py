"""Who speaks: each text with the name of the speaker of its last statement (None: unknown)."""

import hashlib
import time

import pytest

from retold.article import Article, Block, Span
from retold.statements import Statement, find_statements
from retold.statements.speakers import read_cast, resolve


def article(text: str) -> Article:
    """An article of one body block per line."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="body", start=start, end=start + len(line), reason="a line", how="test"))
        start += len(line) + 1
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=digest[:12], input="test", sha256=digest, text=text, blocks=tuple(blocks), origin=(), how="test")


def last(text: str) -> Statement:
    return find_statements(article(text))[-1]


PRONOUNS = [
    # an apposition with straight apostrophes is resolved, and what follows is not given to a woman further back
    (
        "Anna Corv told reporters the port was safe.\n\nTeo Pell, Norland's deputy foreign minister and chief "
        'negotiator, said no. "We wait," he said.',
        "Teo Pell",
    ),
    ("The envoy spoke. “We wait,” said Runo Tams, 58, a net-maker.", "Runo Tams"),
    # the subject of the sentence before is nearer than the speaker before it
    ("Paul Merrow said no.\n\nDavid Holt slept at noon. “We wait,” he said.", "David Holt"),
    # of two people the one of the other gender is passed over
    ("David Holt asked Anna Corv about the port. She said it was safe.", "Anna Corv"),
    # an unknown speaker is not jumped over
    ("Paul Merrow left at noon. The 57-year-old scientist said it rained. He said it was cold.", None),
    # no list has these names, but the network sees people: the subject of the sentence before
    ("Ulmo Bran met Kesti Vall in the bay. Ulmo Bran slept. He said it was cold.", "Ulmo Bran"),
    # inside indirect words: their speaker
    ("David Holt met Paul Merrow. Mr Merrow said that he had warned the port.", "Paul Merrow"),
    # who only stands before a noun or owns something is no person who speaks
    ("Paul Merrow said no. The Holt campaign slept. “We wait,” he said.", "Paul Merrow"),
    # a country is never "he"
    ("Paul Merrow said no. Norlandia denied it, and Norlandian ships left. He said it was cold.", "Paul Merrow"),
]


@pytest.mark.parametrize(("text", "name"), PRONOUNS)
def test_pronouns(text: str, name: str | None) -> None:
    assert [one.name for one in last(text).speakers] == [name]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Ulmo Bran, who leads her party, slept.", "she"),
        ("Ulmo Bran said he slept.", "he"),
        ("Ms Bran slept. Ulmo Bran ate.", "she"),
        ("Ulmo Bran, the chairwoman of the port, slept.", "she"),
        ("King Ulmo slept.", "he"),
        ("Anna Bran slept.", "she"),
        ("Ulmo Bran told the envoy that his ship sank.", ""),
        ("Ulmo Bran slept and, Anna Corv said, he ate.", ""),
    ],
)
def test_gender_is_learned_only_from_what_is_no_other_persons(text: str, gender: str) -> None:
    cast = read_cast(article(text))
    names = [one.name for one in cast.entities if one.kind in ("person", "unknown") and one.name != "Anna Corv"]
    assert cast.genders.get(names[0], "") == gender


BODIES = [
    (
        "The foreign ministry declined the offer. It said on Friday that the port was closed.",
        "foreign ministry",
        "body",
    ),
    ("The foreign ministry declined.\n\nThe port, the ministry said, was closed.", "foreign ministry", "body"),
    ("The Harbour Commission met. The port, the commission said, was closed.", "Harbour Commission", "body"),
    ("The foreign ministry and the finance ministry met. The ministry said it was over.", None, "body"),
    ("State radio reported that the port was closed.", "State radio", "body"),
    ("The port, the navy in Lethe said, was closed.", "navy in Lethe", "body"),
    ("A Norwegian finance ministry paper says that the port is closed.", "Norwegian finance ministry", "body"),
    ("The Port Master’s Office said that the port was closed.", "Port Master’s Office", "body"),
    ("Paul Holt slept. His comments about the walls of Norway said that the port was closed.", "Paul Holt", "person"),
    ("Two newspapers reported that the port was closed.", None, "anonymous"),
    ("Two people close to the Norwegian delegation said the port was closed.", None, "anonymous"),
    ("Paul Holt slept. The Holt campaign said that the port was closed.", "Holt campaign", "body"),
    ("In May Norway closed a port, which it says is full.", "Norway", "body"),
    ("Norway closed a port that France built, and it says the port is full.", None, "unknown"),
]


@pytest.mark.parametrize(("text", "name", "kind"), BODIES)
def test_bodies(text: str, name: str | None, kind: str) -> None:
    assert [(one.name, one.kind) for one in last(text).speakers] == [(name, kind)]


PHRASES = [
    ("Teo Brann, a Norwegian minister, slept. The Norwegian ministers said that the port was closed.", None),
    ("Teo Brann slept. Trade minister Anna Corv warned that the port was closed.", "Anna Corv"),
    ("Paul Holt slept. Holt spokeswoman Anna Corv said that the port was closed.", "Anna Corv"),
    ("The spokesman for the port at the time, Teo Brandt, said that the port was closed.", "Teo Brandt"),
    ("Paul Holt himself said that the port was closed.", "Paul Holt"),
]


@pytest.mark.parametrize(("text", "name"), PHRASES)
def test_the_head_of_a_source_speaks(text: str, name: str | None) -> None:
    assert [one.name for one in last(text).speakers] == [name]


def test_the_writer_of_a_document_is_not_its_words() -> None:
    text = "a memo Ms Holt wrote"
    speakers = resolve(read_cast(article(text)), (Span(0, len(text)),), (), ())
    assert [one.name for one in speakers] == [None]


def test_an_anonymous_source_keeps_its_words_as_role() -> None:
    assert [one.role for one in last("Two newspapers reported that the port was closed.").speakers] == ["newspapers"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Envoys of Norway and France met. Both sides said the port was closed.", ["Norway", "France"]),
        ("Envoys of Norway, France and Spain met. Both sides said the port was closed.", [None, None]),
        ("Envoys met. Both sides said the port was closed.", [None, None]),
    ],
)
def test_both_sides_are_the_only_two_that_are_joined(text: str, names: list[str | None]) -> None:
    assert [one.name for one in last(text).speakers] == names


def speakers_of(marked: str) -> list[str | None]:
    """The names of those for whom the words in square brackets stand, without anybody speaking before."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return [one.name for one in resolve(read_cast(article(text)), (Span(start, end),), (), ())]


SOURCES = [
    # a name that heads a source is who speaks, whatever follows it
    ("[R. Orla Veck, whose Free Harbour group slept], spoke.", ["R. Orla Veck"]),
    ("[Orla Veck, reporting for the Gazette,] spoke.", ["Orla Veck"]),
    ("In May [former secretary of state Ada Venn, who fled], spoke.", ["Ada Venn"]),
    ("[The Harbour Council, which Paul Holt led], spoke.", ["Harbour Council"]),
    ("The winner, [Oscar-winner Ada Venn], spoke.", ["Ada Venn"]),
    # capitalised words that are no known name still are one; plurals of people are nobody's
    ("In May, according to [Norpost Pollster], it rained.", ["Norpost Pollster"]),
    ("It rained. That said, [Millennials] are wet.", [None]),
    ("In May [Lethe Republicans] spoke.", [None]),
    ("In May [PACs] spoke.", [None]),
    # possessives: the owner alone, or of his own words; never joined, never for what is owned
    ("Paul Holt slept. In [Holt’s] words it rained.", ["Paul Holt"]),
    ("Paul Holt slept. [Holt’s speech at Lethe] was long.", ["Paul Holt"]),
    ("Mara James slept. [Paul Holt, James’ campaign manager,] spoke.", ["Paul Holt"]),
    ("Mara James slept. [James’ spokesman] spoke.", [None]),
    ("Paul Holt slept. [A spokesman for Holt] spoke.", [None]),
    # rows
    ("[Paul Holt and Ada Venn, among others], spoke.", ["Paul Holt", "Ada Venn", None]),
    ("[Paul Holt (Lethe) and former governor Ada Venn] spoke.", ["Paul Holt", "Ada Venn"]),
    ("[Paul Holt, Ada Venn and Teo Brann] spoke.", ["Paul Holt", "Ada Venn", "Teo Brann"]),
    ("[Paul Holt and the Harbour Council] spoke.", ["Paul Holt", "Harbour Council"]),
    ("[Paul Holt and the head of the council, Ada Venn,] spoke.", ["Paul Holt", "Ada Venn"]),
    ("[Paul Holt and his deputy, Ada Venn], spoke.", ["Paul Holt", "Ada Venn"]),
    ("[Port Union and Harbour Council spokesmen] spoke.", [None]),
    ("[Two members of the council, Paul Holt and Ada Venn], spoke.", ["Paul Holt", "Ada Venn"]),
    # families
    ("Omar Venn slept. Ada Venn ate. In May [the Venns] spoke.", ["Omar Venn", "Ada Venn"]),
    ("Omar and Ada Venn slept. Omar Venn ate. In May [Omar and Ada Venn, who fled], spoke.", ["Omar Venn", "Ada Venn"]),
    ("Omar Venn slept. In May [the Venns] spoke.", [None]),
    # an apposition that stands alone
    ("It rained on Anna Corv, [a Lethe Democrat] who slept.", ["Anna Corv"]),
    ("It rained on Ada Venn, [the mayor] said.", [None]),
]


@pytest.mark.parametrize(("text", "names"), SOURCES)
def test_whom_a_source_names(text: str, names: list[str | None]) -> None:
    assert speakers_of(text) == names


FULL_NAMES = [
    # initials
    ("A sign of the Alliance to Mend Our Ports hung. In May [AMOP] spoke.", ["Alliance to Mend Our Ports"]),
    ("The Lethe Port Council met. In May [the L.P.C.] spoke.", ["Lethe Port Council"]),
    ("The Lethe Port Council met. The Land Police Corps ate. In May [the LPC] spoke.", ["LPC"]),
    ("The Department of Port Safety met. In May [Port Safety] spoke.", ["Department of Port Safety"]),
    ("The Lethe Bay Times is new. It rained. In May [the Times] spoke.", ["Lethe Bay Times"]),
    # a surname, and a headline with the given name
    ("Anna Venn Wins In Lethe Bay\nVenn slept. In May [Venn] spoke.", ["Anna Venn"]),
    ("Anna Venn Wins In Lethe Bay\nMr. Venn slept. In May [Mr. Venn] spoke.", ["Venn"]),
    # people without a name
    ("[Demonstrators] spoke.", [None]),
    ("[Instant polls] fell.", [None]),
    ("Paul Holt slept. In May [advisers to Mr. Holt] spoke.", [None]),
    ("Paul Holt slept. In May [Mr. Holt’s team] spoke.", [None]),
    ("In May [the Port Committee Republicans’ letter] came.", [None]),
    ("A Lethe Republican met an Ohio Republican. In May [Republicans] spoke.", [None]),
    # a namesake
    ("Anna Merrow slept. Mr. Merrow ate. [President Merrow] spoke.", ["Merrow"]),
    # a name in apposition, a body with "and" in its name
    ("Ada Venn slept. [Venn’s running mate, Gov. Paul Holt,] spoke.", ["Paul Holt"]),
    ("[United Lethe Port and Fish Services, the agency that fishes,] spoke.", ["United Lethe Port and Fish Services"]),
    ("It rained on Capitol Hill, [who] spoke.", [None]),
]


@pytest.mark.parametrize(("text", "names"), FULL_NAMES)
def test_full_names_and_those_without_a_name(text: str, names: list[str | None]) -> None:
    assert speakers_of(text) == names


DOCUMENTS = [
    ("In May [a report published in the Lethe Times] came.", ["Lethe Times"]),
    ("Paul Holt slept. In May [memos written by Holt] came.", ["Paul Holt"]),
    ("In May [research conducted by the Center for Ports and Fish] came.", ["Center for Ports and Fish"]),
    ("Lethe University asked. [The Lethe poll] was new.", ["Lethe University"]),
    ("In May [a NBX/ORK poll] came.", ["NBX", "ORK"]),
    ("In May [the most recent NorGov/Economist survey] came.", ["NorGov", "Economist"]),
    ("The Lethe Post met NBX News. In May [the new Post-NBX poll] came.", ["Lethe Post", "NBX News"]),
    ("In May [Norpost’s own tracking poll] came.", ["Norpost"]),
    ("In May [the RealNorPolitics average of polls] fell.", ["RealNorPolitics"]),
    ("In May [an average of recent NBX polls] fell.", ["NBX"]),
    ("In May [recent polls from NBX and Lethe News] came.", ["NBX", "Lethe News"]),
    ("[A Lethe News poll, conducted jointly with Venn Research (D)], came.", ["Lethe News", "Venn Research"]),
    ("In May [a University of Lethe poll out this week] came.", ["University of Lethe"]),
    ("In May [a Norwegian finance ministry paper seen by NBX] came.", ["Norwegian finance ministry"]),
    ("It rained.\n[The poll] was new.", [None]),
    ("[New Poll] is out.", [None]),
    ("In May [Monday’s poll] came.", [None]),
    ("In May [two New Hampshire surveys] came.", [None]),
    ("In May [NBX poll respondents] spoke.", [None]),
]


@pytest.mark.parametrize(("text", "names"), DOCUMENTS)
def test_whose_words_a_document_is(text: str, names: list[str | None]) -> None:
    assert speakers_of(text) == names


ROLES = [
    ("Lethe Gov. Paul Holt ate. Sen. Ada Venn slept. [The Republican governor] spoke.", ["Paul Holt"]),
    ("Sen. Ada Venn of Texas slept. Ohio senator Paul Holt ate. [The Ohio senator] spoke.", ["Paul Holt"]),
    ("Former Gov. Paul Holt ate. Gov. Ada Venn slept. [The former governor] spoke.", ["Paul Holt"]),
    ("Sen. Ada Venn slept. Sen. Paul Holt ate. It rained. It snowed. It rained. [The senator] spoke.", [None]),
    ("Sen. Ada Venn slept. It rained. It snowed. It rained. Sen. Paul Holt ate. [The senator] spoke.", ["Paul Holt"]),
    ("Vice president Ada Venn slept. President Paul Holt ate. [The president] spoke.", ["Paul Holt"]),
    ("Ada Venn, a spokeswoman for the president, slept. [The president] spoke.", [None]),
    ("Senator Ada Venn slept. [The senator’s bill] spoke.", [None]),
    ("President Olmo Brann slept. It was for the Mexican president, [who] spoke.", ["Olmo Brann"]),
    ("It was for Paul Holt, a Lethe lawyer [who] spoke.", ["Paul Holt"]),
    ("It was for friends of Paul Holt [who] spoke.", [None]),
]


@pytest.mark.parametrize(("text", "names"), ROLES)
def test_who_bears_a_role(text: str, names: list[str | None]) -> None:
    assert speakers_of(text) == names


REACH = [
    # sentences inside quotation marks do not use up the reach
    ("Paul Holt slept. “It rains. It snows. It hails. It thaws. It rains. We wait,” [he] said.", ["Paul Holt"]),
    # whom one is asked about does not answer
    ("Paul Holt slept. Asked about Teo Brann, [he] said it rained.", ["Paul Holt"]),
    # who is talked of does not speak
    ("Paul Holt slept. It was good for Teo Brann, [he] said.", ["Paul Holt"]),
    # the name that opens the pronoun's own sentence
    ("Ulmo Bran, the mayor, ate. Teo Brann slept. When Ulmo Bran woke, [he] said it rained.", ["Ulmo Bran"]),
    ("Paul Holt and Teo Brann ate. [They] said it rained.", ["Paul Holt", "Teo Brann"]),
    ("[Both of whom] said it rained.", [None]),
    # the writer of a column
    ("Today [I] say it rains.\n\nAnna Corv, a sailor, is a member of the council.", ["Anna Corv"]),
    ("Today [I] say it rains. Ada Venn slept.", [None]),
]


@pytest.mark.parametrize(("text", "names"), REACH)
def test_how_far_a_pronoun_looks(text: str, names: list[str | None]) -> None:
    assert speakers_of(text) == names


def test_a_group_is_not_named_by_what_it_is_for() -> None:
    text = "Envoys of other social justice groups met a justice group. At noon [the group] spoke."
    assert speakers_of(text) == [None]


@pytest.mark.parametrize("piece", ["The ministry said no. ", "He said “no.” Ada Venn and ", "It said that Norway "])
def test_much_of_the_same_does_not_hang(piece: str) -> None:
    began = time.process_time()
    find_statements(article(piece * (30_000 // len(piece))))
    assert time.process_time() - began < 30
