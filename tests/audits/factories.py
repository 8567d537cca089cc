"""Audits, findings and assurance products for tests, made through the services as people make them."""

from datetime import date
from itertools import count

from audits.services.assurance import add_product, record_review
from audits.services.audits import plan_audit, record_results
from audits.services.findings import add_finding

numbers = count(1)


def make_audit(board, title="", *, planned="March 2026", **fields):
    """An audit on the programme, not done yet."""
    return plan_audit(board, by=None, title=title or f"Audit {next(numbers)}", planned_text=planned, **fields)


def make_done(board, title="", *, on=date(2026, 3, 31), counts=(4, 10, 6, 0), **fields):
    """A finished audit; every case has a grade unless `sample` says that there were more."""
    results = {name: fields.pop(name) for name in ("read_twice", "agreed", "summary") if name in fields}
    sample = fields.pop("sample", sum(counts))
    audit = make_audit(board, title, **fields)
    record_results(audit, by=None, done_on=on, sample=sample, counts=counts, **results)
    return audit


def make_repeat(audit, *, on=date(2026, 9, 30), counts=(1, 4, 12, 3), **fields):
    return make_done(
        audit.board, f"{audit}: repeat", on=on, counts=counts, kind="repeat", repeats=audit, **fields
    )


def make_finding(audit, text="Visits are not written up", **fields):
    return add_finding(audit, by=None, text=text, **fields)


def make_product(board, name="", **fields):
    return add_product(board, name or f"Report {next(numbers)}", by=None, **fields)


def make_review(product, learnt="Contacts wait less", *, on=date(2026, 3, 2), **fields):
    return record_review(product, by=None, learnt=learnt, on=on, **fields)
