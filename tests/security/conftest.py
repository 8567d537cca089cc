import pytest

from plans.models import Role
from tests.test_every_url import boards, elsewhere, told

__all__ = ["boards", "elsewhere", "told"]


@pytest.fixture
def chief(signed_in, told):
    """Somebody who may do all that a board and the site's staff may, signed in."""
    user = told[Role.ADMINISTRATOR]
    user.is_staff = user.is_superuser = True
    user.save()
    yield signed_in(user)
    user.is_staff = user.is_superuser = False
