"""One program at a time."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.binder import Binder
from app.domain.errors import BinderUnusableError

HOLDER = """
import sys
from pathlib import Path
from app.binder import Binder
binder = Binder.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_opening_is_refused_until_the_first_ends(binder: Binder, root: Path):
    with pytest.raises(BinderUnusableError, match="open in another window"):
        Binder.open(root)
    binder.close()
    Binder.open(root).close()


def test_a_binder_is_made_by_one_program_only(binder: Binder, root: Path):
    with pytest.raises(Exception, match="not empty"):
        Binder.create(root)


def test_a_program_that_is_killed_frees_its_binder(binder: Binder, root: Path):
    binder.close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(BinderUnusableError):
            Binder.open(root)
        holder.kill()
        holder.wait()
    Binder.open(root).close()


def test_of_two_that_open_at_once_one_wins(binder: Binder, root: Path):
    binder.close()
    start, opened, refused = threading.Barrier(2), [], []

    def open_it() -> None:
        start.wait()
        try:
            opened.append(Binder.open(root))
        except BinderUnusableError as error:
            refused.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(opened), len(refused)) == (1, 1)
    opened[0].close()
