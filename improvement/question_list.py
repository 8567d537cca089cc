"""The questions of a plan as a list: grouped by what they are about, filtered, answered ones apart."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import Prefetch

from improvement.asking import Asking, Question
from improvement.checks import BY_NAME, CATALOGUE, Finding
from improvement.findings import Findings, Subject, by_subject
from plans.history.answers import AnswersThen, recommendations_by_id
from plans.history.leads import accountable_of
from plans.history.then import PlanThen
from plans.models import Action, ActionLead, Area, CheckAnswer, Recommendation
from plans.rating import KeyEntry
from plans.standing import inside
from plans.wording.numbering import numbered
from plans.wording.phrases import plural, shortened

MOST_AREAS = 80
LONGEST_AREA = 70
# What a day's words are compared with, and no long texts.
NAMED = ("reference", "title", "plan_id", "area_id", "leads_text", "withdrawn_on", "withdrawn_reason")
HEADERS = [
    "About",
    "Words",
    "Area",
    "Rating",
    "Accountable",
    "How soon to ask",
    "Check",
    "Question",
    "Accepted because",
    "Accepted by",
    "Accepted on",
]


@dataclass(frozen=True)
class Group:
    """One action or recommendation with what there is to ask about it."""

    about: Action | Recommendation
    entry: KeyEntry | None
    lead: str
    questions: list[Question]

    @property
    def is_action(self) -> bool:
        return isinstance(self.about, Action)


class QuestionFilter(forms.Form):
    """What the list is narrowed to; a choice that can not be is as none."""

    area = forms.ChoiceField(label="Area", required=False)
    check = forms.ChoiceField(label="Question", required=False)
    lead = forms.ChoiceField(label="Accountable", required=False)

    def __init__(self, *args, areas: Sequence[Area], findings: Findings, leads: Mapping[int, str], **options):
        super().__init__(*args, auto_id="filter_%s", **options)
        self.areas, self.findings = areas, findings
        few = len(areas) <= MOST_AREAS
        offered = [area for area in areas if few or area.parent_id is None]
        found = {finding.check.name for finding in findings.every}
        self.fields["area"].choices = [
            ("", "Every area"),
            *((str(area.pk), f"{'– ' * area.level}{shortened(str(area), LONGEST_AREA)}") for area in offered),
        ]
        self.fields["check"].choices = [
            ("", "Every question"),
            *((check.name, check.title) for check in CATALOGUE if check.name in found),
        ]
        self.fields["lead"].choices = [("", "Every lead"), *((str(pk), name) for pk, name in leads.items())]

    @cached_property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def takes(self, finding: Finding) -> bool:
        subject: Subject = self.findings.subjects[finding.check.on, finding.pk]
        if "check" in self.chosen and finding.check.name != self.chosen["check"]:
            return False
        if "area" in self.chosen and subject.area not in self._inside:
            return False
        return "lead" not in self.chosen or str(subject.lead) == self.chosen["lead"]

    @cached_property
    def _inside(self) -> set[int]:
        return inside({area.pk: area.parent_id for area in self.areas}, int(self.chosen["area"]))

    @property
    def in_words(self) -> str:
        """What the list is narrowed to, for the sentence above it."""
        said = []
        if "check" in self.chosen:
            said.append(f"of the kind “{BY_NAME[self.chosen['check']].title}”")
        if "area" in self.chosen:
            area = next(area for area in self.areas if str(area.pk) == self.chosen["area"])
            said.append(f"in “{numbered(area.reference, area.title)}”")
        if "lead" in self.chosen:
            said.append(f"for {dict(self.fields['lead'].choices)[self.chosen['lead']]}")
        return ", ".join(said)


class QuestionList:
    """Names are looked up for what is shown alone: two queries for open and two for answered questions."""

    def __init__(
        self,
        then: PlanThen,
        findings: Findings,
        asking: Asking,
        data: Mapping | None = None,
        answers: AnswersThen | None = None,
    ):
        self.then, self.findings, self.asking, self.answers = then, findings, asking, answers
        named = {subject.lead for subject in findings.subjects.values()}
        leads = [lead for lead in then.plan.board.leads.all() if lead.pk in named]
        leads = {lead.pk: then.names.of(lead.pk, lead.name) for lead in leads}
        self.filter = QuestionFilter(data or {}, areas=then.areas, findings=findings, leads=leads)

    @cached_property
    def open(self) -> dict[tuple[str, int], list[Finding]]:
        return by_subject(filter(self.filter.takes, self.findings.open))

    @cached_property
    def of_actions(self) -> list[int]:
        return [pk for on, pk in self.open if on == "action"]

    @cached_property
    def of_recommendations(self) -> list[int]:
        return [pk for on, pk in self.open if on == "recommendation"]

    @property
    def number(self) -> int:
        return sum(map(len, self.open.values()))

    def action_groups(self, pks: Iterable[int]) -> list[Group]:
        actions = self._actions(pks)
        return [
            self._group("action", actions[pk], self.asking.questions(self.open["action", pk]))
            for pk in pks
            if pk in actions
        ]

    def _actions(self, pks: Iterable[int]) -> dict[int, Action]:
        """By id, each with its accountable lead: two queries."""
        leads = ActionLead.objects.filter(accountable=True).select_related("lead")
        actions = Action.objects.only(*NAMED).filter(pk__in=list(pks))
        actions = list(actions.prefetch_related(Prefetch("action_leads", leads)))
        self.then.tell(actions)
        return {action.pk: action for action in actions}

    def _told(self, pks: Collection[int]) -> dict[int, Recommendation]:
        return recommendations_by_id(pks, self.answers)

    @cached_property
    def recommendation_groups(self) -> list[Group]:
        told = self._told(self.of_recommendations)
        return [
            self._group("recommendation", told[pk], self.asking.questions(self.open["recommendation", pk]))
            for pk in self.of_recommendations
        ]

    def _group(self, on: str, about: Action | Recommendation, questions: list[Question]) -> Group:
        subject = self.findings.subjects[on, about.pk]
        lead = accountable_of(about) if on == "action" else ""
        return Group(about, self.then.key.get(subject.rating), lead, questions)

    @cached_property
    def answered(self) -> list[Group]:
        """Each answered question with its answer, grouped as the open ones are."""
        chosen = [(each, answer) for each, answer in self.findings.answered if self.filter.takes(each)]
        found: dict[tuple[str, int], list[Question]] = {}
        for finding, answer in chosen:
            key = (finding.check.on, finding.pk)
            found.setdefault(key, []).append(self.asking.question(finding, answer))
        actions = self._actions(pk for on, pk in found if on == "action")
        told = self._told([pk for on, pk in found if on == "recommendation"])
        about = {"action": actions, "recommendation": told}
        return [self._group(on, about[on][pk], questions) for (on, pk), questions in found.items()]

    @property
    def answered_words(self) -> str:
        number = sum(len(group.questions) for group in self.answered)
        return plural(number, "question") if number else ""

    def rows(self) -> Iterator[list]:
        """Every question as a row of a download, the open ones first."""
        groups = [*self.action_groups(self.of_actions), *self.recommendation_groups, *self.answered]
        for group in groups:
            for question in group.questions:
                yield self._row(group, question)

    def _row(self, group: Group, question: Question) -> list:
        check, answer = question.finding.check, question.answer
        words = group.about.title if group.is_action else group.about.text
        area = self.then.areas_by_id.get(group.about.area_id) if group.is_action else None
        about = f"{check.on.capitalize()} {group.about.reference}".strip()
        return [
            *(about, words, str(area or ""), group.entry.word if group.entry else "", group.lead),
            *(check.severity.words, check.title, question.finding.words),
            *_answer(answer),
        ]


def _answer(answer: CheckAnswer | None) -> tuple:
    return (answer.reason, answer.by.name if answer.by else "", answer.on) if answer else ("", "", None)
