"""Short reports of our own writing: two events of one kind, and one of another."""

from retold.article import Article
from retold.reading import read_text

ALMAR = [
    "Fire destroys market in Almar\n\nA fire destroyed the covered market of Almar on Monday night, and 14 traders "
    "were taken to hospital, the mayor, Ada Venn, said. The roof of the hall, built in 1911, fell in at 3 a.m.",
    "Blaze razes Almar's covered market\n\nFourteen traders were hurt when the covered market in Almar burned down on "
    "Monday night. Mayor Ada Venn said that the hall of 1911 could not be saved, as its roof had fallen in.",
    "Almar mourns its market\n\nAda Venn, the mayor of Almar, promised on Tuesday to rebuild the covered market that a "
    "fire destroyed on Monday night. In the hall of 1911 some 14 traders had been hurt.",
]
TEEL = [
    "Fire destroys mill in Teel\n\nA fire destroyed the old paper mill of Teel on Friday morning; nobody was hurt, the "
    "fire chief, Olan Brusk, said. The mill had stood empty since 2019.",
    "Teel paper mill burns down\n\nThe empty paper mill in Teel burned down on Friday. Fire chief Olan Brusk said that "
    "children may have played with matches there.",
]
PACT = ["Osk signs fishing pact\n\nMinisters of Osk and Veldania signed a pact on herring quotas in the capital."]


def articles() -> list[Article]:
    return [read_text(text, name=f"{place}") for place, text in enumerate([*ALMAR, *TEEL, *PACT])]
