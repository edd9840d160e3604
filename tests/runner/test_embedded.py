"""The servers that come with the requirements: private, on the loopback device only, reachable for their account."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from clawguard import embedded
from clawguard.runner.leftovers import Register
from clawguard.runner.options import Options
from clawguard.runner.servers import Servers

ROOT = Path(__file__).resolve().parents[2]


def setting(server: embedded.Server, name: str) -> str:
    return next(word.partition("=")[2] for word in server.command if word.startswith(f"{name}="))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a cluster in it."""
    path = tmp_path_factory.mktemp("embedded")
    embedded.postgres(path)
    return path


@pytest.fixture(autouse=True, scope="module")
def _cleared(folder: Path) -> object:
    yield
    embedded.forget(folder)


def test_both_listen_on_the_loopback_device_only(folder: Path) -> None:
    assert setting(embedded.postgres(folder), "listen_addresses") == "127.0.0.1"
    embedded.broker(folder)
    assert "bind 127.0.0.1\n" in (folder / "valkey.conf").read_text()


def test_passwords_are_made_once_and_kept_private(folder: Path) -> None:
    before = embedded.postgres(folder).url, embedded.broker(folder).url
    after = embedded.postgres(folder).url, embedded.broker(folder).url
    secrets = [url.rpartition("@")[0].rpartition(":")[2] for url in (*before, *after)]
    assert secrets[:2] == secrets[2:]
    assert all(len(secret) >= 32 for secret in secrets)
    for name in ("postgres_password", "redis_password", "valkey.conf"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_no_password_is_on_a_command_line(folder: Path) -> None:
    for server in (embedded.postgres(folder), embedded.broker(folder)):
        secret = server.url.rpartition("@")[0].rpartition(":")[2]
        assert secret not in " ".join(server.command)


def test_the_log_of_the_database_holds_no_statements(folder: Path) -> None:
    server = embedded.postgres(folder)
    assert setting(server, "log_statement") == "none"
    assert setting(server, "log_min_error_statement") == "panic"
    assert setting(server, "log_parameter_max_length_on_error") == "0"


def test_what_is_kept_is_written_to_disk_and_never_evicted(folder: Path) -> None:
    assert not any(word.startswith("fsync=") for word in embedded.postgres(folder).command)
    embedded.broker(folder)
    configuration = (folder / "valkey.conf").read_text().splitlines()
    assert {"appendonly yes", "maxmemory-policy noeviction"} <= set(configuration)


def test_the_cluster_belongs_to_whoever_runs_it(folder: Path) -> None:
    server = embedded.postgres(folder)
    owner = embedded.account(server.user).user
    assert server.folder.stat().st_uid == (os.geteuid() if owner is None else owner) != 0
    assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700


def test_a_killed_first_layout_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_cluster_folder", lambda *_: tmp_path / "postgres")
    tmp_path.chmod(0o711)
    for parent in tmp_path.parents:
        if parent.stat().st_uid == os.geteuid() and parent.name.startswith(("pytest", "popen")):
            parent.chmod(0o711)
    half = tmp_path / ".postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    embedded.postgres(tmp_path)
    assert (tmp_path / "postgres" / "global").is_dir()
    assert not half.exists()


def test_a_lock_of_a_killed_server_goes_only_when_its_number_is_another_programs(tmp_path: Path) -> None:
    lock = tmp_path / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n")
    embedded._forget_reused_pid(lock)
    assert not lock.exists()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    assert not psutil.pid_exists(dead.pid)
    lock.write_text(f"{dead.pid}\n")
    embedded._forget_reused_pid(lock)
    assert lock.exists()


def test_a_missing_account_is_one_clear_line() -> None:
    with pytest.raises(embedded.CannotStart, match="no account nosuchaccount; set DATABASE_URL"):
        embedded.account("nosuchaccount")


def test_a_missing_package_is_one_clear_line() -> None:
    with pytest.raises(embedded.CannotStart, match="PostgreSQL is not installed; set DATABASE_URL or run `make env`"):
        embedded._package("no_such_package_here", "PostgreSQL", "DATABASE_URL")


def test_a_broker_that_does_not_answer_is_one_clear_line(tmp_path: Path) -> None:
    url = f"redis://:hunter2@127.0.0.1:{embedded.free_port()}/0"
    options = Options("127.0.0.1", 8000, tmp_path, demo=False, database_url=settings.DATABASE_URL, redis_url=url)
    with pytest.raises(embedded.CannotStart, match="REDIS_URL does not answer") as refusal:
        Servers(options, tmp_path, Register(tmp_path)).start()
    assert "hunter2" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_private_folder_above_is_noticed(tmp_path: Path) -> None:
    inner = tmp_path / "private" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    assert not embedded._reachable(inner)
    assert embedded._reachable(Path("/usr"))
