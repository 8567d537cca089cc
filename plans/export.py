"""A plan as a workbook in the council's own columns and order, so that importing it again changes nothing."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch

from plans.imports.standing import NOT_RATED
from plans.models import (
    WHOLE_PLAN,
    Action,
    ActionRecommendation,
    Area,
    Plan,
    ProgressUpdate,
    Recommendation,
)
from plans.rating import KeyEntry
from plans.spreadsheets.answering import CITING, citations_of
from plans.spreadsheets.columns import FIELDS
from plans.spreadsheets.preview import fold
from plans.spreadsheets.writing import Content, Filled, Heading, Row, Table
from plans.steps import split_steps, with_steps
from plans.templatetags.components import long_date

FILLS = {
    "blue": "8DB4E2",
    "green": "92D050",
    "amber": "FFC000",
    "red": "FF0000",
    "purple": "7030A0",
    "grey": "BFBFBF",
}
LEVEL_FIELDS = ("area", "outcome", "objective", "recommendation")
# The fields of an action that are a text of its own, as columns of the same name.
TEXTS = ("outcome", "objective", "success_criteria", "what_it_means", "links")
# Where a plan was written by hand, its columns; those with nothing in them are left out.
USUAL = (
    "reference",
    "title",
    "activity",
    *TEXTS,
    "leads",
    "target",
    "step_targets",
    "rating",
    "progress",
    "way_back",
    "recommendation_reference",
    "recommendation",
)
ALWAYS = ("title", "leads", "target", "rating")


@dataclass(frozen=True)
class Column:
    """One column: its heading, the field it holds, and for a level the index of the level's name."""

    header: str
    field: str
    level: int | None = None


@dataclass
class Told:
    """An action with all that its row needs; `path` runs from its outermost heading inwards."""

    action: Action
    update: ProgressUpdate | None
    path: list[Area]
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def headings(self, in_columns: Collection[int | None]) -> list[str]:
        """The titles of the headings above it whose level has no column."""
        return [str(area) for area in self.path if area.level not in in_columns]

    def at(self, level: int, *, numbered: bool = True) -> str:
        """The title of its heading of this level, with its number; "" where there is none."""
        area = next((area for area in self.path if area.level == level), None)
        return "" if area is None else str(area) if numbered else area.title

    @property
    def answered(self) -> list[Recommendation]:
        """What it answers, but for references that its own texts say and an import reads there."""
        answered = [link.recommendation for link in self.action.action_recommendations.all()]
        if not answered:
            return []
        cited = {fold(citation.words) for citation in citations_of(self._texts())}
        return [each for each in answered if each.text or fold(each.reference) not in cited]

    def _texts(self) -> list[str]:
        own = [getattr(self.action, name) for name in CITING]
        return [*own, *map(str, self.path), *(words for lines in self.notes.values() for words in lines)]

    @property
    def words(self) -> list[str]:
        return self.update.happened.split("\n") if self.update else []

    @property
    def status(self) -> str:
        """A status in the source that was no rating, which the importer keeps in the update's words."""
        found = (line for line in self.words if line.startswith(NOT_RATED))
        return next(found, "").removeprefix(NOT_RATED)

    @property
    def progress(self) -> str:
        return "\n".join(line for line in self.words if not line.startswith(NOT_RATED))


def plan_table(plan: Plan) -> Table:
    """The whole plan as one sheet: a row for each heading that has no column, a row for each action."""
    key = {rating.code: rating.entry for rating in plan.key.all()}
    told = list(_tell(plan))
    columns = columns_of(plan, told, key)
    rows: list[Row] = []
    above_last: list[str] = []
    for one in told:
        headings = one.headings({column.level for column in columns})
        if headings != above_last:
            rows += [Heading(title) for title in headings]
        above_last = headings
        rows.append([_content(column, one, key) for column in columns])
    levels = [place for place, column in enumerate(columns) if column.level is not None]
    headers = [column.header for column in columns]
    above = [plan.title, *_dates(plan)]
    return Table(plan.title, headers, rows, above=above, notes=_key_row(key.values()), merged_down=levels)


def _tell(plan: Plan) -> Iterable[Told]:
    areas = {area.pk: area for area in plan.areas.exclude(title=WHOLE_PLAN, parent=None)}
    latest = ProgressUpdate.objects.standing().filter(action__plan=plan).latest_of_each()
    updates = {update.action_id: update for update in latest}
    answers = Prefetch(
        "action_recommendations", ActionRecommendation.objects.select_related("recommendation")
    )
    actions = plan.actions.current().order_by("area__position", "position", "id")
    for action in actions.prefetch_related("steps", answers):
        told = Told(action, updates.get(action.pk), _path(areas, action.area_id))
        for heading, words in action.notes:
            told.notes[heading].append(words)
        yield told


def _path(areas: Mapping[int, Area], pk: int | None) -> list[Area]:
    path: list[Area] = []
    while pk in areas:
        path.insert(0, areas[pk])
        pk = areas[pk].parent_id
    return path


