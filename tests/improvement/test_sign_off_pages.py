"""Sign-off on pages: the list of what waits, the forms that decide, and what an action's page says of it."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Outcome, ProgressUpdate, Role, SignOff
from plans.services.people import set_role
from plans.services.progress import record_update
from plans.services.sign_off import agree_sign_off, refuse_sign_off, reopen_action
from tests.factories import make_board, make_lead, make_member, make_user, report_done
from tests.improvement.rounds import Scene
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db


class Signing(Scene):
    """The first action is reported complete by its lead; a chair and an administrator may decide."""

    def __init__(self, signed_in):
        super().__init__(signed_in)
        self.plan.blue_needs_sign_off = True
        self.plan.save()
        self.sign_in = signed_in
        self.chair = make_member(self.board, Role.CHAIR, "Independent Chair")
        self.administrator = make_member(self.board, Role.ADMINISTRATOR, "Administrator")
        self.asked = self.ask(1)

    def ask(self, n, **fields):
        fields.setdefault("happened", f"Action {n} is done in every team")
        return report_done(self.actions[n - 1], by=self.head, **fields)

    def page(self, name, *args, by=None, **query):
        return self.sign_in(by or self.chair).get(reverse(name, args=["teesmere", *args]), query, follow=True)

    def send(self, name, pk, *, by=None, **changes):
        client, url = self.sign_in(by or self.chair), reverse(f"plans:{name}", args=["teesmere", pk])
        return client.post(url, fields_of(client.get(url), "token") | changes, follow=True)

    def action_page(self, n=1, **options):
        return self.page("action", self.actions[n - 1].pk, **options)


@pytest.fixture
def signing(clock, signed_in):
    return Signing(signed_in)


def test_the_list_shows_what_waits_the_oldest_first(signing):
    older = signing.ask(2, on=date(2030, 3, 11))
    page = signing.page("sign_off_list")
    kind = page.context["queue"].kinds[0]
    assert [row.sign_off for row in kind.waiting] == [older, signing.asked]
    words = words_of(page)
    assert "2 sign-offs wait for a decision." in words
    assert "Asked 12 days ago, on 11 March 2030, by Head of Service" in words
    assert "Action 2 is done in every team Evidence: " in words
    assert reverse("plans:sign_off_agree", args=["teesmere", older.pk]) in page.content.decode()
    assert reverse("plans:sign_off_refuse", args=["teesmere", older.pk]) in page.content.decode()


def test_members_and_the_lead_see_what_waits_and_no_buttons(signing):
    for person in (signing.head, make_member(signing.board)):
        page = signing.page("sign_off_list", by=person)
        assert "1 sign-off waits for a decision." in words_of(page)
        assert "/agree/" not in page.content.decode()


def test_who_leads_the_action_is_told_that_somebody_else_decides(signing):
    make_lead(signing.board, holder=signing.chair)
    page = signing.page("sign_off_list")
    assert "You asked for it or lead this action, so somebody else decides." in words_of(page)
    assert "/agree/" not in page.content.decode()
    page = signing.page("plans:sign_off_agree", signing.asked.pk)
    assert "You hold a lead of this action, so somebody else decides." in page.content.decode()
    assert "/agree/" not in signing.action_page().content.decode()


def test_a_chair_agrees_and_every_page_says_so(signing):
    page = signing.send("sign_off_agree", signing.asked.pk)
    assert "is signed off." in page.content.decode()
    assert "Nothing waits for a decision." in words_of(page)
    assert text_of(page, "main").count("Signed off") == 1
    told = text_of(signing.action_page(by=signing.head))
    assert "Signed off on 23 March 2030 by Independent Chair." in told
    assert "Open it again" not in told
    assert "Open it again" in text_of(signing.action_page())


def test_a_refusal_gives_a_reason_and_a_rating_that_is_chosen(signing):
    url = reverse("plans:sign_off_refuse", args=["teesmere", signing.asked.pk])
    form = signing.sign_in(signing.chair).get(url).context["form"]
    assert form["rating"].value() is None
    assert "complete" not in dict(form.fields["rating"].choices)
    page = signing.send("sign_off_refuse", signing.asked.pk, reason="One team is behind")
    assert page.context["form"].errors == {"rating": ["Choose the rating that stands now"]}
    page = signing.send("sign_off_refuse", signing.asked.pk, rating="slippage", reason="")
    assert page.context["form"].errors["reason"] == [
        "Give the reason, so that the lead knows what is missing"
    ]
    page = signing.send("sign_off_refuse", signing.asked.pk, rating="slippage", reason="One team is behind")
    assert "is refused, and your update says why." in page.content.decode()
    assert signing.said(1)[0] == ("slippage", "Sign-off refused: One team is behind", "One team is behind")
    told = words_of(signing.action_page(by=signing.head))
    assert "Refused 23 March 2030, Independent Chair One team is behind" in told


def test_an_action_is_opened_again(signing):
    agree_sign_off(signing.asked, by=signing.chair)
    page = signing.send("action_reopen", signing.actions[0].pk, reason="It slips")
    assert page.context["form"].errors == {"rating": ["Choose the rating that stands now"]}
    page = signing.send("action_reopen", signing.actions[0].pk, reason="It slips", rating="slippage")
    assert "is open again, and your update says why." in page.content.decode()
    told = words_of(page)
    assert "Opened again 23 March 2030, Independent Chair It slips" in told
    assert signing.said(1)[0] == ("slippage", "Opened again: It slips", "It slips")
    page = signing.page("plans:action_reopen", signing.actions[0].pk)
    assert "not signed off now, so there is nothing to open again." in page.content.decode()


def test_a_decision_may_be_that_of_a_meeting(signing):
    meeting = signing.board.meetings.create(on=date(2030, 3, 22))
    early = signing.ask(2, on=date(2030, 3, 21))
    assert "meeting" not in signing.page("plans:sign_off_agree", signing.asked.pk).context["form"].fields
    page = signing.page("plans:sign_off_agree", early.pk, meeting=meeting.pk)
    assert page.context["form"]["meeting"].value() == meeting.pk
    signing.send("sign_off_agree", early.pk, meeting=meeting.pk)
    early.refresh_from_db()
    assert (early.meeting, early.decided_on) == (meeting, date(2030, 3, 22))
    assert "by Independent Chair, at the meeting of 22 March 2030." in words_of(signing.action_page(2))


def test_the_second_of_two_who_decide_is_told(signing):
    client = signing.sign_in(signing.administrator)
    url = reverse("plans:sign_off_refuse", args=["teesmere", signing.asked.pk])
    fields = fields_of(client.get(url), "token") | {"reason": "Not yet", "rating": "on_track"}
    agree_sign_off(signing.asked, by=signing.chair)
    page = client.post(url, fields)
    assert page.context["form"].non_field_errors() == [
        "The sign-off was agreed by Independent Chair already. Nothing more is needed."
    ]
    assert fields_of(page, "token")["reason"] == "Not yet"
    assert signing.said(1)[0][0] == "complete"
    assert (
        "The sign-off was agreed by Independent Chair already."
        in client.get(url, follow=True).content.decode()
    )


def test_a_lead_asks_from_the_actions_page_and_takes_it_back(signing):
    signing.plan.blue_needs_sign_off = False
    signing.plan.save()
    asked = signing.ask(2)
    asked.delete()
    told = signing.action_page(2, by=signing.head)
    assert "Nobody has asked for it yet. Ask for the sign-off" not in words_of(signing.action_page(3))
    assert reverse("plans:action_sign_off", args=["teesmere", signing.actions[1].pk]) in told.content.decode()
    page = signing.send("action_sign_off", signing.actions[1].pk, by=signing.head)
    assert "The sign-off is asked for." in page.content.decode()
    again = SignOff.objects.waiting().get(action=signing.actions[1])
    assert "Waits for sign-off since 23 March 2030, asked for by Head of Service." in words_of(page)
    page = signing.send("sign_off_drop", again.pk, by=signing.head)
    assert "The sign-off is no longer asked for." in page.content.decode()
    assert SignOff.objects.get(pk=again.pk).outcome == Outcome.DROPPED
    assert "Ask for the sign-off" not in words_of(signing.action_page(2, by=signing.head))


def test_complete_without_evidence_shows_as_not_signed_off(signing):
    record_update(signing.actions[1], by=None, rating="complete", happened="Done")
    told = words_of(signing.action_page(2, by=signing.head))
    assert "Not signed off An update that shows evidence can ask for it." in told
    page = signing.page("plans:action_sign_off", signing.actions[1].pk, by=signing.head)
    assert "Show at least one piece of evidence" in page.content.decode()


def test_as_at_an_earlier_day_the_sign_off_is_as_it_was(signing):
    early = signing.ask(2, on=date(2030, 3, 11))
    agree_sign_off(early, by=signing.chair, on=date(2030, 3, 15))
    reopen_action(signing.actions[1], by=signing.chair, reason="It slips", rating="on_track")
    told = {day: words_of(signing.action_page(2, as_at=f"2030-03-{day}")) for day in (10, 12, 16)}
    assert "Waits for sign-off" not in told[10]
    assert "Signed off on" not in told[10]
    assert "Waits for sign-off since 11 March 2030" in told[12]
    assert "Signed off on 15 March 2030 by Independent Chair." in told[16]
    assert "Opened again" not in told[16]
    assert "Opened again 23 March 2030" in words_of(signing.action_page(2))


def test_what_was_decided_lately_stands_below(signing):
    refuse_sign_off(signing.asked, by=signing.chair, reason="One team is behind", rating="on_track")
    second = signing.ask(2, on=date(2030, 3, 11))
    agree_sign_off(second, by=signing.chair, on=date(2030, 3, 12))
    reopen_action(signing.actions[1], by=signing.administrator, reason="It slips", rating="on_track")
    decided = signing.page("sign_off_list").context["queue"].decided
    assert [(each.on.day, each.words, each.by, each.reason) for each in decided] == [
        (23, "Refused", "Independent Chair", "One team is behind"),
        (23, "Opened again", "Administrator", "It slips"),
        (12, "Signed off", "Independent Chair", ""),
    ]


def test_outsiders_and_other_boards_find_nothing(signing):
    elsewhere = make_board("elsewhere")
    stranger, chair = make_user(), make_member(elsewhere, Role.CHAIR)
    for name in ("sign_off_agree", "sign_off_refuse", "sign_off_drop"):
        url = reverse(f"plans:{name}", args=["elsewhere", signing.asked.pk])
        assert signing.sign_in(stranger).get(url).status_code == 404
        assert signing.sign_in(chair).post(url).status_code in (403, 404)
    assert SignOff.objects.waiting().get() == signing.asked


def test_an_editor_may_not_decide(signing):
    editor = make_member(signing.board, Role.EDITOR)
    url = reverse("plans:sign_off_agree", args=["teesmere", signing.asked.pk])
    assert signing.sign_in(editor).post(url).status_code == 403
    set_role(signing.board, editor, Role.CHAIR, by=None)
    assert signing.sign_in(editor).get(url).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_fixed_number_of_queries(signing, django_assert_num_queries, rows):
    for n in range(2, rows + 1):
        signing.ask(n)
    for n in range(rows):
        action = signing.add(f"9{n}")
        agree_sign_off(report_done(action, by=signing.head), by=signing.chair)
    client, url = signing.sign_in(signing.chair), reverse("sign_off_list", args=["teesmere"])
    with django_assert_num_queries(11):
        client.get(url)
    assert ProgressUpdate.objects.filter(rating="complete").count() == 2 * rows


def test_the_update_that_was_signed_off_offers_no_correction(signing):
    link = f"?replaces={signing.asked.update_id}"
    assert link in signing.action_page(by=signing.head).content.decode()
    agree_sign_off(signing.asked, by=signing.chair)
    assert link not in signing.action_page(by=signing.head).content.decode()


def test_ones_own_updates_say_what_is_signed_off_and_what_waits(signing):
    agree_sign_off(signing.ask(2, on=date(2030, 2, 19)), by=signing.chair)
    record_update(signing.actions[2], by=None, rating="complete", happened="Done", on=date(2030, 2, 19))
    rows = signing.page("my_updates", by=signing.head).context["round"].rows
    assert [row.form.sign_off_flag[0] for row in rows] == [
        "Waits for sign-off",
        "Signed off",
        "Not signed off",
    ]
    assert [row.when for row in rows] == ["", "done", ""]
    assert [row.flag[0] for row in rows] == ["Saved 10:31", "Signed off", "Not signed off"]
