import gc

import pytest

from plans.spreadsheets.memory import without_collecting


def test_rubbish_is_collected_again_afterwards():
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_rubbish_is_collected_again_after_a_mistake():
    with pytest.raises(ZeroDivisionError), without_collecting():
        raise ZeroDivisionError
    assert gc.isenabled()
