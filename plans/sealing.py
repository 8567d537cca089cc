"""Short secrets sealed for the database: encrypted and signed (Fernet), under a key derived by HKDF."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = "sealed 1:"
PURPOSE = b"improvement, second step at sign-in, 1"


class SealError(ValueError):
    """None of the keys opens what is sealed, or it was changed."""


def seal(text: str, keys: Sequence[str]) -> str:
    """The text under the first of the keys; no two seals of one text are the same."""
    return MARK + _opener(keys[:1]).encrypt(text.encode()).decode()


def unseal(sealed: str, keys: Sequence[str]) -> str:
    """The text, by whichever of the keys opens it; what bears no mark was never sealed. Raises SealError."""
    if not is_sealed(sealed):
        return sealed
    try:
        return _opener(keys).decrypt(sealed.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise SealError("None of the keys opens it.") from error


def is_sealed(text: str) -> bool:
    return text.startswith(MARK)


def _opener(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, None, PURPOSE).derive(key.encode()))
