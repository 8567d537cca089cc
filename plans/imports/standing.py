"""What stands on the board and what a workbook proposes, in one shape to compare."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from plans.dates import Kind, Target
from plans.models import (
    WHOLE_PLAN,
    Action,
    ActionLead,
    ActionRecommendation,
    Area,
    Board,
    MoveRequest,
    Outcome,
    Plan,
    ProgressUpdate,
    SignOff,
    Step,
    TargetMove,
)
from plans.spreadsheets.answering import LONGEST_REFERENCE, Known
from plans.spreadsheets.preview import Proposal, Standing, fold
from plans.spreadsheets.results import ActionRow, Level
from plans.wording.numbering import numbered

# What begins the line of an update that keeps a status which is no rating.
NOT_RATED = "Status in the workbook: "
TARGET = ("target_text", "target_kind", "target_due", "target_assumed")
TEXTS = (
    "reference",
    "title",
    "activity",
    "outcome",
    "objective",
    "success_criteria",
    "what_it_means",
    "links",
    "leads_text",
)
NO_TARGET = Target("", "none", None, False)


# What is longer is no name; its words stay in the leads as written.
LONGEST_LEAD = 200


def propose(row: ActionRow) -> Proposal:
    path = tuple(numbered(level.reference, level.title) for level in row.levels)
    headings = {fold(level.title) for level in row.levels} | {fold(part) for part in path}
    return Proposal(
        row=row,
        path=path,
        texts={
            "reference": row.reference,
            "title": row.title,
            "activity": row.activity,
            "outcome": "" if fold(row.outcome) in headings else row.outcome,
            "objective": "" if fold(row.objective) in headings else row.objective,
            "success_criteria": row.success_criteria,
            "what_it_means": row.what_it_means,
            "links": row.links,
            "leads_text": row.leads_text,
        },
        leads=tuple(name for name in row.leads if len(name) <= LONGEST_LEAD),
        steps=tuple((step.number, step.text, step.target_text) for step in row.steps),
        recommendations=tuple(_recommendation(*one) for one in row.recommendations),
        notes=tuple((heading, text) for heading, text in row.notes),
        target=row.target or NO_TARGET,
        rating=row.rating.code,
        happened=happened(row),
        way_back=row.way_back,
    )


def _recommendation(reference: str, text: str) -> tuple[str, str]:
    """A number too long to be one is the recommendation's words."""
    if len(reference) <= LONGEST_REFERENCE:
        return reference, text
    return "", f"{reference} {text}".strip()


def happened(row: ActionRow) -> str:
    """The words of the update: the progress column's, and a status that is no rating kept as written."""
    status = f"{NOT_RATED}{row.rating.word}" if row.rating.word else ""
    return "\n".join(part for part in (row.progress, status) if part)


def load_standing(plan: Plan | None) -> list[Standing]:
    """The plan's current actions, in a number of queries that does not grow with them."""
    if plan is None:
        return []
    actions = Action.objects.filter(plan=plan).current().order_by("area__position", "position", "id")
    # Plain values: making models of them takes as long again.
    actions = list(actions.values("id", "area_id", "notes", *TARGET, *TEXTS))
    paths = area_paths(Area.objects.filter(plan=plan))
    beside = Beside(plan)
    return [_stand(action, paths[action["area_id"]], beside) for action in actions]


class Beside:
    """What stands beside the plan's current actions: of each kind by the action's id a list of values."""

    def __init__(self, plan: Plan):
        self.of_plan = {"action__plan": plan, "action__withdrawn_on__isnull": True}
        self.leads = self._grouped(ActionLead.objects.order_by("position", "id"), "lead__name")
        steps = Step.objects.order_by("position", "id")
        self.steps = self._grouped(steps, "number", "text", "target_text")
        answers = ActionRecommendation.objects.order_by("id")
        told = ("recommendation__reference", "recommendation__text")
        self.recommendations = self._grouped(answers, *told)
        updates = ProgressUpdate.objects.standing()
        self.latest = self._grouped(updates.latest_of_each(), "rating", "happened", "way_back")
        imported = updates.filter(imported_by__isnull=False)
        self.imported = self._grouped(imported, "rating", "happened")
        moves = TargetMove.objects.standing().filter(step__isnull=True)
        self.moves = self._grouped(moves.order_by("on", "id"), "from_text")
        asked = MoveRequest.objects.standing().filter(step__isnull=True).exclude(outcome=Outcome.AGREED)
        self.requests = self._grouped(asked.order_by("on", "id"), "to_text", "outcome")
        self.signed_off = self._grouped(SignOff.objects.in_force())

    def _grouped(self, rows: QuerySet, *names: str) -> Mapping[int, list[tuple]]:
        found: dict[int, list[tuple]] = defaultdict(list)
        for action, *values in rows.filter(**self.of_plan).values_list("action", *names):
            found[action].append(tuple(values))
        return found


def _stand(action: Mapping, path: tuple[str, ...], beside: Beside) -> Standing:
    pk = action["id"]
    [(rating, words, way_back)] = beside.latest[pk] or [("", "", "")]
    text, kind, due, assumed = (action[name] for name in TARGET)
    requests = beside.requests[pk]
    return Standing(
        id=pk,
        path=path,
        texts={name: action[name] for name in TEXTS},
        leads=tuple(name for (name,) in beside.leads[pk]),
        steps=tuple(beside.steps[pk]),
        recommendations=tuple(beside.recommendations[pk]),
        notes=tuple((heading, words) for heading, words in action["notes"]),
        target=Target(text, Kind(kind), due, assumed),
        rating=rating,
        happened=words,
        way_back=way_back,
        earlier_targets=tuple(text for (text,) in beside.moves[pk]),
        imported=frozenset((rating, fold(words)) for rating, words in beside.imported[pk]),
        is_signed_off=bool(beside.signed_off[pk]),
        waiting_target=next((text for text, outcome in requests if outcome == Outcome.WAITING), ""),
        asked_targets=tuple(text for text, _ in requests),
    )


def load_known(board: Board) -> list[Known]:
    """The recommendations that texts may refer to, in one query."""
    told = board.recommendations.values_list(
        "reference", "text", "paragraph", "inspection__kind", "inspection__title", "inspection__received_on"
    )
    return [
        Known(reference, text, paragraph, kind or "", title or "", str(received.year) if received else "")
        for reference, text, paragraph, kind, title, received in told
    ]


def area_paths(areas: Iterable[Area]) -> dict[int, tuple[str, ...]]:
    """The headings above and including each area, outermost first; none for the whole plan's own."""
    by_id = {area.pk: area for area in areas}
    paths: dict[int, tuple[str, ...]] = {}

    def path(area: Area) -> tuple[str, ...]:
        if area.pk not in paths:
            above = path(by_id[area.parent_id]) if area.parent_id else ()
            whole = not area.parent_id and area.title == WHOLE_PLAN
            paths[area.pk] = () if whole else (*above, numbered(area.reference, area.title))
        return paths[area.pk]

    for area in by_id.values():
        path(area)
    return paths


def levels_or_whole(row: ActionRow) -> tuple[Level, ...]:
    return row.levels or (Level("", "", WHOLE_PLAN),)
