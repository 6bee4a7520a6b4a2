"""Tasks for the tests: what well-behaved and hostile decoders do."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from app.domain.errors import PasswordNeededError, UnreadableError, UserError
from app.workers import Reply

REFUSALS = {"password": PasswordNeededError, "unreadable": UnreadableError, "user": UserError}


def echo(values, blobs):
    return Reply({"heard": values}, blobs)


def process(values, blobs):
    return Reply({"pid": os.getpid(), "group": os.getpgrp(), "niceness": os.nice(0)})


def count(values, blobs):
    for number in range(values["upto"]):
        yield Reply({"number": number}, (b"x" * values.get("size", 0),))


def count_then_crash(values, blobs):
    yield from count(values, blobs)
    os.abort()


def count_then_hang(values, blobs):
    yield from count(values, blobs)
    threading.Event().wait()


def hang(values, blobs):
    threading.Event().wait()


def hang_without_letting_go(values, blobs):
    """Hold the interpreter's lock, as a decoder in C may: no other thread of the worker runs."""
    Path(values["sign"]).write_text("hanging")
    sum(range(10**12))


def crash(values, blobs):
    sys.stderr.write("about to crash\n")
    sys.stderr.flush()
    os.abort()


def fail(values, blobs):
    raise ZeroDivisionError


def refuse(values, blobs):
    raise REFUSALS[values["kind"]]("This is refused. Choose another.")


def print_much(values, blobs):
    sys.stdout.write("noise" * 100_000)
    sys.stdout.flush()
    os.write(1, b"noise" * 100_000)
    return Reply({"printed": True})


def take_memory(values, blobs):
    return Reply({"bytes": len(bytearray(values["bytes"]))})


def write_file(values, blobs):
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(values["megabytes"]):
            file.write(bytes(1 << 20))
        return Reply({"folder": str(Path(file.name).parent), "cwd": str(Path.cwd())})


def leave_file_and_child(values, blobs):
    Path(tempfile.gettempdir(), "page.png").write_bytes(b"a private page")
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    return Reply({"folder": tempfile.gettempdir(), "child": child.pid})


def open_socket(values, blobs):
    with socket.socket(getattr(socket, values["family"])):
        return Reply({"opened": values["family"]})


def send_raw(values, blobs):
    """Answer with bytes of our own, as a decoder that was taken over may."""
    for descriptor in range(3, 40):
        try:
            os.write(descriptor, blobs[0])
        except OSError:
            continue
    time.sleep(600)


def threads_for_libraries(values, blobs):
    return Reply({"threads": os.environ["OMP_NUM_THREADS"]})
