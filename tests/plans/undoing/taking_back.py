"""Imports to take back, and what a reader sees before and after."""

from improvement.imports.workbooks import undo_import
from tests.importing import AUDITS, PLANS, VISITS, changed, plan_book

LATER = (
    changed(
        VISITS,
        Area="Visits",
        Activity="1. Agree one rota\n2. Check it daily\n3. Report",
        Lead="Head of Safety, Head of Assessment",
        Target_date="31/08/2026",
        RAG="Red",
        Progress="The rota has gaps",
    ),
    changed(PLANS, Ref="3"),
    changed(AUDITS, Ref="2", Target_date="Monthly"),
    ("4", "Health", "Meet the nurses", "1. Write\n2. Meet", "Head of Health", "May 2026", "Green", ""),
)

NAMED = ("Ref", "Action", "Lead", "RAG", "Recommendation")
FIRST = plan_book(("1", "Visit", "Head A", "Red", "Ofsted 4"), headers=NAMED)
NEXT = plan_book(
    ("1", "Visit", "Head B, Head A", "Red", "Ofsted 5"),
    ("2", "Meet", "Head C", "Red", "Ofsted 6"),
    headers=NAMED,
)


def undo(imported, by=None):
    """Takes it back; gives each row's outcome and reasons."""
    assert undo_import(imported, by=by)
    return [(row["row"], row["outcome"], *row["reasons"]) for row in imported.undo_report]


def state(plan):
    """What a reader sees of the plan."""
    return [
        (
            action.reference,
            action.title,
            action.activity,
            str(action.area),
            action.leads_text,
            [str(lead) for lead in action.leads.order_by("action_leads__position")],
            [(step.number, step.text, step.target_text, step.done_on) for step in action.steps.all()],
            action.target,
            action.rating,
            [str(each) for each in action.recommendations.all()],
            action.notes,
        )
        for action in plan.actions.current().with_rating().order_by("title")
    ]


def named(*rows):
    return plan_book(*rows, headers=NAMED)


def made(board):
    """What the board offers to choose from."""
    return [str(row) for rows in (board.leads, board.recommendations) for row in rows.all()]
