"""The disk that uploads land on, made full or read-only while it is used (F9).

Where a file system may be mounted, it is one of its own: a sparse image with ext4. Elsewhere the web process may write
no more than a few bytes into any file, which fails in the middle of a write just the same, and the folder loses its
write permission.
"""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import psutil

from clawguard.bench.stage import until
from clawguard.runner.process import Child

ALLOWED = 4096  # bytes a file may have while the disk is said to be full
PIECE = 4 * 1024 * 1024


class Volume(Protocol):
    what: str

    def full(self) -> contextlib.AbstractContextManager[None]: ...

    def read_only(self) -> contextlib.AbstractContextManager[None]: ...


@contextlib.contextmanager
def volume(folder: Path, megabytes: int, web: Callable[[], Child]) -> Iterator[Volume]:
    """``folder`` on a disk of its own of at most so many megabytes, if this machine allows it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    image = folder.with_name(f"{folder.name}.image")
    if not _mounted(image, folder, megabytes):
        yield Strangled(folder, web)
        return
    folder.chmod(0o700)
    try:
        yield Image(folder)
    finally:
        until(lambda: _run("umount", str(folder)), 30, "the end of every use of the disk", pause=0.2)


def _mounted(image: Path, folder: Path, megabytes: int) -> bool:
    if os.geteuid() != 0 or not all(map(shutil.which, ("mkfs.ext4", "mount", "umount"))):
        return False
    image.touch()
    os.truncate(image, megabytes * 1024 * 1024)
    return _run("mkfs.ext4", "-q", "-m", "0", str(image)) and _run("mount", "-o", "loop", str(image), str(folder))


def _run(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


class Image:
    """A mounted file system of our own."""

    what = "ext4 on a loop device"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        ballast = self._folder / ".ballast"
        _fill(ballast)
        try:
            yield
        finally:
            ballast.unlink()

    @contextlib.contextmanager
    def read_only(self) -> Iterator[None]:
        self._remount("ro")
        try:
            yield
        finally:
            self._remount("rw")

    def _remount(self, how: str) -> None:
        # refused while a file is being written
        until(lambda: _run("mount", "-o", f"remount,{how}", str(self._folder)), 60, f"a disk that is {how}", pause=0.01)


def _fill(ballast: Path) -> None:
    size = PIECE
    with ballast.open("wb") as out:
        while size:
            try:
                os.posix_fallocate(out.fileno(), out.seek(0, os.SEEK_END), size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                size //= 4


class Strangled:
    """An ordinary folder, and a process that may write hardly anything."""

    what = "a limit on the size of files (no file system may be mounted here)"

    def __init__(self, folder: Path, web: Callable[[], Child]) -> None:
        self._folder, self._web = folder, web

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        self._limit(ALLOWED)
        try:
            yield
        finally:
            self._limit(resource.RLIM_INFINITY)

    def _limit(self, most: int) -> None:
        top = psutil.Process(self._web().pid)
        for process in (top, *top.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.rlimit(psutil.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    @contextlib.contextmanager
    def read_only(self) -> Iterator[None]:
        if os.geteuid() == 0:  # permissions mean nothing to root
            with self.full():
                yield
            return
        self._folder.chmod(0o500)
        try:
            yield
        finally:
            self._folder.chmod(0o700)
