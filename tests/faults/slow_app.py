"""What stands behind the web server in test_slow_lines: reads a body as Django does, and gives each piece a second."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clawguard.whole_bodies import whole_bodies

PATIENCE = 1.0
CHUNK = 64 * 1024


def _count(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    left, source = int(environ.get("CONTENT_LENGTH") or 0), environ["wsgi.input"]
    try:
        while left:
            left -= len(source.read(min(CHUNK, left)))
        status = "200 OK"
    except TimeoutError:
        status = "408 Request Timeout"
    start_response(status, [("Content-Length", "2")])
    return [b"ok"]


application = whole_bodies(_count, PATIENCE)
