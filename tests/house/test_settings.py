"""The environment is read strictly, and an unsafe production value refuses to start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from pytest_django import Settings

from clawguard import checks, note_keys
from clawguard import settings_env as env

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("given", "meant"), [("1", True), ("yes", True), ("On", True), ("0", False), ("", True)])
def test_a_flag_is_read(monkeypatch: pytest.MonkeyPatch, given: str, meant: bool) -> None:
    monkeypatch.setenv("THING", given)
    assert env.flag("THING", True) is meant


def test_a_flag_that_is_neither_stops_the_start_and_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "maybe")
    with pytest.raises(ImproperlyConfigured, match="THING must be 1 or 0"):
        env.flag("THING", True)


@pytest.mark.parametrize("given", ["eight", "8.5", "-1"])
def test_a_wrong_number_stops_the_start(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("THING", given)
    with pytest.raises(ImproperlyConfigured, match="THING must be"):
        env.integer("THING", 1)


def test_a_wrong_address_is_refused_without_repeating_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "mysql://me:hunter2@host/db")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.url("THING", "", ("postgresql",))
    assert "hunter2" not in str(refusal.value)


def test_a_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    first = env.kept_secret(tmp_path / "key")
    assert env.kept_secret(tmp_path / "key") == first
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def manage(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name not in {"CLAWGUARD_ENV", "DEBUG"}}
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    return subprocess.run(command, env={**surroundings, **variables}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"PORT": "eighty"}, "PORT must be a whole number"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must start with"),
        ({"CLAWGUARD_ENV": "staging"}, "CLAWGUARD_ENV must be one of"),
        ({"DATA_DIR": "/dev/null/inside"}, "DATA_DIR /dev/null/inside cannot be used"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(variables: dict[str, str], said: str) -> None:
    answer = manage("check", **variables)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_one_clear_line() -> None:
    answer = manage("migrate", "--check", DATABASE_URL="postgresql://clawguard@127.0.0.1:9/none")
    assert answer.returncode == 2
    assert answer.stderr.startswith("clawguard: the database does not answer")
    assert answer.stderr.count("\n") == 1


SAFE: dict[str, Any] = {
    "PRODUCTION": True,
    "SECRET_KEY": "an-invented-secret-key-0123456789-0123456789-0123456789",
    "NOTE_KEYS": [note_keys.make()],
    "MOVABLE_CLOCK": False,
    "DEMO": False,
    "DEBUG": False,
    "ALLOWED_HOSTS": ["clawguard.example.com"],
    "PUBLIC_URL": "https://clawguard.example.com",
    "SECURE_SSL_REDIRECT": True,
    "NEW_DEVICE_CODE": True,
    "DATABASE_URL": "postgresql://clawguard@db.example.com/clawguard?sslmode=verify-full",
    "REDIS_URL": "rediss://:secret@redis.example.com/0",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}

UNSAFE = [
    ("SECRET_KEY", "short", "clawguard.E001"),
    ("SECRET_KEY", "a" * 60, "clawguard.E001"),
    ("NOTE_KEYS", [], "clawguard.E002"),
    ("NOTE_KEYS", ["not base64!"], "clawguard.E002"),
    ("NOTE_KEYS", [note_keys.make(), "dG9vIHNob3J0"], "clawguard.E002"),
    ("MOVABLE_CLOCK", True, "clawguard.E003"),
    ("DEMO", True, "clawguard.E004"),
    ("DEBUG", True, "clawguard.E005"),
    ("ALLOWED_HOSTS", [], "clawguard.E006"),
    ("ALLOWED_HOSTS", ["*"], "clawguard.E006"),
    ("PUBLIC_URL", "http://clawguard.example.com", "clawguard.E007"),
    ("SECURE_SSL_REDIRECT", False, "clawguard.E008"),
    ("DATABASE_URL", "postgresql://clawguard@db.example.com/clawguard", "clawguard.E009"),
    ("DATABASE_URL", "postgresql://clawguard@10.0.0.5/clawguard?sslmode=prefer", "clawguard.E009"),
    ("REDIS_URL", "redis://redis.example.com/0", "clawguard.E010"),
    ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "clawguard.E011"),
    ("NEW_DEVICE_CODE", False, "clawguard.E012"),
]


def found(settings: Settings, **changed: Any) -> list[str | None]:
    for name, value in {**SAFE, **changed}.items():
        setattr(settings, name, value)
    return [message.id for message in checks.unsafe_production()]


def test_safe_production_values_are_accepted(settings: Settings) -> None:
    assert found(settings) == []


@pytest.mark.parametrize(("name", "value", "refused"), UNSAFE)
def test_an_unsafe_production_value_refuses_to_start(settings: Settings, name: str, value: Any, refused: str) -> None:
    assert found(settings, **{name: value}) == [refused]


@pytest.mark.parametrize("url", ["postgresql://u@127.0.0.1/x", "postgresql://u@[::1]/x", "postgresql://u@postgres/x"])
def test_a_database_on_this_host_or_in_the_same_compose_network_needs_no_tls(settings: Settings, url: str) -> None:
    assert found(settings, DATABASE_URL=url) == []


def test_development_is_not_held_to_production_values(settings: Settings) -> None:
    assert found(settings, PRODUCTION=False, DEBUG=True, SECRET_KEY="short") == []


NOTHING_SET = {
    "CLAWGUARD_ENV": "production",
    "SECRET_KEY": "short",
    **dict.fromkeys(("NOTE_KEYS", "ALLOWED_HOSTS", "EMAIL_BACKEND", "DEMO", "PUBLIC_URL"), ""),
}


def test_a_production_start_with_nothing_set_is_refused_by_manage_check() -> None:
    answer = manage("check", **NOTHING_SET)
    assert answer.returncode == 1
    for number in (1, 2, 6, 7, 11):
        assert f"clawguard.E{number:03d}" in answer.stderr


PROCESSES = {
    "web": ["-c", "import clawguard.wsgi"],
    "worker": ["-m", "celery", "-A", "clawguard.celery", "worker"],
    "beat": ["-m", "celery", "-A", "clawguard.celery", "beat"],
}


@pytest.mark.parametrize("process", PROCESSES)
def test_processes_that_know_no_checks_refuse_an_unsafe_start_too(process: str) -> None:
    command = [sys.executable, *PROCESSES[process]]
    surroundings = {**os.environ, **NOTHING_SET}
    answer = subprocess.run(
        command, env=surroundings, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
    )
    assert answer.returncode != 0
    assert "refusing to start: clawguard.E001" in answer.stdout + answer.stderr


def test_a_production_start_without_a_secret_key_is_refused_in_one_line() -> None:
    answer = manage("check", **{**NOTHING_SET, "SECRET_KEY": ""})
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
    assert "SECRET_KEY" in answer.stderr


def test_every_start_up_check_is_explained_to_operators() -> None:
    page = (ROOT / "docs" / "deploy.md").read_text()
    for identity in {refused for _, _, refused in UNSAFE} | {"clawguard.E020", "clawguard.E021"}:
        assert identity in page


def test_the_database_driver_is_psycopg_2() -> None:
    assert not is_psycopg3
    assert checks.database_driver() == []


def test_cookies_and_headers_of_production_are_strict() -> None:
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT, s.DEBUG)"
    )
    answer = manage(
        "shell", "-v", "0", "-c", code, CLAWGUARD_ENV="production", SECRET_KEY=SAFE["SECRET_KEY"],
        NOTE_KEYS=note_keys.make(), ALLOWED_HOSTS="clawguard.example.com", PUBLIC_URL=SAFE["PUBLIC_URL"],
        EMAIL_BACKEND=SAFE["EMAIL_BACKEND"], DEMO="", DATABASE_URL="postgresql://u@127.0.0.1/x",
        REDIS_URL="redis://127.0.0.1/0",
    )  # fmt: skip
    assert answer.stdout.split() == ["__Host-sid", "True", "31536000", "True", "False"], answer.stderr


def test_no_script_or_style_may_be_written_into_a_page(settings: Settings) -> None:
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert allowed["default-src"] == ["'none'"]
    sources = {str(source) for sources in allowed.values() for source in sources}
    assert sources == {"'none'", "'self'", "csp.constants.NONCE"}
