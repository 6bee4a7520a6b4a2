"""The nets of `conftest.py` hold: each planted sin is caught, and clean tests pass."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

SINS = """
import logging, socket, subprocess, sys, tempfile, threading, warnings
import pytest

KEPT = []

def test_logs_a_warning():
    logging.getLogger("a").warning("surprise")

def test_announces_what_never_comes(expected_warnings):
    expected_warnings("never")

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, daemon=True).start()

def test_leaves_a_child():
    code = "import time; time.sleep(600)"
    KEPT.append(subprocess.Popen([sys.executable, "-c", code]))

def test_leaves_a_temporary_file():
    tempfile.mkdtemp()

def test_warns():
    warnings.warn("old", DeprecationWarning)

def test_opens_an_internet_socket():
    socket.socket(socket.AF_INET).close()

@pytest.mark.xfail
def test_passes_although_it_should_not():
    pass

def test_opens_a_second_internet_socket():
    socket.create_connection(("127.0.0.1", 9))
"""

CLEAN = """
import logging, os, socket, subprocess, sys, tempfile, threading, time
from pathlib import Path
import pytest

def test_lives_in_a_home_of_its_own(home):
    assert Path.home() == home
    assert Path(os.environ["XDG_DATA_HOME"]).is_relative_to(home)
    assert not list(Path(tempfile.gettempdir()).iterdir())

def test_lives_in_a_fixed_zone():
    assert time.localtime(0).tm_hour == 18

def test_announces_its_warning(expected_warnings):
    expected_warnings("surprise")
    logging.getLogger("a").warning("a surprise")

def test_ends_what_it_starts():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    subprocess.run([sys.executable, "-c", ""], check=True)
    with tempfile.TemporaryDirectory():
        pass

def test_may_open_a_socket_pair():
    for end in socket.socketpair():
        end.close()

@pytest.mark.deep
def test_that_only_a_deep_run_runs():
    pass
"""


def run(folder: Path, source: str, *words: str) -> str:
    """Run a test file under the real `conftest.py` and configuration; return what was said."""
    tests = folder / "tests"
    tests.mkdir()
    (tests / "test_planted.py").write_text(source)
    shutil.copy(HERE / "conftest.py", tests)
    shutil.copy(HERE.parent / "pyproject.toml", folder)
    basetemp = f"--basetemp={folder / 'made'}"
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", basetemp, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def named(said: str, *outcomes: str) -> set[str]:
    """The tests that ended in one of these ways."""
    return set(re.findall(rf"^(?:{'|'.join(outcomes)}) \S+::(test_\w+)", said, re.MULTILINE))


def test_each_planted_sin_is_caught(tmp_path):
    said = run(tmp_path, SINS)
    assert named(said, "FAILED", "ERROR") == set(re.findall(r"^def (test_\w+)", SINS, re.MULTILINE))


def test_clean_tests_pass_and_deep_ones_wait(tmp_path):
    said = run(tmp_path, CLEAN)
    assert re.search(r"^=+ 5 passed, 1 deselected in", said, re.MULTILINE), said


def test_a_deep_run_runs_the_deep_tests(tmp_path):
    said = run(tmp_path, CLEAN, "--deep", "-k", "deep")
    assert named(said, "PASSED") == {"test_that_only_a_deep_run_runs"}, said


def test_an_unknown_marker_is_caught(tmp_path):
    said = run(tmp_path, "import pytest\n@pytest.mark.unheard_of\ndef test_it(): pass\n")
    assert "'unheard_of' not found" in said