def columns_of(plan: Plan, told: list[Told], key: Mapping[str, KeyEntry]) -> list[Column]:
    """The plan's own columns, and behind them those for what has been written since."""
    own = [Column(each["header"], each["field"], _level(plan, each)) for each in plan.columns]
    depths = {area.level for one in told for area in one.path}
    levels = [
        Column(name, "level", depth)
        for depth, name in enumerate(plan.level_names)
        if depth and depth in depths and depth not in {column.level for column in own}
    ]
    have = {column.field for column in own}
    headers = {fold(column.header) for column in own}
    further = [
        Column(FIELDS[name], name)
        for name in USUAL
        if name not in have and (_needed(name, told, key) or (not own and name in ALWAYS))
    ]
    notes = dict.fromkeys(heading for one in told for heading in one.notes)
    extra = [Column(heading, "note") for heading in notes if fold(heading) not in headers]
    return [*levels, *own, *further, *extra]


def _level(plan: Plan, column: Mapping[str, str]) -> int | None:
    """The level that a column holds: the one of its name, or the outermost for the area's column."""
    if column["field"] not in LEVEL_FIELDS:
        return None
    names = [fold(name) for name in plan.level_names]
    for name in (fold(column["header"]), column["field"]):
        if name in names:
            return names.index(name)
    return 0 if column["field"] == "area" else None


def _needed(name: str, told: list[Told], key: Mapping[str, KeyEntry]) -> bool:
    if name == "activity":
        return any(one.action.activity or _steps_apart(one.action) for one in told)
    return any(_plain(CONTENTS[name](one, key)) for one in told)


def _plain(content: Content) -> Content:
    return content.value if isinstance(content, Filled) else content


def _content(column: Column, one: Told, key: Mapping[str, KeyEntry]) -> Content:
    if column.field == "note":
        return one.notes.get(column.header, "")
    own = CONTENTS[column.field](one, key) if column.field in CONTENTS else ""
    if column.level is not None:
        return one.at(column.level, numbered=not _has_number_beside(column, one)) or own
    return own


def _has_number_beside(column: Column, one: Told) -> bool:
    """A recommendation's number has a column of its own."""
    return column.field == "recommendation" and bool(_recommendations("reference")(one, {}))


def _reference(one: Told, key) -> Content:
    reference = one.action.reference
    return int(reference) if reference.isdecimal() and str(int(reference)) == reference else reference


def _activity(one: Told, key) -> str:
    """The activity with its steps: those that its own words hold are not said twice."""
    if not _steps_apart(one.action):
        return one.action.activity
    return with_steps(one.action.activity, [(step.number, step.text) for step in one.action.steps.all()])


def _steps_apart(action: Action) -> bool:
    """Whether the steps say something else than those numbered in the activity or the title."""
    steps = [(step.number, " ".join(step.text.split())) for step in action.steps.all()]
    told = (_numbered(words, action.target_text) for words in (action.activity, action.title))
    return bool(steps) and steps not in told


def _numbered(words: str, target: str) -> list[tuple[str, str]]:
    return [(step.number, " ".join(step.text.split())) for step in split_steps(words, target)[1]]


def _step_targets(one: Told, key) -> Content:
    """The steps' own targets, where neither the target's words nor the steps' place among them tell."""
    action = one.action
    steps = [(step.number, _line(step.target_text)) for step in action.steps.all()]
    read = split_steps(_activity(one, key) or action.title, action.target_text)[1]
    if steps == [(step.number, _line(step.target_text)) for step in read]:
        return ""
    return [f"{number}. {words}" for number, words in steps]


def _line(words: str) -> str:
    return " ".join(words.split())


def _rating(one: Told, key: Mapping[str, KeyEntry]) -> Content:
    entry = key.get(one.update.rating) if one.update else None
    return Filled(entry.word, FILLS[entry.colour]) if entry else one.status


def _recommendations(part: str) -> Callable[[Told, object], Content]:
    def content(one: Told, key) -> Content:
        return [words for each in one.answered if (words := getattr(each, part))]

    return content


def _text(name: str) -> Callable[[Told, object], Content]:
    return lambda one, key: getattr(one.action, name)


CONTENTS: Mapping[str, Callable[[Told, Mapping[str, KeyEntry]], Content]] = {
    "reference": _reference,
    "title": _text("title"),
    "activity": _activity,
    **{name: _text(name) for name in TEXTS},
    "leads": _text("leads_text"),
    "target": _text("target_text"),
    "step_targets": _step_targets,
    "rating": _rating,
    "progress": lambda one, key: one.progress,
    "way_back": lambda one, key: one.update.way_back if one.update else "",
    "recommendation": _recommendations("text"),
    "recommendation_reference": _recommendations("reference"),
}


def _dates(plan: Plan) -> list[str]:
    if plan.starts and plan.ends:
        return [f"{long_date(plan.starts)} – {long_date(plan.ends)}"]
    return [f"From {long_date(plan.starts)}"] if plan.starts else []


def _key_row(entries: Iterable[KeyEntry]) -> list[str]:
    said = [f"{entry.word} = {entry.explanation}" for entry in entries if entry.explanation]
    return [f"Key: {'. '.join(said)}."] if said else []
