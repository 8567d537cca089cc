"""What people do that must be done whole or not at all: a form, and what there is to see once it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from improvement.imports.workbooks import keep_workbook
from plans.models import (
    Action,
    EvidenceFile,
    Import,
    ImportState,
    Outcome,
    Pack,
    PackState,
    ProgressUpdate,
    SignOff,
    User,
)
from tests.factories import make_meeting, report_done
from tests.faults.scene import PDF, filled, make_scene, update_url, url, with_evidence
from tests.faults.serving import Person, until
from tests.importing import AUDITS, bring_in, plan_book
from tests.pages import fields_of


@dataclass
class Deed:
    """`outcome()` is `done` once the form that `fill(person)` gives is sent, with its files if it has any."""

    by: User
    path: str
    fill: Callable[[Person], dict]
    outcome: Callable[[], Any]
    done: Any
    files: dict | None = None


def update_with_evidence():
    scene = make_scene()
    path, pk = update_url(scene), scene.action.pk
    typed, files = with_evidence(pk, "The panel met.")

    def outcome():
        latest = ProgressUpdate.objects.latest_first().first()
        return latest.happened, [bytes(file.content) for file in EvidenceFile.objects.all()]

    def fill(person):
        return filled(person, path, pk, **typed)

    return Deed(scene.head, path, fill, outcome, ("The panel met.", [PDF]), files)


def import_of_a_plan():
    scene = make_scene()
    imported = keep_workbook(scene.board, "plan.xlsx", plan_book(AUDITS), by=scene.editor)
    path = url(scene.board, "import_check", imported.pk)

    def outcome():
        actions = Action.objects.exclude(pk=scene.action.pk).values_list("title", flat=True)
        return Import.objects.get().state, list(actions)

    def fill(person):
        # What is chosen on the page is kept whatever becomes of the import itself.
        person.post(path, fields_of(person.get(path), "seen"))
        return fields_of(person.get(path), "seen") | {"apply": "1"}

    return Deed(scene.editor, path, fill, outcome, (ImportState.APPLIED, [AUDITS[2]]))


def taking_back_of_an_import():
    scene = make_scene()
    imported = bring_in(scene.board, plan_book(AUDITS), by=scene.editor)
    path = url(scene.board, "import_undo", imported.pk)

    def outcome():
        return Import.objects.get().state, Action.objects.current().filter(title=AUDITS[2]).count()

    def fill(person):
        return fields_of(person.get(path), "csrfmiddlewaretoken")

    return Deed(scene.editor, path, fill, outcome, (ImportState.UNDONE, 0))


def sign_off():
    scene = make_scene(blue_needs_sign_off=True)
    asked = report_done(scene.action, by=scene.head)
    path = url(scene.board, "plans:sign_off_agree", asked.pk)

    def outcome():
        return list(SignOff.objects.values_list("outcome", "decided_by"))

    return Deed(scene.chair, path, form_at(path), outcome, [(Outcome.AGREED, scene.chair.pk)])


def refused_sign_off():
    scene = make_scene(blue_needs_sign_off=True)
    asked = report_done(scene.action, by=scene.head)
    path = url(scene.board, "plans:sign_off_refuse", asked.pk)

    def outcome():
        return SignOff.objects.get().outcome, ProgressUpdate.objects.latest_first().first().happened

    words = {"reason": "Two teams are left.", "rating": "on_track"}
    done = (Outcome.REFUSED, "Sign-off refused: Two teams are left.")
    return Deed(scene.chair, path, form_at(path, **words), outcome, done)


def closing_of_papers():
    scene = make_scene()
    meeting = make_meeting(scene.board)
    path = url(scene.board, "pack_close", meeting.pk)

    def outcome():
        # The files are made by a process of its own, which outlives the worker that started it.
        until(lambda: Pack.objects.get().state != PackState.MAKING)
        return list(Pack.objects.values_list("number", "meeting", "closed_by", "state"))

    done = [(1, meeting.pk, scene.editor.pk, PackState.READY)]
    return Deed(scene.editor, path, form_at(path), outcome, done)


def form_at(path, **values):
    return lambda person: fields_of(person.get(path), "token") | values
