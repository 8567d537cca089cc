"""Every form whose words the board reads asks before it keeps a number that looks like a child's."""

from datetime import date

import pytest
from django.urls import reverse

from impact.models import Measure, MeasureTarget, StepChange
from improvement.packs.closing import close_papers
from plans.models import (
    Action,
    Area,
    ClockStop,
    Evidence,
    Inspection,
    Meeting,
    MoveRequest,
    Pack,
    ProgressUpdate,
    Recommendation,
    Role,
    Step,
)
from plans.services.moves import ask_or_move
from plans.services.people import set_role
from plans.services.sign_off import agree_sign_off
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_inspection,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_recommendation,
    make_step,
    report_done,
)
from tests.impact.factories import make_measure
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NUMBER = "943 476 5919"
LINK = "https://www.example.org/9434765919"
WORDS = f"NHS number {NUMBER}"


class Scene:
    """A board with an action and whatever a form is about, opened by its administrator."""

    def __init__(self, signed_in):
        self.board = make_board("teesmere")
        self.plan = make_plan(self.board, moves_need_agreement=True, blue_needs_sign_off=True)
        self.head = make_member(self.board, Role.LEAD)
        lead = make_lead(self.board, holder=self.head)
        self.action = make_action(make_area(self.plan), target="31 January 2027", leads=lead.name)
        self.person = make_member(self.board, Role.ADMINISTRATOR)
        self.client = signed_in(self.person)

    def asked_sign_off(self):
        return report_done(self.action, by=self.head)

    def signed_off(self):
        agree_sign_off(self.asked_sign_off(), by=make_member(self.board, Role.CHAIR))
        return self.action

    def asked_move(self):
        make_member(self.board, Role.ADMINISTRATOR)
        set_role(self.board, self.person, Role.CHAIR, by=None)
        return ask_or_move(self.action, to="30 April 2027", by=self.head, reason="Two posts are open")

    def meeting(self):
        return make_meeting(self.board, TODAY)

    def measure_of_a_year(self):
        return make_measure(self.board, values=range(20, 32))

    def closed_papers(self):
        pack = close_papers(self.meeting(), self.plan, by=None)
        return f"{self.address('pack_close', pack.meeting)}?replaces={pack.pk}"

    def address(self, name, obj=None):
        return reverse(name, args=["teesmere", obj.pk] if obj else ["teesmere"])


@pytest.fixture
def scene(signed_in, time_machine):
    time_machine.move_to("2026-11-22T12:00:00+00:00", tick=False)
    return Scene(signed_in)


def about(name, make):
    """The address of the form called `name` about what `make` gives."""
    return lambda scene: scene.address(name, make(scene) if make else None)


