"""The process in the sandbox: one job from the command line, the file from standard input, an answer in JSON.

Started by path and without any of our settings: it knows no key, no address of a server, no database. All modules are
loaded before the walls go up; afterwards nothing but programs and libraries can be opened.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    job: dict[str, Any] = json.loads(sys.argv[1])
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from notes.sandbox import walls

    walls.die_with(job["parent"])
    from notes.extraction import reading
    from notes.extraction.refusing import Unreadable

    walls.limit(job["cpu_seconds"], job["megabytes"])
    stand = walls.raise_walls()
    sys.stdout.write("ready\n")  # from here on it is the file's fault if this process ends
    sys.stdout.flush()
    content = sys.stdin.buffer.read()
    try:
        answer = _do(reading, job, content)
    except Unreadable as refused:
        answer = {"refused": refused.code}
    except (MemoryError, RecursionError):
        answer = {"refused": "file_too_complex"}
    sys.stdout.write(json.dumps({**answer, "walls": stand}))


def _do(reading: Any, job: dict[str, Any], content: bytes) -> dict[str, Any]:
    if job["what"] == "probe":
        return {"recognises": reading.ocr.program() is not None, **_tried()}
    if job["what"] == "look":
        found: dict[str, Any] = reading.look(content, job["kind"])
    else:
        found = reading.read(content, job["kind"], job["start"], job["seconds"])
    return found


def _tried() -> dict[str, Any]:
    """What this process finds it can do, for operators and tests: reach the net, read a file, write one."""
    import socket

    def works(attempt: Any) -> bool:
        try:
            attempt()
        except (OSError, PermissionError):
            return False
        return True

    own = Path(__file__).resolve()
    return {
        "can_connect": works(lambda: socket.create_connection(("127.0.0.1", 9), 0.2)),
        "can_make_socket": works(lambda: socket.socket().close()),
        "can_read_files": works(lambda: own.read_bytes()),
        "can_write_files": works(lambda: own.with_suffix(".tried").write_bytes(b"x")),
    }


if __name__ == "__main__":
    main()
