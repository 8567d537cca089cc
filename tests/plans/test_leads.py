import pytest

from plans.leads import lead_key, split_leads


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Head of Service for Assessment", ["Head of Service for Assessment"]),
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
