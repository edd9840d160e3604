"""What the environment asks of a run, checked before anything starts."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from clawguard import settings_env as env

PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Options:
    """Empty ``database_url`` or ``redis_url`` means: start the one that comes with the requirements."""

    host: str
    port: int
    data_dir: Path
    demo: bool
    database_url: str
    redis_url: str

    @property
    def address(self) -> str:
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104 - compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def read() -> Options:
    """Raises ImproperlyConfigured with one line for a person."""
    database_url, redis_url = env.text("DATABASE_URL"), env.text("REDIS_URL")
    if database_url:
        env.url("DATABASE_URL", "", ("postgresql", "postgres"))
    if redis_url:
        env.url("REDIS_URL", "", ("redis", "rediss", "redis+socket"))
    return Options(
        host=env.text("HOST", "127.0.0.1"),
        port=env.integer("PORT", 8000, least=1),
        data_dir=env.folder(Path(env.text("DATA_DIR", str(PROJECT / ".data"))).resolve()),
        demo=env.flag("DEMO", not database_url),  # never invent people in a database that somebody named
        database_url=database_url,
        redis_url=redis_url,
    )


def require_free(host: str, port: int) -> None:
    """Raises ImproperlyConfigured where nothing could listen there; said before servers start, not after."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as problem:
        reason = os.strerror(problem.errno) if problem.errno and problem.errno > 0 else "no such address"
        raise ImproperlyConfigured(
            f"cannot listen on {host}:{port}: {reason}; choose another with HOST= or PORT="
        ) from None
