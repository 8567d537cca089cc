"""What a bundle says of what stands around actions: questions, decisions, measures, audits."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from audits.models import Audit, Finding, FindingAction
from audits.published_rows import publish_audits
from impact.judging import judge_all
from impact.markup import to_plain
from impact.models import Measure, MeasureChallenge, Narrative
from impact.months import month_words
from impact.periods import period_words
from impact.published_rows import publish
from impact.rows import MeasureRow, panel_of
from impact.services.narrative_board import with_support
from improvement.bundles.parts import part
from improvement.bundles.scope import Scope, name_of
from improvement.packs.telling import person
from plans.models import Challenge, ChallengeAnswer, Decision
from plans.templatetags.components import long_date

MONTHS = 24
NOT_TOLD = "Not told here: a month of it is hidden as a small number."


def narratives(scope: Scope) -> dict:
    published = Narrative.objects.published(scope.day).filter(scope.of_areas())
    rows = [
        [
            str(each.area),
            period_words(each.starts, each.ends),
            each.published_on,
            to_plain(each.done),
            to_plain(each.so_what),
            "; ".join([*map(str, each.measures.all()), *map(str, each.evidence.all())]),
        ]
        for each in with_support(published)
    ]
    headers = ["Area", "Period", "Published", "What have we done?", "So what?", "Shown by"]
    about = "Every narrative that was published by the day, the newest first."
    return part("Narratives", "What has been done, and so what", about, headers, rows, records=True)


def measures(scope: Scope) -> list[dict]:
    """Each measure’s sentence, and its months as they may be published."""
    wanted = _measures_of(scope)
    known = publish(scope.board)
    months = [n for n, month in enumerate(known.months) if month <= scope.day][-MONTHS:]
    cells = {measure.pk: row for measure, row in zip(known.measures, known.cells, strict=True)}
    panel = panel_of(judge_all(wanted, until=scope.day, known=scope.past_day))
    sentences = [
        [*_sentence(row, any(cells[row.measure.pk][n].hidden for n in months))]
        for row in [*panel.rows, *panel.stocks]
        if row.measure.pk in cells
    ]
    values = [
        [measure.name, month_words(known.months[n]), cells[measure.pk][n].text]
        for measure in wanted
        if measure.pk in cells
        for n in reversed(months)
        if cells[measure.pk][n].text
    ]
    headers = ["Measure", "Which way is better", "Month", "Variation", "Target", "Sentence"]
    return [
        part("Measures", "Measures", "Each judged against its own past.", headers, sentences),
        part("Months", "Measures by month", " ".join(known.rules), ["Measure", "Month", "Value"], values),
    ]


def _measures_of(scope: Scope) -> list[Measure]:
    found = Measure.objects.filter(board=scope.board).current(scope.past_day)
    if not scope.is_whole_plan:
        linked = Q(scope.of_actions("actions")) | scope.of_areas("areas")
        found = found.filter(pk__in=Measure.objects.filter(linked).order_by().values("pk"))
    return list(found)


def _sentence(row: MeasureRow, has_hidden: bool) -> Iterable[str]:
    judged = not (row.measure.is_stock and not row.is_change)
    yield row.name
    yield row.remark
    yield month_words(row.month) if row.month else ""
    yield row.variation.word if judged else "A count at one time: no verdict"
    yield row.target
    yield NOT_TOLD if has_hidden else " ".join([row.verdict.headline, *row.verdict.notes])


def audits(scope: Scope) -> list[dict]:
    """Finished audits with their counts as they may be published, and what they found."""
    findings = list(_findings(scope))
    wanted = {each.audit_id for each in findings}
    wanted |= set(_audits(scope).order_by().values_list("pk", flat=True))
    published = [one for one in publish_audits(scope.board) if one.audit.pk in wanted]
    rows = [
        [one.audit.title, one.audit.done_on, one.audit.theme, words, cell.text]
        for one in published
        if one.audit.done_on <= scope.day
        for words, cell in one.cells
    ]
    headers = ["Audit", "Done on", "Theme", "Counted", "Cases"]
    found = [
        [
            each.text,
            each.get_kind_display(),
            each.audit.title,
            each.audit.done_on,
            each.theme,
            "\n".join(name_of(link.action) for link in each.shown_links),
        ]
        for each in findings
    ]
    finding_headers = ["Finding", "Kind", "Audit", "Done on", "Theme", "Actions that answer it"]
    return [
        part("Audits", "Practice audits", "Small counts are hidden.", headers, rows),
        part("Findings", "What audits found", "With the actions that answer.", finding_headers, found),
    ]


def _audits(scope: Scope) -> QuerySet[Audit]:
    done = Audit.objects.filter(board=scope.board).done(scope.day)
    return done if scope.is_whole_plan else done.filter(scope.of_areas())


def _findings(scope: Scope) -> QuerySet[Finding]:
    """Those of the audits, and those that the actions answer."""
    links = FindingAction.objects.filter(action__plan__board=scope.board).select_related("action")
    answered = FindingAction.objects.filter(scope.of_actions()).values("finding")
    done = Finding.objects.filter(audit__in=Audit.objects.filter(board=scope.board).done(scope.day))
    mine = Q(audit__in=_audits(scope).order_by()) | Q(pk__in=answered)
    related = done.filter(mine).select_related("audit").order_by("audit__done_on", "audit", "position", "pk")
    return related.prefetch_related(Prefetch("action_links", links.order_by("pk"), to_attr="shown_links"))


def challenges(scope: Scope) -> dict:
    """Raised by the day, with what was answered and what came of it by then."""
    answers = ChallengeAnswer.objects.filter(on__lte=scope.day).select_related("by").order_by("on", "pk")
    found = _challenges(scope).select_related("action", "area", "raised_by", "owner")
    found = found.prefetch_related(Prefetch("answers", answers, to_attr="answers_then"))
    about = dict(
        MeasureChallenge.objects.filter(challenge__board=scope.board).values_list(
            "challenge", "measure__name"
        )
    )
    found = list(found.order_by("raised_on", "pk"))
    scope.names.tell(each.owner for each in found)
    rows = [
        [
            each.question,
            _about(each, about.get(each.pk, "")),
            person(each.raised_by),
            each.raised_on,
            each.owner.name,
            each.due,
            "\n".join(
                f"{long_date(one.on)}, {person(one.by) or 'not said by whom'}: {one.text}"
                for one in each.answers_then
            ),
            f"{each.get_outcome_display()}: {each.outcome_words}" if _is_closed(each, scope) else "Open",
            each.closed_on if _is_closed(each, scope) else None,
        ]
        for each in found
    ]
    headers = ["Question", "About", "Asked by", "Asked on", "Asked of", "Answer due", "Answers", "Outcome"]
    about_words = "Every challenge that was raised by the day, the oldest first."
    return part("Challenges", "Challenges", about_words, [*headers, "Closed on"], rows, records=True)


def _challenges(scope: Scope) -> QuerySet[Challenge]:
    raised = Challenge.objects.filter(board=scope.board, raised_on__lte=scope.day)
    measures = Challenge.objects.filter(measure_link__measure__in=[each.pk for each in _measures_of(scope)])
    mine = scope.of_actions() | scope.of_areas() | Q(pk__in=measures.order_by().values("pk"))
    if scope.is_whole_plan:
        mine |= Q(action=None, area=None)
    return raised.filter(mine)


def _is_closed(challenge: Challenge, scope: Scope) -> bool:
    return challenge.closed_on is not None and challenge.closed_on <= scope.day


def _about(challenge: Challenge, measure: str) -> str:
    if challenge.action:
        return f"Action {name_of(challenge.action)}"
    if challenge.area:
        return str(challenge.area)
    return f"Measure {measure}" if measure else "The board"


def decisions(scope: Scope) -> dict:
    """Of meetings up to the day: on these actions and challenges, and for a plan on nothing else, too."""
    found = Decision.objects.filter(meeting__board=scope.board, meeting__on__lte=scope.day)
    mine = scope.of_actions() | scope.of_actions("move__action")
    mine |= Q(challenge__in=_challenges(scope).order_by().values("pk"))
    if scope.is_whole_plan:
        mine |= Q(action=None, move=None, challenge=None)
    related = found.filter(mine).select_related("meeting", "action", "challenge", "move__action")
    rows = [
        [
            each.meeting.on,
            each.text,
            name_of(each.action or each.move.action) if each.action or each.move else "",
            f"{each.move.from_text or 'No date'} to {each.move.to_text or 'no date'}" if each.move else "",
            each.challenge.question if each.challenge else "",
        ]
        for each in related.order_by("meeting__on", "pk")
    ]
    headers = ["Meeting", "Decision", "Action", "Date moved", "Challenge"]
    return part("Decisions", "Decisions of meetings", "The oldest first.", headers, rows)