FORMS = {
    "sign-off refused": (
        about("plans:sign_off_refuse", Scene.asked_sign_off),
        {"reason": WORDS, "rating": "slippage"},
        (ProgressUpdate, "happened"),
    ),
    "action reopened": (
        about("plans:action_reopen", Scene.signed_off),
        {"reason": WORDS, "rating": "slippage"},
        (ProgressUpdate, "happened"),
    ),
    "move refused": (
        about("plans:move_request", Scene.asked_move),
        {"answer": "refuse", "reason": WORDS},
        (MoveRequest, "decision_reason"),
    ),
    "move asked for": (
        about("plans:action_target", lambda scene: scene.action),
        {"to": "30 April 2027", "reason": WORDS},
        (MoveRequest, "reason"),
    ),
    "action withdrawn": (
        about("plans:action_withdraw", lambda scene: scene.action),
        {"reason": WORDS},
        (Action, "withdrawn_reason"),
    ),
    "action edited": (
        about("plans:action_edit", lambda scene: scene.action),
        {"activity": WORDS},
        (Action, "activity"),
    ),
    "action added": (about("plans:action_new", None), {"title": WORDS}, (Action, "title")),
    "step edited": (
        about("plans:step_edit", lambda scene: make_step(scene.action)),
        {"text": WORDS},
        (Step, "text"),
    ),
    "step added": (about("plans:step_new", lambda scene: scene.action), {"text": WORDS}, (Step, "text")),
    "recommendation edited": (
        about("plans:recommendation_edit", lambda scene: make_recommendation(scene.board)),
        {"text": WORDS},
        (Recommendation, "text"),
    ),
    "recommendation added": (
        about("plans:recommendation_new", None),
        {"text": WORDS},
        (Recommendation, "text"),
    ),
    "clock met": (
        about("plans:inspection_clock", lambda scene: make_inspection(scene.board)),
        {"clock": "plan", "on": "20/11/2026", "words": WORDS},
        (ClockStop, "words"),
    ),
    "measure edited": (
        about("impact:measure_edit", lambda scene: make_measure(scene.board)),
        {"definition": WORDS},
        (Measure, "definition"),
    ),
    "step change agreed": (
        about("impact:measure_step_change", Scene.measure_of_a_year),
        {"month": "March 2026", "reason": WORDS, "agreed_by": "The board", "agreed_on": "1/4/2026"},
        (StepChange, "reason"),
    ),
    "target of a measure set": (
        about("impact:measure_target", lambda scene: make_measure(scene.board)),
        {"value": "90", "month": "March 2025", "reason": WORDS},
        (MeasureTarget, "reason"),
    ),
    "measure no longer reported": (
        about("impact:measure_close", lambda scene: make_measure(scene.board)),
        {"reason": WORDS},
        (Measure.history.model, "history_change_reason"),
    ),
    "area added": (about("plans:area_new", None), {"title": WORDS}, (Area, "title")),
    "inspection added": (
        about("plans:inspection_new", None),
        {"kind": "ofsted", "title": WORDS, "received_on": "2/11/2026"},
        (Inspection, "title"),
    ),
    "evidence added": (
        about("plans:evidence_new", None),
        {"title": "Feedback", "kind": "voice", "dated": "2/11/2026", "link": LINK, "note": WORDS},
        (Evidence, "note"),
    ),
    "papers issued again": (Scene.closed_papers, {"reason": WORDS}, (Pack, "replacement_reason")),
    "meeting edited": (
        about("plans:meeting_edit", Scene.meeting),
        {"place": WORDS},
        (Meeting, "place"),
    ),
    "meeting cancelled": (
        about("plans:meeting_cancel", Scene.meeting),
        {"reason": WORDS},
        (Meeting, "cancelled_reason"),
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_number_that_looks_like_a_childs_is_asked_about(scene, name):
    address_of, told, (model, field) = FORMS[name]
    kept = model.objects.filter(**{f"{field}__contains": WORDS})
    address = address_of(scene)
    page = scene.client.post(address, fields_of(scene.client.get(address), "token") | told)
    assert list(page.context["form"].errors) == ["names_nobody"]
    assert f"“{NUMBER}” names nobody" in text_of(page)
    assert not kept.exists()
    scene.client.post(address, fields_of(page, "token") | {"names_nobody": NUMBER})
    assert kept.exists()


def test_a_year_of_meetings_asks_about_its_place(scene):
    address = scene.address("plans:meeting_rhythm")
    address += "?first=12%2F1%2F2027&rhythm=six_weeks&partners=none"
    page = scene.client.get(address)
    page = scene.client.post(address, fields_of(page, "token") | {"place": WORDS})
    assert f"“{NUMBER}” names nobody" in text_of(page)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("name", "obj", "told"),
    [
        (
            "plans:action_edit",
            Action,
            {"reference": "AB12345", "leads_text": "Parent A. B. Carer", "links": "Plan 123456, 1 May 2015"},
        ),
        ("plans:meeting_edit", Meeting, {"place": "Room 4, TS1 2AB, or call 123456789"}),
    ],
)
def test_references_leads_links_and_rooms_raise_no_alarm(scene, name, obj, told):
    scene.meeting()
    address = scene.address(name, obj.objects.get())
    page = scene.client.post(address, fields_of(scene.client.get(address), "token") | told)
    assert page.status_code == 302
    changed = obj.objects.get()
    assert {field: getattr(changed, field) for field in told} == told
