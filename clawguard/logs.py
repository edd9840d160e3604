"""Logs hold names and ids, never what people wrote: JSON lines with secrets and exception values taken out.

An exception's message can quote a row (a violated constraint prints the value), so only its type and the places it
passed are kept. What is lost in debugging comfort stays out of every log store.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

from pythonjsonlogger.json import JsonFormatter

HIDDEN = "[hidden]"
SECRETS = (
    (re.compile(r"(?P<head>[a-z][a-z0-9+.-]*://)[^\s/@]*@", re.I), rf"\g<head>{HIDDEN}@"),
    (re.compile(r"(?P<head>\b(?:Bearer|Basic|Token)\s+)[A-Za-z0-9._~+/=-]+", re.I), rf"\g<head>{HIDDEN}"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), HIDDEN),
    (re.compile(r"\?[^\s\"']+"), "?" + HIDDEN),
)
UNSPOKEN = ("data", "request", "sql", "params")  # attributes that libraries attach and that may carry content


def redact(text: str) -> str:
    """``text`` without credentials, e-mail addresses and query strings, on one line."""
    for pattern, replacement in SECRETS:
        text = pattern.sub(replacement, text)
    return text.replace("\r", "\\r").replace("\n", "\\n")


class RedactionFilter(logging.Filter):
    """Renders the message, takes secrets out, drops content that libraries attach."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("celery.") and isinstance(record.args, dict):
            record.args = {name: _celery_value(name, value) for name, value in record.args.items()}
        record.msg, record.args = redact(record.getMessage()), None
        for name in UNSPOKEN:
            record.__dict__.pop(name, None)
        return True


def _celery_value(name: str, value: object) -> object:
    """Celery prints what a task raised and returned; only the exception's type is ours to keep."""
    if name == "return_value":
        return HIDDEN
    if name == "exc":
        return str(value).partition("(")[0]
    return "" if name == "traceback" else value


ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(JsonFormatter):
    """One JSON object per line; of an exception its type and the places it passed, never its message."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's own name
        kind, _, trace = ei
        if kind is None:
            return ""
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return f"{kind.__module__}.{kind.__qualname__} at " + " <- ".join(reversed(places))


def configuration(level: str) -> dict[str, object]:
    """The value of Django's LOGGING: everything through one redacting handler."""
    # A handler that fails (a closed pipe) would print the exception it was to log, message and all.
    logging.raiseExceptions = False
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"redact": {"()": "clawguard.logs.RedactionFilter"}},
        "formatters": {
            "line": {
                "()": "clawguard.logs.LineFormatter",
                "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
                "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
            }
        },
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["redact"]}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            name: {"handlers": [], "propagate": True}
            for name in ("django", "django.server", "django.request", "celery", "celery.task", "axes")
        },
    }
