"""A council's rows as the first version kept them: at least one of every table, by that version's models."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import Model

WORDS = "Two lines – “quoted”,\n\tthe second of 50% & <more>, café, Łódź, 漢字"
BYTES = bytes(range(256)) * 40
DAY, LATER = date(2024, 3, 31), date(2024, 9, 30)
MOMENT = datetime(2024, 3, 31, 0, 30, 0, 123456, UTC)
# What the code of then gave by itself.
STAMPS = {"recorded_on": LATER, "recorded_at": MOMENT, "added_at": MOMENT, "uploaded_at": MOMENT}


class Filling:
    """Makes rows through the models of a state of the migrations."""

    def __init__(self, apps):
        self.apps = apps

    def make(self, label: str, **values) -> Model:
        model = self.apps.get_model(label)
        stamps = {name: STAMPS[name] for name in STAMPS.keys() & {one.name for one in model._meta.fields}}
        return model.objects.create(**stamps | values)

    def fill(self) -> None:
        self._people()
        self._plan()
        self._progress()
        self._evidence()
        self._measures()
        self._narratives()
        self._history()

    def _people(self):
        make = self.make
        self.user = make(
            "plans.User", email="Head@Example.org", name="Head of Service", password="!", last_login=MOMENT
        )
        self.other = make(
            "plans.User", email="chair@example.org", name=WORDS[:40], password="!", is_active=False
        )
        group = make("auth.Group", name="Readers")
        self.user.groups.add(group)
        permission = self.apps.get_model("auth.Permission").objects.create(
            name="Read",
            codename="read",
            content_type=make("contenttypes.ContentType", app_label="old", model="one"),
        )
        group.permissions.add(permission)
        self.user.user_permissions.add(permission)
        self.board = make(
            "plans.Board",
            council="Teesmere",
            name="Improvement board",
            slug="teesmere",
            small_numbers_below=7,
        )
        make("plans.Membership", board=self.board, user=self.user, role="editor")
        make("plans.Membership", board=self.board, user=self.other, role="chair")
        self.lead = make("plans.Lead", board=self.board, name="Head of Front Door", key="head of front door")
        make("plans.Holding", lead=self.lead, user=self.user)
        make("plans.SpentToken", token="t" * 64, url="/boards/teesmere/", spent_at=MOMENT)
        make(
            "plans.KeptForm",
            user=self.user,
            path="/boards/teesmere/updates/",
            fields={"a": [WORDS]},
            kept_at=MOMENT,
        )
        make("plans.ColumnMemory", board=self.board, heading="who", field="leads")

    def _plan(self):
        make = self.make
        self.plan = make(
            "plans.Plan",
            board=self.board,
            title="Recovery plan",
            starts=DAY,
            ends=date(2025, 3, 31),
            level_names=["Area", "Outcome"],
            columns=[{"heading": WORDS}],
            quarters_from=4,
        )
        make("plans.Plan", board=self.board, title="Recovery plan", status="withdrawn")
        make(
            "plans.RatingKey",
            plan=self.plan,
            code="off_track",
            colour="red",
            word="Off track",
            explanation=WORDS,
        )
        make("plans.RatingKey", plan=self.plan, code="on_track", colour="green", word="On track", position=1)
        top = make("plans.Area", plan=self.plan, title=WORDS, reference="1", description=WORDS)
        self.area = make("plans.Area", plan=self.plan, parent=top, level=1, title="Answering", position=2)
        self.imported = make(
            "plans.Import",
            board=self.board,
            plan=self.plan,
            plan_title="Recovery plan",
            filename="plan.xlsx",
            sha256=hashlib.sha256(BYTES).hexdigest(),
            size=len(BYTES),
            state="applied",
            applied_at=MOMENT,
            by=self.user,
            choices={"columns": [1, 2.5, None]},
            summary={"actions": 2},
            undo={"made": [1]},
            not_understood=[WORDS],
        )
        make("plans.Workbook", imported_by=self.imported, content=BYTES)
        make(
            "plans.Import",
            board=self.board,
            filename="b.xlsx",
            sha256="0" * 64,
            size=1,
            state="undone",
            applied_at=MOMENT,
            undone_at=MOMENT,
            undone_by=self.user,
            undo_report=["Kept: a lead"],
        )
        self.action = make(
            "plans.Action",
            plan=self.plan,
            area=self.area,
            reference="1.1",
            title="Answer every call",
            activity=WORDS,
            target_text="End of September",
            target_kind="day",
            target_due=LATER,
            target_assumed=True,
            leads_text="Head of Front Door",
            notes=[["Notes", WORDS]],
            position=3,
        )
        make(
            "plans.Action",
            plan=self.plan,
            area=top,
            reference="1.1",
            title="Answer calls",
            withdrawn_on=LATER,
            withdrawn_reason="Said twice",
            merged_into=self.action,
            target_kind="recurring",
            target_text="Monthly",
        )
        make("plans.ActionLead", action=self.action, lead=self.lead, accountable=True)
        self.step = make(
            "plans.Step",
            action=self.action,
            number="a",
            text=WORDS,
            target_kind="day",
            target_due=DAY,
            done_on=DAY,
        )
        recommendation = make("plans.Recommendation", board=self.board, reference="R1", text=WORDS)
        make("plans.ActionRecommendation", action=self.action, recommendation=recommendation)

    def _progress(self):
        make = self.make
        dated = {"on": DAY, "action": self.action}
        make("plans.ProgressUpdate", **dated, rating="off_track", happened=WORDS, imported_by=self.imported)
        wrong = make("plans.ProgressUpdate", **dated, rating="on_track", by=self.user)
        self.update = make(
            "plans.ProgressUpdate",
            **dated,
            rating="slippage",
            way_back=WORDS,
            by=self.user,
            replaces=wrong,
            replacement_reason="The wrong action",
        )
        make("plans.ProgressUpdate", **dated, rating="on_track", withdrawn_at=MOMENT, by=self.other)
        moved = {"from_kind": "day", "from_due": DAY, "to_kind": "day", "to_due": LATER, "by": self.user}
        make("plans.TargetMove", **dated, **moved, reason=WORDS, agreed_by="The board")
        make("plans.TargetMove", **dated, **moved, step=self.step, reason="Late", from_assumed=True)

    def _evidence(self):
        make = self.make
        self.evidence = make(
            "plans.Evidence",
            board=self.board,
            title="Dip sample",
            kind="audit",
            dated=DAY,
            note=WORDS,
            by=self.user,
            filename="sample.pdf",
            content_type="application/pdf",
            size=len(BYTES),
        )
        make(
            "plans.EvidenceFile",
            evidence=self.evidence,
            content=BYTES,
            sha256=hashlib.sha256(BYTES).hexdigest(),
        )
        make(
            "plans.Evidence",
            board=self.board,
            title="Page",
            kind="data",
            dated=DAY,
            link="https://example.org/a",
        )
        make("plans.UpdateEvidence", update=self.update, evidence=self.evidence)

    def _measures(self):
        make = self.make
        self.measure = make(
            "impact.Measure",
            board=self.board,
            name="Contacts",
            unit="percent",
            decimals=1,
            direction="higher",
            definition=WORDS,
            owner=self.lead,
            fix_after=24,
        )
        make("impact.Measure", board=self.board, name="Contacts", closed_on=DAY)
        make("impact.MeasureArea", measure=self.measure, area=self.area)
        make("impact.MeasureAction", measure=self.measure, action=self.action)
        dated = {"measure": self.measure, "on": LATER, "month": date(2024, 3, 1), "by": self.user}
        make("impact.MeasureTarget", **dated, value=Decimal("92.5"), reason=WORDS)
        make("impact.Note", **dated, text=WORDS)
        make("impact.StepChange", **dated, reason=WORDS, agreed_by="The board", agreed_on=DAY)
        parts = {"numerator": Decimal("1234.5678"), "denominator": Decimal("3")}
        make("impact.Observation", **dated, value=Decimal("-0.0001"), **parts, withdrawn_at=MOMENT)
        make("impact.Observation", **dated, value=Decimal("87.25"), imported_by=self.imported)
        make("impact.Observation", **dated)

    def _narratives(self):
        make = self.make
        told = make(
            "impact.Narrative",
            area=self.area,
            starts=DAY,
            ends=LATER,
            done=WORDS,
            so_what="**Better**",
            by=self.user,
            status="published",
            published_on=LATER,
            published_by=self.other,
        )
        make("impact.Narrative", area=self.area, starts=LATER, ends=LATER, done="Begun")
        make("impact.NarrativeMeasure", narrative=told, measure=self.measure)
        make("impact.NarrativeEvidence", narrative=told, evidence=self.evidence)

    def _history(self):
        """Two of each row that has a history: made by nobody, changed by somebody."""
        for history in [one for one in self.apps.get_models() if one.__name__.startswith("Historical")]:
            model = self.apps.get_model(history._meta.app_label, history.__name__.removeprefix("Historical"))
            names = [field.attname for field in model._meta.concrete_fields]
            for row in model.objects.values(*names):
                history.objects.create(**row, history_date=MOMENT, history_type="+")
                said = {"history_user_id": self.user.pk, "history_change_reason": WORDS}
                history.objects.create(**row, history_date=MOMENT, history_type="~", **said)
