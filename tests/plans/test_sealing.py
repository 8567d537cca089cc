import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.sealing import MARK, SealError, is_sealed, seal, unseal

KEYS = ["the key of today", "the key of last year"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_is_opened_and_hides_the_text(text):
    sealed = seal(text, KEYS)
    assert is_sealed(sealed)
    assert unseal(sealed, KEYS) == text
    assert len(text) < 4 or text not in sealed.removeprefix(MARK)


def test_no_two_seals_are_alike():
    assert seal("JBSWY3DPEHPK3PXP", KEYS) != seal("JBSWY3DPEHPK3PXP", KEYS)


def test_the_first_key_seals_and_every_key_opens():
    old = seal("JBSWY3DPEHPK3PXP", KEYS[1:])
    assert unseal(old, KEYS) == "JBSWY3DPEHPK3PXP"
    new = seal("JBSWY3DPEHPK3PXP", KEYS)
    assert unseal(new, KEYS[:1]) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(SealError):
        unseal(new, KEYS[1:])


@pytest.mark.parametrize("plain", ["", "JBSWY3DPEHPK3PXP", "0a1b2c3d4e5f"])
def test_what_was_never_sealed_is_given_back(plain):
    assert unseal(plain, KEYS) == plain


def test_a_changed_seal_is_not_opened():
    sealed = seal("JBSWY3DPEHPK3PXP", KEYS)
    middle = len(sealed) // 2
    other = "A" if sealed[middle] != "A" else "B"
    with pytest.raises(SealError):
        unseal(sealed[:middle] + other + sealed[middle + 1 :], KEYS)
