"""What people wrote and what opens doors never reaches a log line."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest

from clawguard import logs


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(written: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(written)
    handler.addFilter(logs.RedactionFilter())
    handler.setFormatter(logs.LineFormatter("%(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("celery.tests.house")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)
    return logger


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("connected to postgresql://clawguard:hunter2@db/x", "hunter2"),
        ("connected to redis://:hunter2@127.0.0.1:6379/0", "hunter2"),
        ("sent Authorization: Bearer cg_live_abcDEF123", "cg_live_abcDEF123"),
        ("mail to priya.test@example.com bounced", "priya.test"),
        ("GET /sessions?q=Jane+Client took long", "Jane"),
    ],
)
def test_secrets_and_addresses_are_taken_out(log: logging.Logger, written: io.StringIO, said: str, secret: str) -> None:
    log.info("it happened: %s", said)
    assert secret not in written.getvalue()
    assert logs.HIDDEN in written.getvalue()


def test_an_exception_shows_its_type_and_place_but_not_its_message(log: logging.Logger, written: io.StringIO) -> None:
    try:
        raise ValueError("Key (client_name)=(Jane Client) already exists")
    except ValueError:
        log.exception("a row was refused")
    line = json.loads(written.getvalue())
    assert "Jane" not in written.getvalue()
    assert "ValueError at" in line["exc_info"]
    assert "test_logs.py" in line["exc_info"]


def test_what_a_task_raised_or_returned_is_not_shown(log: logging.Logger, written: io.StringIO) -> None:
    context = {"name": "notes.tasks.audit", "id": "1", "exc": "ValueError('Jane Client')", "return_value": "Jane"}
    log.info("Task %(name)s[%(id)s] raised: %(exc)s", context, extra={"data": {"args": "('Jane',)"}})
    log.info("Task %(name)s[%(id)s] succeeded: %(return_value)s", context, extra={"data": context})
    assert "Jane" not in written.getvalue()
    assert "raised: ValueError" in written.getvalue()


def test_one_event_is_one_line_whatever_is_in_it(log: logging.Logger, written: io.StringIO) -> None:
    log.info("named %s", 'a\nb\r\n{"level": "CRITICAL"}')
    assert written.getvalue().count("\n") == 1


def test_the_configuration_is_accepted_and_has_one_way_out() -> None:
    shape = logs.configuration("INFO")
    logging.config.DictConfigurator(shape).configure  # noqa: B018 - builds it, raising where a name is unknown
    assert list(shape["handlers"]) == ["out"]  # type: ignore[call-overload]
