"""Celery and Kombu know every setting we give them, and nothing in the code hands time-keeping to the broker."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from celery.app.defaults import NAMESPACES, flatten
from kombu.transport.redis import Channel

from clawguard.celery import BEAT, CONFIGURATION, QUEUES, VISIBILITY_SECONDS, SilentTask, app

ROOT = Path(__file__).resolve().parents[2]
LONGEST_COUNTDOWN = 60  # seconds; a longer one is handed out again and again by a Redis broker


def test_every_celery_setting_exists_in_the_installed_version() -> None:
    known = {name for name, _ in flatten(NAMESPACES)}
    assert set(CONFIGURATION) - known == set()
    assert all(getattr(app.conf, name) == value for name, value in CONFIGURATION.items())


def test_every_transport_option_exists_in_the_installed_version() -> None:
    options = set(app.conf.broker_transport_options)
    assert options - set(Channel.from_transport_options) == set()


def test_a_task_ends_long_before_its_message_is_handed_out_again() -> None:
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < VISIBILITY_SECONDS / 2
    assert app.conf.broker_transport_options["visibility_timeout"] == VISIBILITY_SECONDS


def test_results_are_kept_nowhere_and_only_json_is_read() -> None:
    assert app.conf.result_backend is None
    assert app.conf.task_ignore_result is True
    assert app.conf.accept_content == ["json"]


def test_a_lost_worker_gives_its_task_back_a_bounded_number_of_times() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.task_retry_on_worker_lost
    assert SilentTask.max_retries == 3
    assert SilentTask.default_retry_delay <= LONGEST_COUNTDOWN


def test_unnamed_queues_are_refused_and_screening_is_the_default() -> None:
    assert {queue.name for queue in app.conf.task_queues} == set(QUEUES)
    assert app.conf.task_default_queue == "screening"
    assert app.conf.task_create_missing_queues is False


@pytest.mark.parametrize("name", sorted(BEAT))
def test_beat_counts_seconds_and_names_tasks_that_exist(name: str) -> None:
    entry = BEAT[name]
    app.loader.import_default_modules()
    assert isinstance(entry["schedule"], float)
    assert entry["task"] in app.tasks
    assert entry["options"]["queue"] in QUEUES


def test_every_task_of_ours_keeps_its_arguments_out_of_headers() -> None:
    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    assert ours
    assert all(isinstance(task, SilentTask) for task in ours)


def test_message_headers_show_no_arguments() -> None:
    @app.task(name="tests.house.shown")
    def shown(name: str) -> None:
        """Never runs: only its message is looked at."""

    sent: list[dict[str, object]] = []
    with app.connection_for_write("memory://") as connection, connection.Producer() as producer:
        producer.publish = lambda *_args, **kwargs: sent.append(kwargs["headers"])
        shown.apply_async(["a client's name"], producer=producer)
    app.tasks.pop("tests.house.shown")
    assert [(headers["argsrepr"], headers["kwargsrepr"]) for headers in sent] == [("-", "-")]


def long_waits(tree: ast.AST) -> list[int]:
    """Lines that give a task an ``eta`` or a countdown that is not a small number written out."""
    lines = []
    for node in ast.walk(tree):
        for keyword in node.keywords if isinstance(node, ast.Call) else ():
            value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
            small = isinstance(value, int | float) and value <= LONGEST_COUNTDOWN
            if keyword.arg == "eta" or (keyword.arg == "countdown" and not small):
                lines.append(keyword.value.lineno)
    return lines


def test_the_finder_of_long_waits_finds_them() -> None:
    code = "t.apply_async(eta=due)\nt.apply_async(countdown=3600)\nt.retry(countdown=n)\nt.retry(countdown=5)\n"
    assert long_waits(ast.parse(code)) == [1, 2, 3]


def test_no_timer_is_left_to_the_broker() -> None:
    found = []
    for folder in ("clawguard", "sessions", "notes", "disputes"):
        for path in (ROOT / folder).rglob("*.py"):
            found += [f"{path.relative_to(ROOT)}:{line}" for line in long_waits(ast.parse(path.read_text()))]
    assert found == []
