"""The data sets of what is asked of a plan: recommendations of inspections, and the checks' questions."""

from collections.abc import Iterator
from dataclasses import dataclass

from improvement.asking import Asking, Question
from improvement.checking import findings_of
from improvement.feeds.fields import DataSet, Field, Kind
from improvement.feeds.reading import PlanRead, Reading
from improvement.question_list import Group, QuestionList
from plans.coverage import Coverage, Covered
from plans.models import Plan


@dataclass(frozen=True)
class QuestionRow:
    plan: Plan
    group: Group
    question: Question

    @property
    def action_id(self) -> int | None:
        return self.group.about.pk if self.group.is_action else None

    @property
    def recommendation_id(self) -> int | None:
        return None if self.group.is_action else self.group.about.pk


def question_rows(reading: Reading) -> Iterator[QuestionRow]:
    for read in reading.plans():
        asked = asked_of(reading, read)
        groups = [*asked.action_groups(asked.of_actions), *asked.recommendation_groups, *asked.answered]
        for group in groups:
            yield from (QuestionRow(read.plan, group, question) for question in group.questions)


def asked_of(reading: Reading, read: PlanRead) -> QuestionList:
    """What the plan's page of questions lists."""
    key = list(read.key.values())
    known = {"key": key, "meetings": reading.meetings, "answers": read.answers}
    asking = Asking(reading.access, read.plan, read.shown)
    return QuestionList(read.then, findings_of(read.plan, read.shown, **known), asking, answers=read.answers)


def recommendation_rows(reading: Reading) -> list[Covered]:
    return Coverage(reading.board, reading.day).rows


RECOMMENDATIONS = DataSet(
    "recommendations",
    "Recommendations",
    "What inspections and reviews recommended, and how far actions answer it.",
    recommendation_rows,
    (
        Field("id", Kind.ID, "The recommendation.", "recommendation.pk"),
        Field("inspection", Kind.TEXT, "The inspection or review.", "recommendation.inspection.title"),
        Field(
            "inspection_kind",
            Kind.TEXT,
            "What kind it was.",
            lambda row: (found := row.recommendation.inspection) and found.get_kind_display(),
        ),
        Field("received_on", Kind.DAY, "When its report came.", "recommendation.inspection.received_on"),
        Field("reference", Kind.TEXT, "Its number.", "recommendation.reference"),
        Field("paragraph", Kind.TEXT, "The paragraph of the report.", "recommendation.paragraph"),
        Field("text", Kind.TEXT, "What is recommended.", "recommendation.text"),
        Field("priority", Kind.TEXT, "How pressing it is.", "recommendation.priority"),
        Field("cover", Kind.TEXT, "none, off (none on track), running or done.", "cover"),
        Field("cover_words", Kind.TEXT, "The same in words.", "words"),
        Field("actions", Kind.WHOLE, "How many actions answer it.", lambda row: len(row.answers)),
        Field(
            "action_ids",
            Kind.TEXT,
            "Those actions, with semicolons between.",
            lambda row: "; ".join(str(answer.action.pk) for answer in row.answers),
        ),
    ),
    takes_as_at=True,
)

QUESTIONS = DataSet(
    "questions",
    "Questions to ask",
    "What the checks find to ask about actions and recommendations, plan by plan: the open ones first.",
    question_rows,
    (
        Field("plan_id", Kind.ID, "The plan.", "plan.pk"),
        Field("action_id", Kind.ID, "The action, where it is about one."),
        Field("recommendation_id", Kind.ID, "The recommendation, where it is about one."),
        Field("check", Kind.TEXT, "Which check asks, by its own name.", "question.finding.check.name"),
        Field("title", Kind.TEXT, "What that check looks for.", "question.finding.check.title"),
        Field(
            "severity", Kind.WHOLE, "1 to ask first, 2 next, 3 too.", "question.finding.check.severity.value"
        ),
        Field("question", Kind.TEXT, "The question.", "question.finding.words"),
        Field("rating_word", Kind.TEXT, "The action’s rating, in the plan’s word.", "group.entry.word"),
        Field("accountable_lead", Kind.TEXT, "Who is accountable for the action.", "group.lead"),
        Field("open", Kind.YES_NO, "Nobody has accepted it.", lambda row: row.question.answer is None),
        Field("accepted_because", Kind.TEXT, "Why it was accepted.", "question.answer.reason"),
        Field("accepted_by", Kind.TEXT, "Who accepted it.", "question.answer.by.name"),
        Field("accepted_on", Kind.DAY, "When it was accepted.", "question.answer.on"),
    ),
    takes_as_at=True,
)
