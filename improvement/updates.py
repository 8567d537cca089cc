"""The page of one's updates: loaded by pages, sent one by one or all at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone

from improvement.asking import Asking, new_to
from improvement.check_facts import Facts, ToAnswer
from improvement.checking_loaded import facts_for_updates, findings_of_loaded
from improvement.findings import Findings
from improvement.update_rows import Row
from plans.access import Access
from plans.forms.seen import is_written_in
from plans.forms.updates import UpdateForm
from plans.models import Action, ActionLead, Plan
from plans.services.evidence import recent_evidence
from plans.services.updates import actions_led, load_for_updates, lock_actions
from plans.standing import AsAt, Standing, shown_day

MOST = 20
ROW_FIELD = re.compile(r"a([1-9]\d{0,17})-seen")
TEXTS = ("happened", "way_back", "new_date", "move_reason")
ALL = "all"


# What was written for actions no longer on the person's list: [(the action's name, [text, ...])].
Homeless = list[tuple[str, list[str]]]


@dataclass
class Sent:
    """The rows that were sent with changes, and what came of each."""

    rows: list[Row]
    homeless: Homeless

    def with_outcome(self, *outcomes: str) -> list[Row]:
        return [row for row in self.rows if row.outcome in outcomes]

    @property
    def saved(self) -> list[Row]:
        return self.with_outcome("saved")

    @property
    def wrong(self) -> list[Row]:
        return self.with_outcome("wrong", "conflict")

    @property
    def unsaved(self) -> list[Row]:
        return self.with_outcome("unsaved")

    @property
    def unsent(self) -> int:
        return len(self.wrong) + len(self.unsaved)

    @property
    def is_settled(self) -> bool:
        return not (self.wrong or self.unsaved or self.homeless)


@dataclass
class Round(Sent):
    """All the rows of a page, and counts of all the person's actions, as the rows' flags tell them."""

    page: Page
    led: list[Standing]
    shown: AsAt
    challenges: list[ToAnswer]

    @property
    def total(self) -> int:
        return len(self.led)

    @property
    def complete(self) -> int:
        """Of those that are not updated in this round."""
        return self.total - self.updated - self.to_do

    @property
    def to_do(self) -> int:
        return sum(each.is_quiet(self.shown) for each in self.led)

    @property
    def updated(self) -> int:
        return sum(self.shown.is_updated(each.updated_on) for each in self.led)


class Rounds:
    """Loads and sends the rows of one person and plan."""

    def __init__(self, access: Access, plan: Plan):
        self.access, self.plan = access, plan
        self.today: date = timezone.localdate()
        self.key = [row.entry for row in plan.key.all()]
        self.pieces = list(recent_evidence(access.board))
        # What was asked of the actions before they were sent.
        self.asked: set[str] = set()

    def load(self, page: str | int = 1, written: QueryDict | None = None) -> Round:
        """A page of rows as they stand; what `written` holds is filled in and not saved yet."""
        listed, led = self._standing(page)
        pks = [*listed.object_list, *sent_actions(written or {})]
        rows = [self._row(action) for action in self._actions(pks)]
        if written:
            rows = [self._unsaved(row, written) for row in rows]
        facts = self._ask(rows)
        homeless = self._homeless(rows, written) if written else []
        return Round(rows, homeless, listed, led, self._shown(facts), facts.challenges)

    def prepare(self, data: QueryDict) -> Facts:
        """What `send` needs and what may be as it was a moment before."""
        pks = changed_actions(data)
        return self._facts(pks) if pks else Facts()

    def send(self, data: QueryDict, which: str, facts: Facts) -> Sent:
        """Saves the rows that were changed, all of them or the one whose id is `which`.

        `facts` are from `prepare`. Must run in a transaction: rows that are right are saved, each whole or
        not at all.
        """
        pks = changed_actions(data)
        lock_actions(pks)
        actions = self._actions(pks)
        self.asked = {finding.basis for finding in self._findings(actions, facts).open}
        rows = [self._sent(action, data, which) for action in actions]
        return Sent(rows, self._homeless(rows, data))

    def tell(self, sent: Sent) -> None:
        """Shows what was saved as it now stands, with what it has raised."""
        if pks := [row.action.pk for row in sent.saved]:
            sent.rows = self._anew(sent, pks)
            self._ask(sent.rows)

    def load_again(self, sent: Sent, data: QueryDict, page: str | int = 1) -> Round:
        """The page as it was sent, where something in it was not saved."""
        listed, led = self._standing(page)
        rows = self._anew(sent, sent_actions(data))
        facts = self._ask(rows)
        return Round(rows, sent.homeless, listed, led, self._shown(facts), facts.challenges)

    def _shown(self, facts: Facts) -> AsAt:
        return shown_day(self.plan, self.today, meetings=facts.meetings)

    def _standing(self, page: str | int) -> tuple[Page, list[Standing]]:
        """The page of ids, and how all the person's actions stand."""
        led = actions_led(self.plan, self.access.user).with_rating(self.today)
        rows = led.values_list("pk", "area_id", "target_due", "rating", "updated_on")
        standing = [Standing(*row) for row in rows]
        return Paginator([each.pk for each in standing], MOST).get_page(page), standing

    def _actions(self, pks) -> list[Action]:
        mine = ActionLead.objects.filter(accountable=True, lead__holdings__user=self.access.user)
        actions = actions_led(self.plan, self.access.user).filter(pk__in=pks)
        actions = actions.annotate(is_accountable=Exists(mine.filter(action=OuterRef("pk"))))
        return load_for_updates(actions, self.plan)

    def _facts(self, pks: Sequence[int]) -> Facts:
        return facts_for_updates(self.plan, pks, self.today, self.access.user)

    def _findings(self, actions: Sequence[Action], facts: Facts) -> Findings:
        return findings_of_loaded(self.plan, self._shown(facts), actions, self.key, facts)

    def _ask(self, rows: Sequence[Row]) -> Facts:
        """Puts beside each row what there is to ask, and what of that is new since it was saved.

        Gives the facts that it rests on.
        """
        actions = [row.action for row in rows]
        pks = [action.pk for action in actions]
        facts = self._facts(pks)
        findings, shown = self._findings(actions, facts), self._shown(facts)
        asking = Asking(self.access, self.plan, shown, set(pks))
        for row in rows:
            row.is_updated = shown.is_updated(row.form.last and row.form.last.on)
            row.questions = asking.questions(findings.of_action(row.action.pk))
            if row.outcome == "saved":
                row.raised = new_to(self.asked, row.questions)
        return facts

    def _row(self, action: Action, data: QueryDict | None = None, **options) -> Row:
        options |= {"key": self.key, "user": self.access.user, "pieces": self.pieces}
        form = UpdateForm(data, action=action, **options)
        return Row(action, form, action.is_accountable, self.today)

    def _sent(self, action: Action, data: QueryDict, which: str) -> Row:
        row = self._row(action, data)
        if f"{row.form.prefix}-seen" not in data or not row.form.is_touched:
            return self._row(action)
        if which not in (ALL, str(action.pk)):
            return self._unsaved(row, data)
        if row.form.is_valid() and row.form.save():
            row.outcome, row.saved_at, row.sent = "saved", f"{timezone.localtime():%H:%M}", row.form
        else:
            row.outcome = "conflict" if "keep" in row.form.errors else "wrong"
        return row

    def _unsaved(self, row: Row, data: QueryDict) -> Row:
        """The row with what was written in it, and no word yet about mistakes."""
        form = self._row(row.action, data).form
        if f"{form.prefix}-seen" not in data or not form.is_touched:
            return row
        written = {name: form[name].value() for name in form.fields}
        filled = self._row(row.action, initial=written)
        filled.outcome = "unsaved"
        return filled

    def _anew(self, sent: Sent, pks: Sequence[int]) -> list[Row]:
        """The rows of these actions as they now stand; what was not saved stays as it was sent."""
        left = {row.action.pk: row for row in sent.rows if row.outcome}
        rows = [self._now(action, left.pop(action.pk, None)) for action in self._actions(pks)]
        return [*rows, *left.values()]

    def _now(self, action: Action, sent: Row | None) -> Row:
        if sent is None:
            return self._row(action)
        return sent if sent.is_open else replace(sent, action=action, form=self._row(action).form)

    def _homeless(self, rows: list[Row], data: QueryDict) -> Homeless:
        """Nothing written is lost where somebody else took over or withdrew the action meanwhile."""
        gone = set(changed_actions(data)) - {row.action.pk for row in rows}
        texts = {
            pk: [words for name in TEXTS if (words := data.get(f"a{pk}-{name}", "").strip())] for pk in gone
        }
        if not any(texts.values()):
            return []
        names = {
            action.pk: str(action)
            for action in Action.objects.filter(plan__board=self.access.board, pk__in=gone)
        }
        return [(names[pk], words) for pk, words in sorted(texts.items()) if words and pk in names]


def sent_actions(data) -> list[int]:
    """The ids of the actions whose rows a form holds, in their order, at most a page of them."""
    found = (ROW_FIELD.fullmatch(name) for name in data)
    return [int(match[1]) for match in found if match][:MOST]


def changed_actions(data) -> list[int]:
    """Those of them in whose rows something was changed since the form was drawn."""
    return [pk for pk in sent_actions(data) if is_written_in(data, f"a{pk}")]
