"""Two people, or one person twice, at the very same moment: through two processes of a real server."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from audits.models import AssuranceProduct
from improvement.imports.workbooks import apply_import, check_import, keep_workbook
from plans.models import Action, Import, ImportState, ProgressUpdate, Role
from plans.services.people import set_holders
from tests.factories import make_action, make_member
from tests.faults.scene import PDF, filled, make_scene, update_url, url, with_evidence
from tests.faults.serving import Person, until
from tests.importing import AUDITS, PLANS, TODAY, plan_book
from tests.pages import fields_of, text_of
from tests.plans.spreadsheets.workbooks import Page, build

TIMES = 4


@pytest.fixture
def scene(scratch):
    return make_scene()


@pytest.fixture
def server(serve):
    return serve(workers=2)


def together(*posts):
    """Sends each (person, path, fields, files) at once; the answers in their order."""
    start = Barrier(len(posts))

    def send(person, path, fields, files=None):
        start.wait()
        return person.post(path, fields, files=files)

    with ThreadPoolExecutor(len(posts)) as threads:
        return [sent.result() for sent in [threads.submit(send, *post) for post in posts]]


def standing():
    return list(ProgressUpdate.objects.standing().latest_first().values_list("happened", flat=True))


def test_one_person_who_double_clicks_saves_once(scene, server):
    path, person = update_url(scene), Person(server, scene.head)
    typed, files = with_evidence(scene.action.pk, "The panel met.")
    fields = filled(person, path, scene.action.pk, **typed)
    presses = [(Person(server, scene.head), path, fields, files) for _ in range(TIMES)]
    for press in presses:
        press[0].browser.cookies = person.browser.cookies
    answers = together(*presses)
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, url(scene.board, "action", scene.action.pk))
    }
    assert standing()[0] == "The panel met."
    assert len(standing()) == 2
    assert [bytes(piece.file.content) for piece in scene.board.evidence.all()] == [PDF]


def test_of_two_people_with_the_same_form_one_is_saved_and_the_other_is_asked(scene, server):
    """And nothing of what the second one typed is lost."""
    other = make_member(scene.board, Role.LEAD)
    set_holders(scene.lead, [scene.head, other], by=None)
    path, people = update_url(scene), [Person(server, scene.head), Person(server, other)]
    posts = [
        (person, path, filled(person, path, scene.action.pk, happened=f"Said by {n}."))
        for n, person in enumerate(people)
    ]
    answers = together(*posts)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    second = [answer.status_code for answer in answers].index(200)
    assert standing()[0] == f"Said by {1 - second}."
    asked = answers[second]
    assert "Somebody else updated this" in text_of(asked)
    fields = fields_of(asked, "token") | {f"a{scene.action.pk}-keep": "both"}
    assert people[second].post(path, fields).status_code == 302
    assert standing()[0].split("\n\n") == [f"Said by {1 - second}.", f"Said by {second}."]


def test_everybody_who_saves_at_once_is_saved(scene, server):
    """Each another action of their own: nobody is turned away and nothing is lost."""
    area, lead = scene.action.area, scene.lead.name
    actions = [make_action(area, f"Action {number} of many", leads=lead) for number in range(TIMES * 2)]
    posts = [news_of(action, scene, server) for action in actions]
    assert [answer.status_code for answer in together(*posts)] == [302] * len(posts)
    assert {f"News of {action.pk}." for action in actions} <= {*standing()}


def news_of(action, scene, server):
    """An update of the action, by its lead at another browser."""
    person, path = Person(server, scene.head), update_url(scene, action)
    return person, path, filled(person, path, action.pk, happened=f"News of {action.pk}.")


def check_page(scene, content, server, choices=None):
    """The path of an import that waits, and the form of its page as the person who checked it sends it."""
    imported = keep_workbook(scene.board, "plan.xlsx", content, by=scene.editor, choices=choices)
    path, person = url(scene.board, "import_check", imported.pk), Person(server, scene.editor)
    person.post(path, fields_of(person.get(path), "seen"))
    return person, path, fields_of(person.get(path), "seen") | {"apply": "1"}


def test_an_import_that_two_people_apply_at_once_is_done_once(scene, server):
    one = check_page(scene, plan_book(AUDITS), server)
    other = (Person(server, make_member(scene.board, Role.EDITOR)), *one[1:])
    other[0].browser.cookies.set("csrftoken", one[0].browser.cookies["csrftoken"])
    answers = together(one, other)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Import.objects.get().state == ImportState.APPLIED
    assert list(Action.objects.exclude(pk=scene.action.pk).values_list("title", flat=True)) == [AUDITS[2]]


def test_the_same_workbook_twice_into_one_plan_brings_each_action_once(scene, server):
    into = {"plan": str(scene.plan.pk)}
    sent = [check_page(scene, plan_book(AUDITS, PLANS), server, into) for _ in range(2)]
    answers = together(*sent)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert sorted(scene.plan.actions.exclude(pk=scene.action.pk).values_list("title", flat=True)) == sorted(
        [AUDITS[2], PLANS[2]]
    )


def test_two_workbooks_into_one_plan_are_both_there(scene, server):
    """Whoever is told that the plan has changed meanwhile checks again and applies."""
    into = {"plan": str(scene.plan.pk)}
    sent = [check_page(scene, plan_book(row), server, into) for row in (AUDITS, PLANS)]
    together(*sent)
    for person, path, _ in sent:
        page = person.get(path)
        if 'name="seen"' in page.text:
            assert person.post(path, fields_of(page, "seen") | {"apply": "1"}).status_code == 302
    assert list(Import.objects.values_list("state", flat=True)) == [ImportState.APPLIED] * 2
    titles = [scene.action.title, AUDITS[2], PLANS[2]]
    assert sorted(scene.plan.actions.values_list("title", flat=True)) == sorted(titles)


def has_to_wait():
    """Whether another connection waits for this one; SQLite lets nobody look."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        # Within a transaction PostgreSQL goes on showing what it showed first.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return cursor.fetchone()


REGISTER = build(Page("Register", [("Product", "How often"), ("Performance report", "Monthly")]))
WORKBOOKS = {"plan": plan_book(AUDITS), "register": REGISTER}


@pytest.mark.parametrize("what", WORKBOOKS)
def test_an_import_waits_for_another_into_the_same_board_and_is_told(scene, what):
    """Both were checked before either was applied."""
    content, chosen = WORKBOOKS[what], {"plan": str(scene.plan.pk)}
    imports = [keep_workbook(scene.board, "book.xlsx", content, by=None, choices=chosen) for _ in "12"]
    checked = [(imported, check_import(imported, today=TODAY)) for imported in imports]

    def apply_the_second():
        try:
            apply_import(*checked[1], by=None)
        except ValidationError as refused:
            return refused.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            assert apply_import(*checked[0], by=None)
            second = thread.submit(apply_the_second)
            until(lambda: has_to_wait() or second.done())
        assert second.result().startswith(
            f"Somebody has changed the {what} while the import was being applied."
        )
    assert scene.plan.actions.count() + AssuranceProduct.objects.count() == 2
