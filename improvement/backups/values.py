"""Rows as lines of JSON, the same from either database, and the digest of many rows."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID


def encode(value: object) -> object:
    """A column's value as JSON has it; to the microsecond, moments in UTC, bytes in base64."""
    match value:
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
    return value


def line_of(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def settled(value: object) -> object:
    """What the two databases may keep differently made one: the order of keys goes, and 1.0 is 1."""
    match value:
        case dict():
            return {key: settled(value[key]) for key in sorted(value)}
        case list():
            return [settled(one) for one in value]
        case float() if value.is_integer():
            return int(value)
    return value


@dataclass
class Tally:
    """How many rows were counted, and the SHA-256 of them in their order."""

    rows: int = 0
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256, repr=False)

    def add(self, row: list) -> None:
        self.rows += 1
        self._digest.update(line_of(settled(row)))

    def told(self) -> dict:
        return {"rows": self.rows, "sha256": self._digest.hexdigest()}
