import pytest

from plans.models import Role
from tests.security.filling import client_of, taken_back
from tests.security.walking import pages_of
from tests.test_every_url import elsewhere, told, two_boards

__all__ = ["elsewhere", "told"]

boards = pytest.fixture(two_boards, scope="package", name="boards")


@pytest.fixture
def chief(signed_in, told):
    """Somebody who may do all that a board and the site's staff may, signed in."""
    user = told[Role.ADMINISTRATOR]
    user.is_staff = user.is_superuser = True
    user.save()
    yield signed_in(user)
    user.is_staff = user.is_superuser = False


@pytest.fixture(scope="package")
def pages(boards, django_db_blocker):
    """Every page of both boards, as their administrators see them."""
    with django_db_blocker.unblock(), taken_back():
        return [pages_of(client_of(told[Role.ADMINISTRATOR]), told, told["board"].slug) for told in boards]
