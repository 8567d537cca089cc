import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.leads import lead_key, split_leads


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Head of Service for Assessment", ["Head of Service for Assessment"]),
        ("ICB / Public Health", ["ICB", "Public Health"]),
        ("1) PSW 2) Court manager", ["PSW", "Court manager"]),
        ("Lead: DCS\nSupport: PSW", ["DCS", "PSW"]),
        (
            "- Team Manager, Kinship\n- Team Manager, Adoption",
            ["Team Manager, Kinship", "Team Manager, Adoption"],
        ),
        (
            "Director of Housing, Learning and Partnerships",
            ["Director of Housing, Learning and Partnerships"],
        ),
        ("Assistant Director, Early Help and Inclusion", ["Assistant Director, Early Help and Inclusion"]),
        ("Head of Service, Fostering", ["Head of Service, Fostering"]),
        ("Head of Youth Justice and Partnerships", ["Head of Youth Justice and Partnerships"]),
        ("Head of CIN / CP", ["Head of CIN / CP"]),
        ("Assistant Director R&C", ["Assistant Director R&C"]),
        ("PSW, Head of Service for CLA", ["PSW", "Head of Service for CLA"]),
        (
            "Team Manager , PSW, Housing Manager or equivalent",
            ["Team Manager", "PSW", "Housing Manager or equivalent"],
        ),
        (
            "Head of Fostering and Service Manager for Homes",
            ["Head of Fostering", "Service Manager for Homes"],
        ),
        ("AD Inclusion / PSW", ["AD Inclusion", "PSW"]),
        ("A. Person & B. Other", ["A. Person", "B. Other"]),
        ("HoS Duty\nHoS Homes", ["HoS Duty", "HoS Homes"]),
        ("Ann Other (QA Manager)", ["Ann Other (QA Manager)"]),
        ("Head of Service (CIN, CP and CLA)", ["Head of Service (CIN, CP and CLA)"]),
        ("DCS and key partner agencies", ["DCS", "key partner agencies"]),
        ("Police, Health and Education", ["Police", "Health", "Education"]),
        ("Head of Service for Assessment,", ["Head of Service for Assessment"]),
    ],
)
def test_leads_split_only_where_both_sides_can_stand_alone(text, leads):
    assert split_leads(text) == leads


@pytest.mark.parametrize(
    "text", ["", " ", "TBC", "tbc", "n/a", "-", "To be confirmed", "Lead to be appointed"]
)
def test_nobody_yet_is_no_lead(text):
    assert split_leads(text) == []


def test_a_sentence_in_the_cell_is_no_lead():
    assert split_leads("DCS\nProgress should be reported to the board each month.") == ["DCS"]


def test_spellings_of_one_lead_share_a_key():
    assert lead_key("Director of Children's care.") == lead_key("DIRECTOR  of Children\u2019s Care")


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        (
            "Director of Housing,\nLearning and Partnerships",
            ["Director of Housing, Learning and Partnerships"],
        ),
        ("Head of Service\nfor Fostering", ["Head of Service for Fostering"]),
        ("Assistant Director\nInclusion", ["Assistant Director Inclusion"]),
        ("1. Ann Other\n2. Bea Other", ["Ann Other", "Bea Other"]),
        ("• PSW\n• DCS", ["PSW", "DCS"]),
        ("Lead: DCS", ["DCS"]),
        ("DCS/AD", ["DCS", "AD"]),
        ("DCS & AD + PSW; IRO", ["DCS", "AD", "PSW", "IRO"]),
        ("Director of Children & Families", ["Director of Children & Families"]),
        ("Head of QA & PSW", ["Head of QA", "PSW"]),
        ("Head of Service for CIN, CP and CLA", ["Head of Service for CIN, CP and CLA"]),
        ("Head of Homes and Inclusion Team", ["Head of Homes and Inclusion Team"]),
        ("Children and Families Manager", ["Children and Families Manager"]),
        ("Fostering and Adoption Teams", ["Fostering and Adoption Teams"]),
        ("Health and Social Care Partners", ["Health and Social Care Partners"]),
        ("Ann Other (DCS), Bea Other (AD)", ["Ann Other (DCS)", "Bea Other (AD)"]),
        ("Ann Other - DCS / Bea Other - AD", ["Ann Other - DCS", "Bea Other - AD"]),
        ("Mary-Ann O’Other and Bea de Other", ["Mary-Ann O’Other", "Bea de Other"]),
        ("Dr. Ann Other. PSW.", ["Dr. Ann Other", "PSW"]),
        ("Head of Service (TBC)", ["Head of Service"]),
        ("TBC - Head of Service", ["Head of Service"]),
        ("DCS, TBC", ["DCS"]),
        ("PSW, psw.", ["PSW"]),
        ("AD\u00a0Inclusion  /  PSW", ["AD Inclusion", "PSW"]),
        ("Head of a very " + "very " * 40 + "long title", []),
    ],
)
def test_other_ways_of_naming_leads(text, leads):
    assert split_leads(text) == leads


PIECES = [
    "Head of",
    "Service",
    "Ann Other",
    "PSW",
    "and",
    ",",
    "/",
    "&",
    "\n",
    ";",
    "(",
    ")",
    "TBC",
    ".",
    " ",
    "1.",
    "•",
]
WORDS = st.one_of(
    st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join), st.lists(st.sampled_from(PIECES)).map("".join)
)


@given(WORDS)
def test_any_words_give_leads_that_stand_in_them(text):
    words = " ".join(text.split())
    for lead in split_leads(text):
        assert lead.strip() == lead != ""
        assert set(lead) <= set(words)
        assert all(word in text for word in lead.replace(",", " ").split())


@given(WORDS)
def test_no_lead_is_named_twice(text):
    keys = [lead_key(lead) for lead in split_leads(text)]
    assert len(keys) == len(set(keys))


@given(WORDS)
def test_a_key_is_its_own_key(text):
    assert lead_key(lead_key(text)) == lead_key(text)
