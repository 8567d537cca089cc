"""Logs as lines of JSON that tell of a request what an operator needs and of people nothing but an id.

No query, form or header gets in, nor the words of an error, since those may quote what somebody typed.
"""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from http.client import responses
from uuid import uuid4

from django.urls import Resolver404, resolve

log = logging.getLogger("improvement.requests")
request_id: ContextVar[str] = ContextVar("request_id", default="")

SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
# What an address may hold that opens a door, by the name that its route gives it.
SECRETS = ("key", "token", "uidb36", "uidb64", "code")
TOLD = ("method", "path", "status", "ms", "user")
OWN = ("improvement", "plans", "impact", "audits")
# Behind this the server quotes the request.
QUOTED = re.compile(r"(?<=^Invalid request) from ip=.*", re.DOTALL)


class RequestLogMiddleware:
    """Gives each request an id, answers with it, and logs the request. It stands before all others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.monotonic()
        given = request.headers.get("X-Request-ID", "")
        request.log_id = given if SANE_ID.fullmatch(given) else uuid4().hex
        token = request_id.set(request.log_id)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.log_id
            log.info("request", extra=told_of(request, response.status_code, time.monotonic() - began))
            return response
        finally:
            request_id.reset(token)


def told_of(request, status: int, seconds: float) -> dict:
    # Only who has been looked up already: asking the database now may be what failed.
    user = getattr(request, "_cached_user", None)
    return {
        "method": request.method,
        "path": safe_path(request),
        "status": status,
        "ms": round(seconds * 1000),
        "user": getattr(user, "pk", None),
    }


def safe_path(request) -> str:
    """The address without its query, and with dots for what in it opens a door."""
    path = request.path
    secrets = [str(value) for name, value in _captured(request).items() if value and name in SECRETS]
    # The longest first, since a short one may stand inside it.
    for value in sorted(secrets, key=len, reverse=True):
        path = path.replace(value, "...")
    return path


def _captured(request) -> dict:
    """What the route takes from the address, also where the request was refused before it came to a route."""
    try:
        return (request.resolver_match or resolve(request.path_info)).captured_kwargs
    except Resolver404:
        return {}


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            "request": request_id.get() or _id_of(record),
        }
        told |= {name: getattr(record, name) for name in TOLD if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            told["error"] = _error(record.exc_info[1])
        return json.dumps({name: value for name, value in told.items() if value is not None})


def _id_of(record: logging.LogRecord) -> str | None:
    """Django speaks of a failed request once more when it is over."""
    return getattr(getattr(record, "request", None), "log_id", None)


def _message(record: logging.LogRecord) -> str:
    """Whole where it is our own; of others only what cannot be somebody's words."""
    if record.name.partition(".")[0] in OWN:
        return record.getMessage()
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    if status and hasattr(request, "path"):
        return f"{responses.get(status, status)}: {safe_path(request)}"
    message = QUOTED.sub("", str(record.msg))
    error = record.exc_info[1] if record.exc_info else record.msg
    if isinstance(error, BaseException) and str(error) and str(error) in message:
        return type(error).__name__
    return _filled(message, record.args)


def _filled(message: str, values: object) -> str:
    """With its numbers, such as those of processes, and dots for all else."""
    if not values or not isinstance(values, tuple):
        return message
    try:
        return message % tuple(value if isinstance(value, int | float) else "..." for value in values)
    except (TypeError, ValueError):
        return message


def _error(error: BaseException) -> list[dict]:
    """The error and what led to it, each with its class and its lines of code; neither words nor values."""
    told = []
    while error and len(told) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        told.append({"class": f"{type(error).__module__}.{type(error).__qualname__}", "lines": lines})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return told
