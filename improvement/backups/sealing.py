"""Encryption of a stream in chunks, each authenticated, in its order, the last one marked as the last.

A file is HEAD, a salt, a check of the key, then chunks of AES-256-GCM. Each file has its own key, derived
from the operator's by HKDF with the salt, so that the nonces may count from nought. The shape is that of
STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

import base64
import binascii
import hmac
import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from improvement.backups import DAMAGED, BackupError

HEAD = b"improvement backup, sealed 1\n"
SALT_BYTES = CHECK_BYTES = KEY_BYTES = 32
CHUNK = 64 * 1024
TAG_BYTES = 16

BAD_KEY = "The key is not 32 random bytes in base64. Make one with: openssl rand -base64 32"
WRONG_KEY = "This key does not open the file. Nothing was restored. Give the key that it was made with."


def parse_key(text: str) -> bytes:
    """The 32 bytes of a key written in base64; BackupError where it is none."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BackupError(BAD_KEY) from error
    if len(key) != KEY_BYTES:
        raise BackupError(BAD_KEY)
    return key


def _keys_of(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    """The file's own cipher, and what shows that the key is right."""
    made = HKDF(SHA256(), KEY_BYTES + CHECK_BYTES, salt, HEAD).derive(key)
    return AESGCM(made[:KEY_BYTES]), made[KEY_BYTES:]


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class Sealer(io.RawIOBase):
    """Writes what it is given to `target`, sealed. Only `finish` makes the file whole."""

    def __init__(self, target: BinaryIO, key: bytes):
        salt = os.urandom(SALT_BYTES)
        self._cipher, check = _keys_of(key, salt)
        self._target, self._waiting, self._number = target, bytearray(), 0
        target.write(HEAD + salt + check)

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(self._waiting[:CHUNK], is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._seal(self._waiting, is_last=True)

    def _seal(self, chunk: bytearray, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last), bytes(chunk), None))
        self._number += 1


class Opener(io.RawIOBase):
    """Reads what a Sealer wrote to `source`, which stands behind HEAD; BackupError on a false byte."""

    def __init__(self, source: BinaryIO, key: bytes):
        salt, check = source.read(SALT_BYTES), source.read(CHECK_BYTES)
        if len(check) < CHECK_BYTES:
            raise BackupError(DAMAGED)
        self._cipher, expected = _keys_of(key, salt)
        if not hmac.compare_digest(check, expected):
            raise BackupError(WRONG_KEY)
        self._source, self._number = source, 0
        self._next, self._open = source.read(CHUNK + TAG_BYTES), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self._open and self._next:
            self._open = self._unseal()
        taken = self._open[: len(buffer)]
        buffer[: len(taken)] = taken
        self._open = self._open[len(taken) :]
        return len(taken)

    def _unseal(self) -> bytes:
        chunk, self._next = self._next, self._source.read(CHUNK + TAG_BYTES)
        try:
            opened = self._cipher.decrypt(_nonce(self._number, not self._next), chunk, None)
        except InvalidTag as error:
            raise BackupError(DAMAGED) from error
        self._number += 1
        return opened
