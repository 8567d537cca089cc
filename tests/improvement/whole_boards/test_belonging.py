import pytest

from improvement.whole_boards.belonging import (
    SITES_MODELS,
    Belongings,
    every_model,
    is_sites,
    models_of_boards,
    owners,
    references,
)
from plans.models import Board, RedactedFile
from plans.services.history import remove
from plans.services.people import create_board, create_lead, set_holders, set_role
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_every_model_belongs_to_a_board_or_is_the_sites():
    """A new model that nothing leads to from a board has to be named as the site's."""
    nobodys = [
        model._meta.label
        for model in every_model()
        if model not in models_of_boards() and not is_sites(model)
    ]
    assert nobodys == []


def test_what_is_named_as_the_sites_exists():
    assert {model._meta.label for model in every_model()} >= SITES_MODELS


def test_only_a_redaction_leads_from_the_site_into_a_board():
    found = [
        (model, key.name)
        for model in every_model()
        if is_sites(model)
        for key in references(model)
        if key.related_model in owners()
    ]
    assert found == [(RedactedFile, "pack")]


def test_each_row_belongs_to_one_board(demonstration):
    boards = [Belongings(board) for board in Board.objects.all()]
    for model in models_of_boards():
        held = sorted(pk for belongings in boards for pk in belongings.pks[model])
        assert held == sorted(model._base_manager.values_list("pk", flat=True)), model


def test_history_belongs_though_what_it_tells_of_is_gone():
    board, user = create_board("Elsewhere", "Board", "elsewhere", by=None), make_user()
    set_role(board, user, "lead", by=None)
    lead = create_lead(board, "Head of service", by=None)
    set_holders(lead, [user], by=None)
    holding, left = lead.holdings.get(), lead.pk
    gone = holding.pk
    set_holders(lead, [], by=None)
    remove(lead, by=None)
    belongings = Belongings(board)
    history = type(holding).history.model
    assert belongings.pks[type(holding)] == []
    assert belongings.ids[type(holding)] == [gone]
    assert belongings.ids[type(lead)] == [left]
    assert belongings.pks[history] == sorted(history.objects.filter(id=gone).values_list("pk", flat=True))
    assert len(belongings.pks[history]) == 2
    assert belongings.people() == [user]


def test_the_other_boards_rows_stay_out(demonstration):
    other = Belongings(Board.objects.get(slug="harrowdale"))
    assert {model._meta.label: len(pks) for model, pks in other.pks.items() if pks} == {
        "plans.Board": 1,
        "plans.HistoricalBoard": 1,
        "plans.Membership": 1,
        "plans.HistoricalMembership": 1,
    }
