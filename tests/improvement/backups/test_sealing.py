import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.backups import BackupError
from improvement.backups.sealing import (
    CHECK_BYTES,
    CHUNK,
    HEAD,
    SALT_BYTES,
    TAG_BYTES,
    Opener,
    Sealer,
    parse_key,
)

KEY = bytes(range(32))
PREFIX = len(HEAD) + SALT_BYTES + CHECK_BYTES


def seal(*parts, key=KEY):
    target = io.BytesIO()
    sealer = Sealer(target, key)
    for part in parts:
        sealer.write(part)
    sealer.finish()
    return target.getvalue()


def unseal(sealed, key=KEY):
    source = io.BytesIO(sealed)
    source.read(len(HEAD))
    return io.BufferedReader(Opener(source, key)).read()


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_what_is_sealed_comes_back(parts):
    assert unseal(seal(*parts)) == b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_every_length_about_a_chunk_comes_back(size):
    text = bytes(n % 251 for n in range(size))
    assert unseal(seal(text)) == text
    assert len(text) < 100 or text[:100] not in seal(text)


def test_two_files_of_the_same_text_have_nothing_in_common():
    first, second = seal(b"the same"), seal(b"the same")
    assert first[PREFIX:] != second[PREFIX:]


SEALED = seal(b"a" * (2 * CHUNK + 5))
FULL = CHUNK + TAG_BYTES
FIRST, SECOND, LAST = SEALED[PREFIX:][:FULL], SEALED[PREFIX:][FULL : 2 * FULL], SEALED[PREFIX:][2 * FULL :]


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(SEALED[:-1], id="a byte short"),
        pytest.param(SEALED[:PREFIX] + FIRST + SECOND, id="the last chunk missing"),
        pytest.param(SEALED[:PREFIX] + FIRST + LAST, id="a chunk left out"),
        pytest.param(SEALED[:PREFIX] + SECOND + FIRST + LAST, id="chunks in another order"),
        pytest.param(SEALED + LAST, id="a chunk twice"),
        pytest.param(SEALED[:-30] + bytes([SEALED[-30] ^ 1]) + SEALED[-29:], id="a bit changed"),
        pytest.param(SEALED[: len(HEAD) + 10], id="only the beginning"),
    ],
)
def test_a_damaged_file_is_refused(damaged):
    with pytest.raises(BackupError, match="The file is damaged"):
        unseal(damaged)


def test_another_key_is_told_from_damage():
    with pytest.raises(BackupError, match="This key does not open the file"):
        unseal(SEALED, key=bytes(32))


@pytest.mark.parametrize("text", ["", "short", "YWJj", "not base64 at all, but long enough to be one"])
def test_a_key_that_is_none_says_how_to_make_one(text):
    with pytest.raises(BackupError, match="openssl rand -base64 32"):
        parse_key(text)
