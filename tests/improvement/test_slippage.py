"""The page of moved dates: the answer, totals, every move, narrowed, as at a day, and as files."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from plans.models import Meeting, Plan, Role
from plans.services.actions import edit_action, withdraw_action
from plans.services.areas import edit_area
from plans.services.plans import edit_plan
from plans.services.progress import correct_target, move_target
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step
from tests.pages import text_of

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = date(2026, 10, 13), date(2026, 11, 10)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)


class Scene:
    """Two areas: action 1 moved at both meetings, action 2 after the second, action 3 never."""

    def __init__(self, signed_in):
        self.board = make_board("teesmere")
        self.first, self.second = (
            Meeting.objects.create(board=self.board, on=day) for day in (OCTOBER, NOVEMBER)
        )
        self.plan = make_plan(self.board, "Recovery plan")
        self.door, self.quality = make_area(self.plan, "Front door"), make_area(self.plan, "Quality")
        self.action = self.add(self.door, "1", "31 January 2026", leads="Head of Service")
        self.other = self.add(self.quality, "2", "31 March 2026")
        self.add(self.quality, "3", "30 June 2026")
        self.move(self.action, "28 February 2026", OCTOBER, agreed_by="The board", meeting=self.first)
        self.move(self.action, "30 April 2026", NOVEMBER)
        self.move(self.other, "15 March 2026", date(2026, 11, 20), reason="Done sooner")
        self.client = signed_in(make_member(self.board))
        self.url = reverse("slippage", args=["teesmere"])

    def add(self, area, reference, target, **fields):
        return make_action(area, f"Task {reference}", reference=reference, target=target, **fields)

    def move(self, action, to, on, reason="Two posts are open", **fields):
        action.refresh_from_db()
        return move_target(action, to=to, by=None, reason=reason, on=on, **fields)

    def open(self, **query):
        return self.client.get(self.url, query)

    def ledger(self, **query):
        return self.open(**query).context["page"].ledger

    def lines(self, **query):
        return [(line.reference, line.days) for line in self.ledger(**query).lines]


@pytest.fixture
def scene(signed_in):
    return Scene(signed_in)


def test_the_answer_comes_first_then_totals_and_every_move(scene):
    page = text_of(scene.open())
    assert "2 dates moved 3 times, 73 days later in all." in page
    assert "Moved twice, 89 days later" in page
    assert "Agreed by The board at the meeting of 13 October 2026." in page
    assert "Who agreed is not recorded." in page
    ledger = scene.ledger()
    assert [(total.group.name, total.dates, total.times, total.days) for total in ledger.areas] == [
        ("Front door", 1, 2, 89),
        ("Quality", 1, 1, -16),
    ]
    assert [(total.group.name, total.days) for total in ledger.leads] == [
        ("Head of Service", 89),
        ("Nobody yet", -16),
    ]
    assert [(line.first, line.current) for line in ledger.lines] == [
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2026, 3, 31), date(2026, 3, 15)),
    ]


def test_it_is_narrowed_by_area_lead_and_meeting(scene):
    lead = scene.action.leads.get()
    assert scene.lines(area=scene.quality.pk) == [("2", -16)]
    assert scene.lines(lead=lead.pk) == [("1", 89)]
    assert scene.lines(lead="none") == [("2", -16)]
    assert scene.lines(since="2026-10-13") == [("1", 61), ("2", -16)]
    assert scene.lines(since="2026-11-10") == [("2", -16)]
    assert scene.lines(since="2026-11-10", lead=lead.pk) == []
    page = text_of(scene.open(area=scene.quality.pk, since="2026-10-13"))
    assert "in “Quality”, since the meeting of 13 October 2026" in page


def test_meetings_from_before_the_plan_are_not_offered(scene):
    earlier = Meeting.objects.create(board=scene.board, on=date(2020, 3, 30))
    offered = lambda: [day for day, _ in scene.open().context["form"].fields["since"].choices]  # noqa: E731
    assert offered() == ["", "2026-11-10", "2026-10-13", f"{earlier.on}"]
    Plan.objects.filter(pk=scene.plan.pk).update(starts=OCTOBER)
    assert offered() == ["", "2026-11-10", "2026-10-13"]


def test_a_choice_that_is_not_there_is_said_and_nothing_is_narrowed(scene):
    assert "Choose one from the list" in text_of(scene.open(area="99999"))
    assert scene.lines(area="99999") == [("1", 89), ("2", -16)]


def test_as_at_a_past_day_only_what_had_moved_by_then(scene):
    page = scene.open(as_at="2026-10-13")
    assert [(line.reference, line.current) for line in page.context["page"].ledger.lines] == [
        ("1", date(2026, 2, 28))
    ]
    assert "1 date moved, 28 days later in all." in text_of(page)


def test_as_at_a_past_day_the_words_are_those_of_that_day(scene):
    editor = make_member(scene.board)
    by_lead = make_action(scene.door, "Meet partners", leads="Head of Service", target="1 March 2026")
    scene.move(by_lead, "1 April 2026", OCTOBER)
    words = {"title": "Other words", "leads_text": "Director", "area": scene.quality}
    edit_action(scene.action, by=editor, **words)
    edit_area(scene.door, by=editor, title="The first contact")
    edit_plan(scene.plan, by=editor, title="The plan of now")
    past = {"as_at": "2026-11-10"}
    page = scene.open(**past)
    ledger = page.context["page"].ledger
    assert [line.name for line in ledger.lines] == ["Meet partners", "1 Task 1"]
    assert [(total.group.name, total.dates) for total in ledger.areas] == [("Front door", 2)]
    assert [(total.group.name, total.dates) for total in ledger.leads] == [("Head of Service", 2)]
    assert "Recovery plan Moved dates As at Tuesday 10 November 2026" in text_of(page)
    assert scene.lines(**past, area=scene.door.pk) == [("", 31), ("1", 89)]
    assert [line.title for line in scene.ledger().lines] == ["Meet partners", "Task 2", "Other words"]


def test_a_lead_that_is_none_any_more_can_be_chosen_on_a_past_day(scene):
    edit_action(scene.action, by=make_member(scene.board), leads_text="Director")
    assert scene.lines(as_at="2026-11-10", lead="Head of Service") == [("1", 89)]
    assert scene.lines(lead="Head of Service") == scene.lines()


def test_steps_corrections_and_withdrawn_actions_do_not_count(scene):
    step = make_step(scene.action, target="1 January 2026")
    move_target(step, to="1 February 2026", by=None, reason="Snow")
    scene.other.refresh_from_db()
    correct_target(scene.other, to="20 March 2026", by=None, reason="Mistyped")
    assert scene.lines() == [("1", 89), ("2", -16)]
    assert "put right by 5 days beside the moves" in text_of(scene.open())
    withdraw_action(scene.action, by=None, reason="Covered elsewhere")
    assert scene.lines() == [("2", -16)]


def test_a_date_that_lost_its_day_is_said(scene):
    scene.move(scene.action, "ongoing", date(2026, 11, 20))
    page = text_of(scene.open())
    assert "1 move took a date’s day away." in page
    assert "30 Apr 2026 to ongoing, lost its day." in page


def test_the_files_hold_every_move_and_the_totals(scene):
    book = load_workbook(io.BytesIO(scene.open(_export="xlsx").content))
    assert book.sheetnames == ["Moves of dates", "By area", "By lead"]
    sheet = [[cell.value for cell in row] for row in book["Moves of dates"].iter_rows()]
    columns = {name: place for place, name in enumerate(sheet[0])}
    told = [[row[columns[name]] for name in ("Reference", "Move", "Days later")] for row in sheet[1:]]
    assert told == [["1", 1, 28], ["1", 2, 61], ["2", 1, -16]]
    rows = list(
        csv.reader(io.StringIO(scene.open(_export="csv", since="2026-11-10").content.decode("utf-8-sig")))
    )
    assert [row[0] for row in rows] == ["Reference", "2"]
    assert scene.open(_export="pdf").status_code == 404


def test_as_at_a_past_day_the_lines_follow_the_headings_of_that_day(scene, time_machine):
    time_machine.move_to("2026-12-01T12:00:00+00:00", tick=False)
    editor = make_member(scene.board, Role.EDITOR)
    edit_action(scene.action, by=editor, area=make_area(scene.plan, "Last of all"))
    assert [line.reference for line in scene.ledger().lines] == ["2", "1"]
    ledger = scene.ledger(as_at="2026-11-22")
    assert [line.reference for line in ledger.lines] == ["1", "2"]
    assert [total.group.name for total in ledger.areas] == ["Front door", "Quality"]


def test_a_plan_in_which_nothing_moved_and_a_board_without_a_plan(signed_in):
    board = make_board("elsewhere")
    client = signed_in(make_member(board, Role.CHAIR))
    url = reverse("slippage", args=["elsewhere"])
    assert "This board has no plan yet" in text_of(client.get(url))
    make_action(make_area(make_plan(board)), target="31 January 2026")
    page = text_of(client.get(url))
    assert "No date has moved." in page
    assert "Every date stands as it was first set." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(scene, django_assert_num_queries, count):
    for n in range(count):
        area = make_area(scene.plan, f"Heading {n}")
        action = scene.add(area, f"1{n}", "31 January 2026", leads=f"Lead {n}")
        scene.move(action, "28 February 2026", OCTOBER, meeting=scene.first)
    scene.open()
    with django_assert_num_queries(9):
        scene.open()
    with django_assert_num_queries(13):
        scene.open(as_at="2026-11-10")
