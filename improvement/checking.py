"""The checks of a plan as at a day: gathered in a fixed number of queries, asked in Python."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from impact.judging import judge_all
from impact.models import Measure
from impact.rows import CONCERN, MeasureRow, panel_of
from improvement.action_rows import ActionRow, action_rows
from improvement.check_facts import Facts, Looks, gather_facts
from improvement.checks import (
    ActionSeen,
    Finding,
    RecommendationSeen,
    check_action,
    check_recommendation,
)
from improvement.findings import Findings, Subject
from plans.history.answers import AnswersThen
from plans.models import Plan
from plans.models.querysets import ActionQuerySet
from plans.rating import KeyEntry
from plans.rating.key_words import good_word
from plans.standing import AsAt


def findings_of(
    plan: Plan,
    shown: AsAt,
    actions: ActionQuerySet | Sequence[int] | None = None,
    *,
    key: Sequence[KeyEntry] | None = None,
    meetings: Collection | None = None,
    rows: Iterable[MeasureRow] | None = None,
    stand: Sequence[ActionRow] | None = None,
    answers: AnswersThen | None = None,
) -> Findings:
    """What there is to ask of all the plan's actions and the board's recommendations, or of `actions` alone
    (a queryset or ids).

    Pass what the page knows already: the plan's key, the board's meetings that stand, its judged measures
    as `rows`, how the very actions asked about `stand` on the day, and the `answers` of a past one. Then it
    takes one query however many actions there are; up to nine more without, and six on a past day.
    """
    pks = list(actions.values_list("pk", flat=True)) if isinstance(actions, ActionQuerySet) else actions
    if meetings is None:
        meetings = plan.board.meetings.standing()
    looks = Looks.of(shown.day, [meeting.on for meeting in meetings])
    facts = gather_facts(plan, shown, looks, pks, answers=answers)
    concern = measures_in_concern(plan, shown, facts, rows)
    key = [rating.entry for rating in plan.key.all()] if key is None else key
    seeing = Seeing(plan, shown, looks, facts, concern, key)
    stand = action_rows(plan, shown, pks) if stand is None else stand
    return found_of(seeing, stand, whole=pks is None)


def found_of(seeing: "Seeing", stand: Iterable[ActionRow], *, whole: bool) -> Findings:
    seen = {row.pk: seeing.see(row) for row in stand}
    found = () if seeing.shown.begins else judge(seeing, seen, whole=whole)
    return Findings(seeing.plan, found, seeing.facts.signed, seeing.facts.waiting)


class Seeing:
    """All that is the same for every action; `concern` names the measures in concern by id."""

    def __init__(
        self,
        plan: Plan,
        shown: AsAt,
        looks: Looks,
        facts: Facts,
        concern: Mapping[int, str],
        key: Sequence[KeyEntry],
    ):
        self.plan, self.shown, self.facts, self.concern = plan, shown, facts, concern
        self.words = {entry.code: entry.word for entry in key}
        self.good_word = good_word(key)
        self.slipping_at = looks.days if looks.met else ()
        self.asked = shown.asked

    def see(self, row: ActionRow) -> ActionSeen:
        """The values of one action."""
        facts, pk, shown = self.facts, row.pk, self.shown
        slipping = pk in facts.slipping
        return ActionSeen(
            pk,
            shown.day,
            rating=row.rating,
            word=self.words.get(row.rating, "Not rated"),
            good_word=self.good_word,
            updated_on=row.updated_on,
            happened=row.happened,
            way_back=row.way_back,
            added_on=row.added_on,
            due=row.due,
            late_steps=tuple(facts.late.get(pk, ())),
            moves=row.moves.times,
            moved_days=row.moves.days,
            has_evidence=pk in facts.evidence,
            needs_sign_off=self.plan.blue_needs_sign_off,
            signed_off=pk in facts.signed,
            sign_off_waits=pk in facts.waiting,
            has_so_what=facts.has_so_what(row.area),
            area=row.area,
            slipping=slipping,
            slipping_at=self.slipping_at if slipping else (),
            since=self.asked.updated_after,
            met=self.asked.has_met,
            earlier=row.earlier,
            earlier_word=self.words.get(row.earlier, "Not rated"),
            before=row.before,
            before_word=self.words.get(row.before, "Not rated"),
            concern=self._concern_of(pk),
            lead=row.lead_name or "",
            lead_pk=row.lead,
            lead_left=row.lead in facts.left,
        )

    def _concern_of(self, pk: int) -> tuple[str, ...]:
        linked = self.facts.measures.get(pk, ())
        return tuple(sorted(self.concern[measure] for measure in linked if measure in self.concern))


def measures_in_concern(
    plan: Plan, shown: AsAt, facts: Facts, rows: Iterable[MeasureRow] | None
) -> dict[int, str]:
    """The names, by id, of the measures in concern; judged here where the page has not judged them."""
    if rows is None:
        linked = {measure for measures in facts.measures.values() for measure in measures}
        measures = Measure.objects.filter(board=plan.board_id, pk__in=linked).current(shown.day)
        rows = panel_of(judge_all(measures, until=shown.day, known=shown.past_day)).rows
    return {row.measure.pk: row.name for row in rows if row.group == CONCERN}


def judge(
    seeing: Seeing, seen: Mapping[int, ActionSeen], *, whole: bool
) -> Iterator[tuple[Subject, Finding, int | None]]:
    """What every check finds, each with what it is about and the id of the answer that stands."""
    facts = seeing.facts
    for each in seen.values():
        found = check_action(each)
        subject = Subject(each.pk, each.area, each.lead_pk, each.rating) if found else None
        for finding in found:
            yield subject, finding, facts.answer_to(finding)
    for pk, actions in facts.recommendations.items() if whole else ():
        ratings = tuple(sorted((action, seen[action].rating) for action in actions & seen.keys()))
        elsewhere = bool(actions - seen.keys())
        told = RecommendationSeen(pk, seeing.shown.day, ratings, elsewhere, seeing.good_word)
        for finding in check_recommendation(told):
            yield Subject(pk), finding, facts.answer_to(finding)
