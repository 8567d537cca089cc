"""The page of bundles: who asks, what is asked for, how long it stays, and the command that makes it."""

import io
import zipfile
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from improvement.bundles.making import make_bundle
from plans.history import board_changes
from plans.models import Bundle, PackState
from plans.services.evidence import remove_evidence
from tests.factories import make_board, make_plan
from tests.packing import make_ready_bundle
from tests.pages import text_of


def url(board, *args):
    return reverse("bundle_file" if args else "bundle", args=[board.slug, *args])


def sent(about="", day="26/3/2026", **fields):
    return {"about": about, "day": day} | fields


def age(bundle, days):
    Bundle.objects.filter(pk=bundle.pk).update(asked_at=timezone.now() - timedelta(days))


@pytest.fixture
def web(signed_in, scene):
    return signed_in(scene.member)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("plan", "Plan: Recovery plan"),
        ("area", "Area: 1 Front door"),
        ("told", "Recommendation: 3 Decide at the front door in a day"),
    ],
)
def test_a_member_asks_for_a_bundle(web, scene, name, title):
    about = getattr(scene, name)
    web.post(url(scene.board), sent(f"{about._meta.model_name}-{about.pk}", "1/3/2026"))
    bundle = Bundle.objects.get()
    assert (bundle.title, bundle.as_at, bundle.with_files, bundle.by, bundle.state) == (
        title,
        date(2026, 3, 1),
        False,
        scene.member,
        PackState.MAKING,
    )
    assert getattr(bundle, about._meta.model_name) == about
    assert "Being made" in text_of(web.get(url(scene.board)))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (sent(), "Choose one"),
        (sent("plan-0"), "Choose a plan, a heading or a recommendation from the list"),
        (sent("board-1"), "Choose a plan, a heading or a recommendation from the list"),
        (sent("plan", "27/3/2026"), "That day is still to come. Choose today or an earlier day"),
        (sent("plan", "soon"), "Enter the day, such as 27/3/2026"),
        (sent("plan", "1/1/1990"), "Choose a day from 1 January 2000 on"),
    ],
)
def test_what_cannot_be_made_is_said_on_the_form(web, scene, fields, words):
    about = f"plan-{scene.plan.pk}" if fields["about"] == "plan" else fields["about"]
    assert words in text_of(web.post(url(scene.board), fields | {"about": about}))
    assert Bundle.objects.count() == 0


def test_the_page_begins_with_what_it_was_asked_from(web, scene):
    page = web.get(url(scene.board) + f"?about=area-{scene.area.pk}&as_at=2026-03-02")
    form = page.context["form"]
    assert (form["about"].value(), form["day"].value()) == (f"area-{scene.area.pk}", date(2026, 3, 2))
    assert "A bundle leaves the board’s circle. Counts below 5 of measures and audits are hidden" in text_of(
        page
    )


@pytest.mark.parametrize(
    ("name", "address"), [("plan", "plans:plan"), ("area", "area"), ("told", "plans:recommendation")]
)
def test_pages_lead_to_it(web, scene, name, address):
    about = getattr(scene, name)
    args = [scene.board.slug] + ([] if name == "plan" else [about.pk])
    link = f"{url(scene.board)}?about={about._meta.model_name}-{about.pk}"
    assert f'href="{link}"' in web.get(reverse(address, args=args)).content.decode()


def test_another_boards_plan_is_no_choice(web, scene):
    other = make_plan(make_board("elsewhere"))
    page = web.post(url(scene.board), sent(f"plan-{other.pk}"))
    assert "Choose a plan, a heading or a recommendation from the list" in text_of(page)


def test_the_file_is_given_as_it_was_made(web, scene):
    bundle = make_ready_bundle(scene.plan, by=scene.editor)
    page = text_of(web.get(url(scene.board)))
    assert (bundle.sha256 in page, "An editor" in page) == (True, True)
    answer = web.get(url(scene.board, bundle.pk))
    assert (answer.content, answer.headers["Content-Type"]) == (b"PK", "application/zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan-recovery-plan-2026-03-26.zip"'


def test_after_thirty_days_it_is_gone(web, scene):
    bundle = make_ready_bundle(scene.plan)
    age(bundle, 30.1)
    assert web.get(url(scene.board, bundle.pk)).status_code == 404
    assert "No bundle was made" in text_of(web.get(url(scene.board)))
    call_command("make_bundles", stdout=StringIO())
    bundle.refresh_from_db()
    assert (bundle.content, bytes(bundle.archive), bundle.emptied_at is None) == ("", b"", False)


def test_who_asked_for_what_is_in_the_history_for_good(web, scene):
    bundle = make_ready_bundle(scene.plan, by=scene.member)
    age(bundle, 40)
    call_command("make_bundles", stdout=StringIO())
    told = [change for change in board_changes(scene.board) if change.field == "Bundle asked for"]
    assert [(each.who, each.what, each.after) for each in told] == [
        ("A member", "Plan: Recovery plan, as at 26 March 2026", "")
    ]


def test_removed_evidence_is_in_no_bundle_any_more(scene):
    make_ready_bundle(scene.plan)
    elsewhere = make_ready_bundle(make_plan(make_board("elsewhere")))
    remove_evidence(scene.file, by=scene.editor, reason="It names a child.")
    assert list(Bundle.objects.filter(emptied_at=None)) == [elsewhere]


def test_two_at_once_are_enough(web, scene):
    fields = sent(f"plan-{scene.plan.pk}")
    for _ in range(2):
        web.post(url(scene.board), fields)
    page = text_of(web.post(url(scene.board), fields))
    assert "Two bundles are being made already. Wait until one is ready, then ask again." in page
    assert Bundle.objects.count() == 2


def test_the_command_makes_it_once(web, scene):
    web.post(url(scene.board), sent(f"recommendation-{scene.told.pk}", with_files="on"))
    bundle = Bundle.objects.get()
    said = StringIO()
    call_command("make_bundles", str(bundle.pk), stdout=said)
    assert said.getvalue().endswith("ready\n")
    bundle.refresh_from_db()
    archive = zipfile.ZipFile(io.BytesIO(web.get(url(scene.board, bundle.pk)).content))
    assert len(archive.namelist()) == 5
    with pytest.raises(CommandError, match="There is no bundle"):
        call_command("make_bundles", "0")


def test_a_file_that_is_gone_makes_none(web, scene):
    web.post(url(scene.board), sent(f"plan-{scene.plan.pk}", with_files="on"))
    bundle = Bundle.objects.get()
    scene.file.file.delete()
    assert not make_bundle(bundle)
    page = text_of(web.get(url(scene.board)))
    assert "A file of the evidence is no longer what it was, so nothing was made." in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_same_queries_however_many(web, scene, number, django_assert_num_queries):
    for _ in range(number):
        make_ready_bundle(scene.plan, by=scene.editor)
    with django_assert_num_queries(9):
        web.get(url(scene.board))
