"""Where a webhook may lead: public https addresses pass; everything that could mean a machine of ours does not."""

from __future__ import annotations

import ipaddress
import time

import pytest

from clawguard.webhooks import addresses
from clawguard.webhooks.addresses import BadAddress, NotResolved, Target, refuse_inner, target_of

GOOD = {
    "https://hooks.example.com": Target("hooks.example.com", "/"),
    "https://hooks.example.com:443/a/b?c=d": Target("hooks.example.com", "/a/b?c=d"),
    "https://HOOKS.example.com./x": Target("hooks.example.com", "/x"),
    "https://1.1.1.1/in": Target("1.1.1.1", "/in"),
    "https://[2606:4700::1111]/in": Target("2606:4700::1111", "/in"),
    "https://xn--bcher-kva.example/": Target("xn--bcher-kva.example", "/"),
}
BAD = (
    "http://hooks.example.com/",
    "file:///etc/passwd",
    "gopher://hooks.example.com/",
    "//hooks.example.com/",
    "hooks.example.com",
    "",
    "https://",
    "https:///x",
    "https://user@hooks.example.com/",
    "https://user:word@hooks.example.com/",
    "https://@hooks.example.com/",
    "https://hooks.example.com:22/",
    "https://hooks.example.com:8443/",
    "https://hooks.example.com:99999/",
    "https://hooks.example.com:x/",
    "https://hooks.example.com/#part",
    "https://hooks.example.com/ a",
    "https://hooks.example.com\\@10.0.0.1/",
    "https://hooks.example.com/\r\nX-Injected: 1",
    "https://bücher.example/",
    f"https://hooks.example.com/{'a' * 500}",
    "https://localhost/",
    "https://db.internal/",
    "https://printer.local/",
    "https://intranet/",
    "https://a..example.com/",
    "https://-a.example.com/",
    "https://[fe80::1%25eth0]/",
    "https://[hooks]/",
    "https://127.0.0.1/",
    "https://0/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/",
    "https://100.100.100.200/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
)
INNER = (
    "0.0.0.0",
    "10.255.255.255",
    "100.64.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "2001:0:a00:1::",
    "2001:db8::1",
    "fc00::1",
    "fe80::1",
    "ff02::1",
    "4000::1",
)
PUBLIC = ("1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101")


@pytest.mark.parametrize("url", GOOD)
def test_a_public_https_address_is_taken_apart(url: str) -> None:
    assert target_of(url) == GOOD[url]


@pytest.mark.parametrize("url", BAD)
def test_what_could_lead_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        target_of(url)


@pytest.mark.parametrize("address", INNER)
def test_no_call_goes_to_an_address_that_is_not_public(address: str) -> None:
    with pytest.raises(BadAddress):
        refuse_inner(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_called(address: str) -> None:
    refuse_inner(ipaddress.ip_address(address))


def test_a_name_resolves_to_each_of_its_addresses_once() -> None:
    assert addresses.resolve("127.0.0.1", 5) == [ipaddress.ip_address("127.0.0.1")]


def test_a_name_that_leads_nowhere_says_so() -> None:
    with pytest.raises(NotResolved):
        addresses.resolve("nowhere.invalid", 5)


def test_a_resolver_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_given, **_more: time.sleep(1) or [])
    began = time.monotonic()
    with pytest.raises(NotResolved):
        addresses.resolve("hooks.example.com", 0.05)
    assert time.monotonic() - began < 0.8
