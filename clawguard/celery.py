"""The Celery app, its queues and the beat table.

Celery is only the alarm bell: every duty is a row in the database, messages carry ids, and a message that is lost,
doubled or late changes nothing. docs/decisions/0002-celery.md gives the reason of each setting.
"""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clawguard.settings")
# A worker that starts would run Django's checks, load every page for that and ignore what they say; clawguard/apps.py
# refuses what is unsafe.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

# A worker that serves several takes them in order of their names: a long import is screened before its findings are
# followed up (queue "sequel"), and that does not hold it up.
QUEUES = ("deadlines", "files", "hooks", "mail", "reading", "screening", "sequel")
VISIBILITY_SECONDS = 300  # after this long an unacknowledged message is handed out again; far above the hard limit
HARD_LIMIT_SECONDS = 120
SOFT_LIMIT_SECONDS = 90


class SilentTask(Task):
    """A task whose arguments are never rendered into message headers, logs or events, and that retries soon or not."""

    abstract = True
    max_retries = 3  # also bounds how often a task that kills its worker comes back
    default_retry_delay = 5  # seconds; the library's 180 would come too near the visibility timeout

    def apply_async(self, *positional: Any, **options: Any) -> Any:
        options.setdefault("argsrepr", "-")
        options.setdefault("kwargsrepr", "-")
        return super().apply_async(*positional, **options)


def every(seconds: float, task: str, queue: str) -> dict[str, Any]:
    """A beat entry. It expires with its period: a backlog of wake-up calls is worth one."""
    return {"task": task, "schedule": float(seconds), "options": {"queue": queue, "expires": max(seconds, 5)}}


BEAT = {
    "redeliver": every(5, "clawguard.events.tasks.redeliver", "deadlines"),
    "seal": every(5, "clawguard.events.tasks.seal", "deadlines"),
    "notes-sweep": every(2, "notes.tasks.sweep", "deadlines"),
    "disputes-sweep": every(10, "disputes.tasks.sweep", "deadlines"),
    "canary": every(30, "clawguard.events.tasks.canary", "deadlines"),
    "patterns": every(15, "sessions.tasks.find_patterns", "files"),
    "webhooks": every(10, "clawguard.webhooks.tasks.send_waiting", "hooks"),
    "notes-remind": every(60, "notes.tasks.remind", "mail"),
}

CONFIGURATION: dict[str, Any] = {
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "result_backend": None,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_retry_on_worker_lost": True,
    "task_acks_on_failure": True,
    "task_acks_on_timeout": True,
    "task_time_limit": HARD_LIMIT_SECONDS,
    "task_soft_time_limit": SOFT_LIMIT_SECONDS,
    "task_publish_retry_policy": {"max_retries": 2, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1},
    "task_default_queue": "screening",
    "task_create_missing_queues": False,
    "task_queues": [Queue(name) for name in QUEUES],
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY_SECONDS,
        "queue_order_strategy": "sorted",
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 10,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 25,
        "client_name": "clawguard",
        "global_keyprefix": "clawguard:",
    },
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_pool_acquire_timeout": 5,
    "worker_prefetch_multiplier": 1,
    "worker_eta_task_limit": 100,
    "worker_disable_prefetch": False,
    "worker_max_tasks_per_child": 200,
    "worker_max_memory_per_child": 300_000,  # KiB
    "worker_soft_shutdown_timeout": float(os.environ.get("WORKER_GRACE_SECONDS", "20")),
    "worker_enable_soft_shutdown_on_idle": True,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "worker_send_task_events": False,
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
    "enable_utc": True,
    "timezone": "UTC",
    "beat_schedule": BEAT,
    "beat_max_loop_interval": 5,
}

app = Celery("clawguard", task_cls=SilentTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(CONFIGURATION)
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """Celery would install its own handlers; a connected receiver leaves ours, with their redaction, in place."""
