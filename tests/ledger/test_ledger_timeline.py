from ledger_scene import make_article

from retold.ledger import find_happenings

DATED = "The envoys met in the port on Friday for five hours.\n\nIn 2022 Marenia annexed two islands."


def test_events_stand_in_the_order_of_their_days() -> None:
    article = make_article(DATED, published="2031-05-07")
    happenings = find_happenings([article])
    assert [(h.date, h.precision, h.when) for h in happenings] == [
        ("2022-01-01", "year", "2022"),
        ("2031-05-02", "day", "Friday"),
    ]
    for happening in happenings:
        [pin] = happening.evidence
        assert article.text[slice(*pin.span)] == happening.what


def test_a_weekday_that_cannot_be_dated_is_kept_last() -> None:
    happenings = find_happenings([make_article(DATED)])
    assert [(h.date, h.when) for h in happenings] == [("2022-01-01", "2022"), (None, "Friday")]


def test_days_of_statements_and_questions_are_no_events() -> None:
    text = "“We rejected it,” Ms Korr said on Monday.\n\nWill they meet on Friday?\n\nMonday was cold."
    assert find_happenings([make_article(text, published="2031-05-07")]) == ()


def test_two_reports_of_one_event_are_one_happening() -> None:
    one = make_article("The envoys of Veldania and Marenia met in Port Hollow on Friday.", published="2031-05-07")
    two = make_article("On Friday the Veldanian and Marenian envoys met in Port Hollow.", published="2031-05-08")
    three = make_article("The Veldanian parliament voted on pensions on Friday.", published="2031-05-08")
    happenings = find_happenings([one, two, three])
    assert [len(h.evidence) for h in happenings] == [2, 1]


def test_the_same_day_of_two_reports_without_dates_is_not_known_to_be_one() -> None:
    text = "The envoys of Veldania and Marenia met in Port Hollow on Friday."
    other = "On Friday traders from Veldania and Marenia left Port Hollow angrily by ship."
    happenings = find_happenings([make_article(text), make_article(other), make_article(text + " It rained.")])
    assert [len(h.evidence) for h in happenings] == [2, 1]


def test_two_events_of_one_sentence_stand_on_two_days() -> None:
    text = "The pact that both signed in 2022 lapses on 30 June."
    happenings = find_happenings([make_article(text, published="2031-05-07")])
    assert [(h.date, h.when) for h in happenings] == [("2022-01-01", "2022"), ("2031-06-30", "30 June")]
    assert len({h.id for h in happenings}) == 2


def test_words_of_another_clause_do_not_claim_the_day() -> None:
    text = "The two sides agreed to meet again on Monday, according to the envoy."
    [happening] = find_happenings([make_article(text, published="2031-05-07")])
    assert happening.date == "2031-05-12"


def test_to_add_a_toll_is_an_event() -> None:
    [happening] = find_happenings([make_article("In January Norland added a toll.", published="2031-05-07")])
    assert happening.date == "2031-01-01"


def test_a_time_that_counts_from_one_of_an_earlier_sentence_is_dated() -> None:
    text = "In 2022 Marenia annexed two islands.\n\nTwo years later Veldania closed the strait."
    happenings = find_happenings([make_article(text, published="2031-05-07")])
    assert [(h.date, h.when) for h in happenings] == [("2022-01-01", "2022"), ("2024-01-01", "Two years later")]
