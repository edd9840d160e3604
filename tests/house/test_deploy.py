"""The production files agree with the code: every queue has a worker, every variable is explained."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from clawguard.celery import QUEUES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def explained() -> set[str]:
    """Names that docs/deploy.md lists in its table of variables."""
    table = (ROOT / "docs" / "deploy.md").read_text().partition("## Variables")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def read_by_code() -> set[str]:
    reads = re.compile(r"""env\.(?:text|flag|integer|items|choice|url|signing_secrets)\(\s*["']([A-Z_]+)["']""")
    found = reads.findall((ROOT / "clawguard" / "settings.py").read_text())
    found += re.findall(r"""os\.environ\.get\("([A-Z_]+)\"""", (ROOT / "clawguard" / "celery.py").read_text())
    return set(found)


def test_every_variable_that_the_code_reads_is_explained_and_no_other() -> None:
    assert len(read_by_code()) > 20
    assert read_by_code() - explained() == set()
    assert explained() - read_by_code() == set()


def test_every_variable_of_the_compose_file_is_one_the_code_reads(services: dict[str, Any]) -> None:
    known = read_by_code() | {"REMAP_SIGTERM"}
    for name, service in services.items():
        if name not in {"postgres", "redis"}:
            assert set(service["environment"]) - known == set(), name


def test_every_value_the_compose_file_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    given = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert asked
    assert asked - given == set()


def test_the_example_holds_no_secret() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    secret = [line for line in lines if re.match(r"(SECRET|NOTE_KEYS|.*PASSWORD)", line)]
    assert secret
    assert all(line.endswith("=") for line in secret)


def test_every_queue_has_a_worker_of_its_own(services: dict[str, Any]) -> None:
    served = [
        queue
        for service in services.values()
        for queue in re.findall(r"--queues (\S+)", str(service.get("command", "")))
    ]
    assert sorted(served) == sorted(QUEUES)


def test_both_triggers_of_the_timers_run(services: dict[str, Any]) -> None:
    commands = " ; ".join(str(service.get("command", "")) for service in services.values())
    assert "celery.py" not in commands
    assert "clawguard.celery beat" in commands
    assert "manage.py sweep" in commands


def test_workers_get_longer_to_stop_than_they_need(services: dict[str, Any]) -> None:
    workers = [service for name, service in services.items() if name.startswith("worker-")]
    assert len(workers) == len(QUEUES)
    assert {worker["stop_grace_period"] for worker in workers} == {"45s"}
    assert {worker["environment"]["REMAP_SIGTERM"] for worker in workers} == {"SIGQUIT"}


def test_only_the_web_process_listens_and_only_on_this_host(services: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_redis_keeps_its_queue_on_disk_and_evicts_nothing() -> None:
    lines = (ROOT / "deploy" / "redis.conf").read_text().splitlines()
    assert {"appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction"} <= set(lines)


def test_the_image_refuses_unsafe_values_by_default() -> None:
    assert "CLAWGUARD_ENV=production" in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("proxy", ["Caddyfile", "nginx.conf"])
def test_the_proxy_examples_replace_what_a_client_claims(proxy: str) -> None:
    text = (ROOT / "deploy" / proxy).read_text()
    assert re.search(r"X-Forwarded-For (\{remote_host\}|\$remote_addr)", text)
    assert "proxy_add_x_forwarded_for" not in text


@pytest.mark.parametrize(
    ("proxy", "wanted"),
    [
        ("nginx.conf", ["proxy_request_buffering on;", "client_header_timeout", "client_body_timeout", "limit_conn "]),
        ("Caddyfile", ["request_buffers 32MiB", "read_header", "read_body", "idle"]),
    ],
)
def test_the_proxy_examples_gather_bodies_and_end_lines_that_stall(proxy: str, wanted: list[str]) -> None:
    lines = [line.strip() for line in (ROOT / "deploy" / proxy).read_text().splitlines()]
    for setting in wanted:
        assert any(line.startswith(setting) for line in lines), setting


def test_make_help_names_every_promised_target() -> None:
    text = (ROOT / "Makefile").read_text()
    helped = set(re.findall(r"^([a-z]+):.*## ", text, re.M))
    assert {"env", "run", "test", "soak", "bench", "help"} <= helped


def test_the_build_machine_runs_the_same_tests() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert script.rstrip().endswith("make test")
    assert "pip" not in script
