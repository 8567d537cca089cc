"""What servers have from the process that they are forked from."""

import pytest

from tests.faults.forking import refuse_another
from tests.faults.serving import variables


def test_a_server_with_settings_of_its_own_is_refused(monkeypatch):
    refuse_another(variables("sqlite:///one"))
    refuse_another(variables("sqlite:///another"))
    with pytest.raises(AssertionError, match=r"the first one's EMAIL_HOST$"):
        refuse_another(variables("sqlite:///one", EMAIL_HOST="mail.example.org"))
    monkeypatch.delenv("PATH")
    with pytest.raises(AssertionError, match=r"the first one's PATH$"):
        refuse_another(variables("sqlite:///one"))
