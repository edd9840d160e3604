"""One call over real TLS: signed as the specification says, to the judged address only, and over in time."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import time
from contextlib import suppress
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from clawguard import signing
from clawguard.webhooks import sending
from clawguard.webhooks.addresses import NotResolved
from tests.webhooks import server
from tests.webhooks.server import HERE, HOST, Call, Receiver

URL = f"https://{HOST}/in?a=b"
BODY = b'{"type":"case.opened","data":{"case":"1"}}'
SHORT = 0.4  # seconds that a call has where a test waits for its end


def test_a_call_arrives_under_its_name_with_body_and_headers(here: Receiver) -> None:
    answer = sending.post(URL, {"Content-Type": "application/json", "webhook-id": "1"}, BODY, here.network())
    assert (answer.said, answer.status, answer.taken) == ("taken", 200, True)
    [call] = here.calls
    assert (call.line, call.body, call.server_name) == ("POST /in?a=b HTTP/1.1", BODY, HOST)
    assert call.headers["host"].startswith(HOST)
    assert (call.headers["content-type"], call.headers["webhook-id"]) == ("application/json", "1")
    assert call.headers["user-agent"] == sending.AGENT


def test_the_specifications_own_library_takes_what_we_sign(here: Receiver) -> None:
    old, new = signing.new_secret(), signing.new_secret()
    sending.post(URL, signing.headers_for("m-1", dt.datetime.now(dt.UTC), BODY, [new, old]), BODY, here.network())
    [call] = here.calls
    assert Webhook(new).verify(call.body, call.headers) == Webhook(old).verify(call.body, call.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.new_secret()).verify(call.body, call.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(call.body + b" ", call.headers)


def test_we_take_what_the_specifications_own_library_signs() -> None:
    secret, now = signing.new_secret(), dt.datetime.now(dt.UTC)
    signature = Webhook(secret).sign("m-1", now, BODY.decode())
    signing.verify("m-1", str(int(now.timestamp())), signature, BODY, [secret], now)


@pytest.mark.parametrize("inner", ["10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_resolves_to_an_inner_address_is_not_called(here: Receiver, inner: str) -> None:
    answer = sending.post(URL, {}, BODY, here.network(ipaddress.ip_address(inner)))
    assert (answer.said, answer.status) == ("bad_address", None)


def test_one_inner_address_among_public_ones_condemns_the_name(here: Receiver) -> None:
    answer = sending.post(URL, {}, BODY, here.network(HERE, ipaddress.ip_address("192.168.0.1")))
    assert (answer.said, here.calls) == ("bad_address", [])


def test_a_name_that_changes_its_mind_is_asked_once(here: Receiver) -> None:
    """DNS rebinding: the first answer is judged and called; whatever the name says afterwards is never heard."""
    asked: list[str] = []

    def rebinding(host: str, _seconds: float) -> list[ipaddress.IPv4Address]:
        asked.append(host)
        return [HERE] if len(asked) == 1 else [ipaddress.IPv4Address("10.0.0.1")]

    assert sending.post(URL, {}, BODY, here.network(resolve=rebinding)).taken
    assert (asked, len(here.calls)) == ([HOST], 1)
    assert sending.post(URL, {}, BODY, here.network(resolve=rebinding)).said == "bad_address"
    assert len(here.calls) == 1


def test_a_certificate_of_another_name_is_not_trusted(tmp_path: Path) -> None:
    with server.receiver(tmp_path, "other.example.com") as other:
        assert sending.post(URL, {}, BODY, other.network()).said == "tls"
        assert other.calls == []


def test_a_certificate_of_an_unknown_authority_is_not_trusted(here: Receiver) -> None:
    here.context = ssl.create_default_context()
    assert sending.post(URL, {}, BODY, here.network()).said == "tls"
    assert here.calls == []


def test_a_redirect_is_not_followed(here: Receiver) -> None:
    here.answers = [b"HTTP/1.1 302 Found\r\nLocation: https://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"]
    answer = sending.post(URL, {}, BODY, here.network())
    assert (answer.said, answer.status, len(here.calls)) == ("redirect", 302, 1)


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
def test_an_error_is_not_taken(here: Receiver, status: int) -> None:
    here.answers = [b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % status]
    answer = sending.post(URL, {}, BODY, here.network())
    assert (answer.said, answer.status, answer.taken) == ("refused", status, False)


def silent(line: ssl.SSLSocket, _call: Call) -> None:
    with suppress(OSError):
        line.recv(1)  # until the other side hangs up


def dripping(line: ssl.SSLSocket, _call: Call) -> None:
    with suppress(OSError):
        for byte in b"HTTP/1.1 200 OK\r\nX-Padding: " + b"a" * 500:
            line.sendall(bytes([byte]))
            time.sleep(0.02)


@pytest.mark.parametrize("behave", [silent, dripping])
def test_who_does_not_finish_is_cut_off(here: Receiver, behave: server.Respond) -> None:
    here.answers = [behave]
    answer = sending.post(URL, {}, BODY, here.network(seconds=SHORT))
    assert (answer.said, answer.status) == ("timeout", None)
    assert SHORT * 1000 <= answer.milliseconds < SHORT * 1000 + 1500


def test_a_flood_of_an_answer_is_not_read(here: Receiver) -> None:
    sent: list[int] = []

    def flooding(line: ssl.SSLSocket, _call: Call) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        with suppress(OSError):
            for _ in range(1000):
                line.sendall(b"a" * 1_000_000)
                sent.append(1)

    here.answers = [flooding]
    assert sending.post(URL, {}, BODY, here.network()).taken
    assert len(sent) < 100


def test_an_endless_head_is_not_read(here: Receiver) -> None:
    here.answers = [b"HTTP/1.1 200 OK\r\nX-Padding: " + b"a" * 100_000 + b"\r\n\r\n"]
    assert sending.post(URL, {}, BODY, here.network()).said == "garbled"


def test_what_is_not_http_and_what_hangs_up_is_not_taken(here: Receiver) -> None:
    here.answers = [b"SSH-2.0-OpenSSH\r\n", lambda line, _call: line.close()]
    assert sending.post(URL, {}, BODY, here.network()).said == "garbled"
    assert sending.post(URL, {}, BODY, here.network()).said == "unreachable"


def test_nobody_there_and_no_such_name(tmp_path: Path) -> None:
    with server.receiver(tmp_path) as gone:
        network = gone.network()

    def unknown(host: str, seconds: float) -> list[ipaddress.IPv4Address]:
        raise NotResolved

    assert sending.post(URL, {}, BODY, network).said == "unreachable"
    assert sending.post(URL, {}, BODY, gone.network(resolve=unknown)).said == "not_resolved"


def test_the_second_address_of_a_name_is_tried_when_the_first_does_not_answer(here: Receiver) -> None:
    elsewhere = ipaddress.ip_address("127.0.0.2")  # nobody listens there on this port
    assert sending.post(URL, {}, BODY, here.network(elsewhere, HERE, judge=lambda address: None)).taken


def test_a_proxy_of_the_environment_is_not_asked(here: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert sending.post(URL, {}, BODY, here.network()).taken
