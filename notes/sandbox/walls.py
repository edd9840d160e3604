"""What the child shuts itself off from before it reads a byte, as far as this machine's kernel lets anybody do it.

None of it needs privileges: resource limits everywhere; Landlock against files, and a seccomp filter against sockets
and other processes, on Linux. Each wall says whether it stands, so that an operator can see it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024
OPEN_FILES = 64
READ_ONLY = 0b1101  # Landlock: execute (bit 0), read a file (2), read a folder (3)
READ_WRITE_FILE = 0b0110
FILES_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
NET_ABI, SCOPE_ABI = 4, 6
NETWORK, SCOPE = 0b11, 0b11  # bind and connect; abstract sockets and signals to others
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 1, 38, 22, 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ERRNO with EPERM
# Audit architecture; then socket, socketpair, connect, ptrace, process_vm_readv, process_vm_writev, io_uring_setup
CALLS = {
    "x86_64": (0xC000003E, (41, 53, 42, 101, 310, 311, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 117, 270, 271, 425)),
}
X32_BIT = 0x40000000


def limit(cpu_seconds: int, megabytes: int) -> None:
    """Bound processor time, memory, open files; no core, and no file may be written at all."""
    pairs = [
        (resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1)),
        (resource.RLIMIT_CORE, (0, 0)),
        (resource.RLIMIT_FSIZE, (0, 0)),
        (resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES)),
    ]
    if sys.platform == "linux":  # elsewhere address space is not what it costs
        pairs.append((resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE)))
    for which, bounds in pairs:
        resource.setrlimit(which, bounds)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    os.nice(5)  # pages and deadlines go first


def die_with(parent: int) -> None:
    """End when the process that asked ends, even where it is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)


def raise_walls() -> dict[str, bool]:
    """Which walls stand: ``files`` (nothing but programs and libraries is readable), ``network``."""
    if sys.platform != "linux":
        return {"files": False, "network": False}
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return {"files": False, "network": False}
    return {"files": _landlock(libc), "network": _seccomp(libc)}


def _landlock(libc: ctypes.CDLL) -> bool:
    abi = libc.syscall(CREATE_RULESET, None, 0, 1)
    if abi < 1:
        return False
    handled = FILES_BY_ABI[max(known for known in FILES_BY_ABI if known <= abi)]
    attributes = struct.pack("=Q", handled)
    if abi >= NET_ABI:
        attributes += struct.pack("=Q", NETWORK)
    if abi >= SCOPE_ABI:
        attributes += struct.pack("=Q", SCOPE)
    ruleset = libc.syscall(CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    for path in _programs():
        _allow(libc, ruleset, path, READ_ONLY)
    _allow(libc, ruleset, Path("/dev/null"), READ_WRITE_FILE)
    stands = libc.syscall(RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return stands


def _programs() -> set[Path]:
    """Folders of programs, libraries and recognition data; none of them holds what an installation keeps."""
    system = {Path(name) for name in ("/usr", "/lib", "/lib64", "/bin")}
    return system | {Path(sys.prefix) / "lib", Path(sys.base_prefix) / "lib"}


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, access: int) -> None:
    with contextlib.suppress(OSError):
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", access, folder)
        libc.syscall(ADD_RULE, ruleset, 1, rule, 0)
        os.close(folder)


def _seccomp(libc: ctypes.CDLL) -> bool:
    known = CALLS.get(platform.machine())
    if known is None:
        return False
    architecture, refused = known
    # load the architecture; another one than ours is refused whole
    program = [(0x20, 0, 0, 4), (0x15, 1, 0, architecture), (0x06, 0, 0, REFUSE), (0x20, 0, 0, 0)]
    program += [(0x35, 0, 1, X32_BIT), (0x06, 0, 0, REFUSE)]
    for call in refused:
        program += [(0x15, 0, 1, call), (0x06, 0, 0, REFUSE)]
    program.append((0x06, 0, 0, ALLOW))
    code = b"".join(struct.pack("=HBBI", *line) for line in program)
    held = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(program), ctypes.addressof(held))
    return bool(libc.prctl(PR_SET_SECCOMP, FILTER, head, 0, 0) == 0)
