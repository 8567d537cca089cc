"""Loads the demonstration through the importer and the services, as people would have entered it."""

import json
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from improvement.demonstration import PASSWORD
from improvement.demonstration.agreeing import Agreements
from improvement.demonstration.audits import Audits
from improvement.demonstration.figures import Figures
from improvement.demonstration.inspected import Inspections
from improvement.demonstration.meetings import Meetings
from improvement.demonstration.moving import keep_sheets, months_between, move_dates, move_text
from improvement.demonstration.told import Told, action_of
from improvement.imports.workbooks import apply_import, check_import, upload_workbook
from plans.models import Action, Board, Plan, User
from plans.rating import KeyEntry
from plans.services.history import save
from plans.services.people import create_board, find_or_create_leads, set_holders, set_role
from plans.services.plans import set_key
from plans.services.progress import move_target, record_update, set_step_done

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


@transaction.atomic
def load_demonstration(today: date | None = None) -> None:
    """Two councils' boards, a person for every role, a closed plan of 2020 and a live one around today."""
    told = _read("demonstration")
    people = _create_people(told["users"])
    met, audited = _read("demonstration-meetings"), _read("demonstration-audits")
    for board in told["boards"]:
        more = {"met": met, "audited": audited} if board["slug"] == met["board"] else {}
        _Board(board, people, today or timezone.localdate(), **more).load()


def _read(name: str) -> dict:
    return json.loads((FIXTURES / f"{name}.json").read_text())


def _create_people(users: list[dict]) -> dict[str, User]:
    # Hashed once: hashing each of twenty would take most of the first start.
    password = make_password(PASSWORD)
    people = {}
    for user in users:
        person = User.objects.create_user(**user)
        person.password = password
        person.save(update_fields=["password"])
        people[person.email] = person
    return people


class _Board:
    """`met` is what its meetings are about, `audited` its audits; a board may be without them."""

    def __init__(
        self,
        told: dict,
        people: dict[str, User],
        today: date,
        *,
        met: dict | None = None,
        audited: dict | None = None,
    ):
        self.told, self.people, self.today = told, people, today
        self.met, self.audited = met, audited

    def load(self) -> None:
        told = self.told
        self.board = create_board(told["council"], told["name"], told["slug"], by=None)
        for email, role in told["members"].items():
            set_role(self.board, self.people[email], role, by=None)
        about = Told(self.board, self.people, self.today)
        meetings = Meetings(self.met, about) if self.met else None
        if meetings:
            meetings.add()
        for plan in told["plans"]:
            _Plan(plan, self.board, self.people, self.today).load()
        figures = Figures(told, self.board, self.people, self.today)
        figures.load()
        about.evidence = figures.evidence
        for email, names in told["leads"].items():
            for lead in find_or_create_leads(self.board, names, by=None):
                holders = [*lead.holders.all(), self.people[email]]
                set_holders(lead, holders, by=None)
        if meetings:
            self._meet(meetings, about)

    def _meet(self, meetings: Meetings, about: Told) -> None:
        """What the board does at and between its meetings; their papers close on all of it."""
        agreements = Agreements(self.met, about)
        agreements.load()
        meetings.record()
        Inspections(self.met, about).load()
        Audits(self.audited, about).load()
        agreements.accept()
        meetings.close_papers()


class _Plan:
    def __init__(self, told: dict, board: Board, people: dict[str, User], today: date):
        self.told, self.board, self.people, self.today = told, board, people, today
        self.months = 0
        if "written_for" in told:
            self.months = months_between(date.fromisoformat(f"{told['written_for']}-01"), today)

    def load(self) -> None:
        self.plan = self._import()
        self._describe()
        self.actions = list(Action.objects.filter(plan=self.plan))
        for update in self.told["updates"]:
            self._update(update)
        for move in self.told["moves"]:
            self._move(move)
        if "later" in self.told:
            self._import_later(self.told["later"])
        for step in self.told["steps"]:
            action = action_of(self.actions, step["action"])
            set_step_done(action.steps.get(number=step["step"]), date.fromisoformat(step["done_on"]), by=None)

    def _import(self) -> Plan:
        """The workbook's ratings are left to the updates, which lead up to them month by month."""
        told = self.told
        content = (FIXTURES / told["file"]).read_bytes()
        if "sheets" in told:
            content = keep_sheets(content, told["sheets"])
        if self.months:
            content = move_dates(content, self.months)
        choices = {"title": told["title"], "on": self._day(told, "imported_").isoformat()}
        by = self.people[told["imported_by"]]
        imported = upload_workbook(self.board, told["file"], content, by=by, choices=choices)
        rows = check_import(imported, today=self.today)["plan"].comparisons
        imported.choices["updates"] = {row.key: False for row in rows}
        apply_import(imported, check_import(imported, today=self.today), by=by)
        imported.refresh_from_db()
        return imported.plan

    def _import_later(self, told: dict) -> None:
        """Other sheets of the same workbook, brought in once there was something to say in them."""
        content = keep_sheets((FIXTURES / self.told["file"]).read_bytes(), told["sheets"])
        by, choices = self.people[told["imported_by"]], {"on": told["on"]}
        imported = upload_workbook(self.board, self.told["file"], content, by=by, choices=choices)
        apply_import(imported, check_import(imported, today=self.today), by=by)

    def _describe(self) -> None:
        told = self.told
        self.plan.status = told["status"]
        for name in ("starts", "ends"):
            if name in told:
                setattr(self.plan, name, date.fromisoformat(told[name]))
        save(self.plan, by=None)
        if "key" in told:
            set_key(self.plan, [KeyEntry(**entry) for entry in told["key"]], by=None)

    def _update(self, told: dict) -> None:
        record_update(
            action_of(self.actions, told["action"]),
            by=self.people[told["by"]],
            rating=told.get("rating", ""),
            happened=told["happened"],
            way_back=told.get("way_back", ""),
            on=self._day(told),
        )

    def _move(self, told: dict) -> None:
        on = self._day(told)
        move_target(
            action_of(self.actions, told["action"]),
            to=move_text(told["to"], self.months),
            by=self.people[told["by"]],
            reason=told["reason"],
            agreed_by=told["agreed_by"],
            meeting=self.board.meetings.standing().filter(on=on).first(),
            on=on,
        )

    def _day(self, told: dict, prefix: str = "") -> date:
        if f"{prefix}on" in told:
            return date.fromisoformat(told[f"{prefix}on"])
        return self.today - timedelta(told[f"{prefix}days_ago"])
