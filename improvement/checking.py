"""The checks of a plan as at a day: gathered in a fixed number of queries, asked in Python."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, OuterRef, Q, Subquery

from impact.judging import judge_all
from impact.models import Measure
from impact.rows import CONCERN, MeasureRow, panel_of
from improvement.check_facts import Facts, Looks, gather_facts
from improvement.checks import (
    ActionSeen,
    Finding,
    RecommendationSeen,
    check_action,
    check_recommendation,
)
from improvement.findings import Findings, Subject
from plans.models import Action, Plan, ProgressUpdate, TargetMove
from plans.models.querysets import ActionQuerySet
from plans.rating import UNRATED, KeyEntry
from plans.rating.key_words import good_word
from plans.standing import AsAt, Moves, moves_by_action

NO_UPDATE = (UNRATED, None, "", "")


def findings_of(
    plan: Plan,
    shown: AsAt,
    actions: ActionQuerySet | Sequence[int] | None = None,
    *,
    key: Sequence[KeyEntry] | None = None,
    meetings: Collection | None = None,
    rows: Iterable[MeasureRow] | None = None,
) -> Findings:
    """What there is to ask of all the plan's actions and the board's recommendations, or of `actions` alone
    (a queryset or ids).

    Pass what the page knows already: the plan's key, the board's meetings that stand, and its judged measures
    as `rows`. Then it takes four queries however many actions there are; up to six more without.
    """
    pks = list(actions.values_list("pk", flat=True)) if isinstance(actions, ActionQuerySet) else actions
    if meetings is None:
        meetings = plan.board.meetings.standing()
    looks = Looks.of(shown.day, [meeting.on for meeting in meetings])
    facts = gather_facts(plan, shown, looks, pks)
    concern = measures_in_concern(plan, shown, facts, rows)
    key = [rating.entry for rating in plan.key.all()] if key is None else key
    seeing = Seeing(shown, looks, facts, concern, {entry.code: entry.word for entry in key}, good_word(key))
    seen = {each.pk: each for each in see_actions(plan, seeing, pks)}
    return Findings(plan, judge(seeing, seen, whole=pks is None))


@dataclass(frozen=True, slots=True)
class Seeing:
    """All that is the same for every action; `concern` names the measures in concern by id."""

    shown: AsAt
    looks: Looks
    facts: Facts
    concern: Mapping[int, str]
    words: Mapping[str, str]
    good_word: str

    def see(
        self,
        pk: int,
        *,
        area: int,
        due: date | None,
        added_on: date | None,
        before: str,
        lead: tuple[int | None, str | None],
        update: tuple[str, date | None, str, str],
        moves: Moves,
        needs_sign_off: bool,
    ) -> ActionSeen:
        """The values of one action; `update` is (rating, day, what happened, way back)."""
        facts, (rating, on, happened, way_back), (lead_pk, lead_name) = self.facts, update, lead
        slipping = pk in facts.slipping
        return ActionSeen(
            pk,
            self.shown.day,
            rating=rating,
            word=self.words.get(rating, "Not rated"),
            good_word=self.good_word,
            updated_on=on,
            happened=happened,
            way_back=way_back,
            added_on=added_on,
            due=due,
            late_steps=tuple(facts.late.get(pk, ())),
            moves=moves.times,
            moved_days=moves.days,
            has_evidence=pk in facts.evidence,
            needs_sign_off=needs_sign_off,
            signed_off=pk in facts.signed,
            sign_off_waits=pk in facts.waiting,
            has_so_what=facts.has_so_what(area),
            area=area,
            slipping=slipping,
            slipping_at=self.looks.days if slipping and self.looks.met else (),
            since=self.shown.before,
            met=self.shown.compared is not None,
            before=before,
            before_word=self.words.get(before, "Not rated"),
            concern=self._concern_of(pk),
            lead=lead_name or "",
            lead_pk=lead_pk,
            lead_left=lead_pk in facts.left,
        )

    def _concern_of(self, pk: int) -> tuple[str, ...]:
        linked = self.facts.measures.get(pk, ())
        return tuple(sorted(self.concern[measure] for measure in linked if measure in self.concern))


def see_actions(plan: Plan, seeing: Seeing, pks: Collection[int] | None) -> Iterator[ActionSeen]:
    """Three queries; in the plan's own order."""
    shown = seeing.shown
    actions = plan.actions.shown(shown) if pks is None else Action.objects.filter(pk__in=pks)
    moves = TargetMove.objects.standing(shown.day).filter(_of(plan, pks), step__isnull=True).order_by()
    moved = moves_by_action(moves.values_list("action_id", "on", "from_due", "to_due"), shown)
    latest = latest_updates(actions, shown.day)
    behind = shown.is_past or shown.ended
    led = FilteredRelation("action_leads", condition=Q(action_leads__accountable=True))
    rows = actions.with_target(shown.day if behind else None).with_rating_before(shown.before)
    rows = rows.annotate(accountable=led).order_by("area__position", "position", "id")
    columns = ("pk", "area_id", "due", "added_on", "rating_before")
    for pk, area, due, added_on, before, *lead in rows.values_list(
        *columns, "accountable__lead_id", "accountable__lead__name"
    ):
        yield seeing.see(
            pk,
            area=area,
            due=due,
            added_on=added_on,
            before=before,
            lead=lead,
            update=latest.get(pk, NO_UPDATE),
            moves=moved.get(pk) or Moves(),
            needs_sign_off=plan.blue_needs_sign_off,
        )


def _of(plan: Plan, pks: Collection[int] | None) -> Q:
    return Q(action__plan=plan) if pks is None else Q(action__in=pks)


def latest_updates(actions: ActionQuerySet, day: date) -> dict[int, tuple[str, date, str, str]]:
    """By action (rating, day, what happened, way back) of the update that stands as its latest on `day`."""
    latest = ProgressUpdate.objects.standing(day).filter(action=OuterRef("pk")).latest_first()
    ids = actions.order_by().annotate(latest=Subquery(latest.values("pk")[:1])).values("latest")
    rows = ProgressUpdate.objects.filter(pk__in=ids).order_by()
    columns = ("action_id", "rating", "on", "happened", "way_back")
    return {pk: tuple(said) for pk, *said in rows.values_list(*columns)}


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
        subject = None
        for finding in check_action(each):
            subject = subject or Subject(each.pk, each.area, each.lead_pk, each.rating)
            yield subject, finding, facts.answers.get((each.pk, finding.basis))
    for pk, actions in facts.recommendations.items() if whole else ():
        ratings = tuple(sorted((action, seen[action].rating) for action in actions & seen.keys()))
        elsewhere = bool(actions - seen.keys())
        told = RecommendationSeen(pk, seeing.shown.day, ratings, elsewhere, seeing.good_word)
        for finding in check_recommendation(told):
            yield Subject(pk), finding, facts.recommendation_answers.get((pk, finding.basis))
