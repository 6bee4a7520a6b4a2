"""`packaging/dev.py` and its modules: what can be proved without a fresh machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import environment
import pytest
import showing
import steps
import suite
import system_packages

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "packaging" / "requirements.lock").read_text()


def test_an_old_python_can_read_the_sentence_that_sends_it_away():
    source = (ROOT / "packaging" / "dev.py").read_text()
    tree = ast.parse(source, feature_version=(3, 7))
    first_import_of_ours = source.index("import environment")
    assert source.index("sys.exit(") < first_import_of_ours
    assert tree.body


def test_set_up_uses_only_the_standard_library():
    ours = {path.stem for path in (ROOT / "packaging").glob("*.py")}
    for name in ("dev", "environment", "showing", "steps", "suite", "system_packages"):
        tree = ast.parse((ROOT / "packaging" / f"{name}.py").read_text())
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [str(node.module)]
            for imported in names:
                root = imported.split(".")[0]
                assert root in sys.stdlib_module_names | ours, f"{name} imports {imported}"


def test_every_locked_library_has_a_hash_and_no_address():
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) > 40
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK


def test_the_lock_brings_what_set_up_itself_needs():
    assert re.search(r"^uv==", LOCK, re.MULTILINE)
    assert re.search(r"^setuptools==", LOCK, re.MULTILINE)


def test_the_ci_runs_the_test_command_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands[-1] == "exec python3 packaging/dev.py test"
    assert len(commands) == 3


def test_another_lock_or_project_file_asks_for_a_new_set_up(tmp_path, monkeypatch):
    lock, project = tmp_path / "requirements.lock", tmp_path / "pyproject.toml"
    monkeypatch.setattr(environment, "LOCK", lock)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    seen = set()
    for locked, written in (("a", "x"), ("b", "x"), ("b", "y")):
        lock.write_text(locked)
        project.write_text(written)
        seen.add(environment._fingerprint())
    assert len(seen) == 3


def test_without_rights_one_command_is_named_and_the_work_stops(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "LIBRARIES", {"libnowhere.so.7": "libnowhere7"})
    monkeypatch.setattr(system_packages, "_may_install", lambda: False)
    with pytest.raises(steps.SetUpError, match=r"libnowhere7[^\n]*\n") as caught:
        system_packages.ensure(for_tests=False)
    assert "run this command again" in str(caught.value)


def test_a_part_that_only_tests_need_does_not_stop_a_person(monkeypatch, capsys):
    monkeypatch.setattr(system_packages, "LIBRARIES", {})
    monkeypatch.setattr(system_packages, "TEST_PROGRAMS", {"no-such-program": "nosuch"})
    monkeypatch.setattr(system_packages, "_may_install", lambda: False)
    system_packages.ensure(for_tests=False)
    assert "nosuch" not in capsys.readouterr().out


def test_a_run_that_writes_into_the_checkout_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(suite, "ROOT", tmp_path)
    kept = tmp_path / "kept.py"
    kept.write_text("1")
    for ignored in ("build/shots/a.png", "app/__pycache__/a.pyc", ".ruff_cache/x"):
        (tmp_path / ignored).parent.mkdir(parents=True)
    before = suite._files()
    (tmp_path / "build/shots/a.png").touch()
    (tmp_path / "app/__pycache__/a.pyc").touch()
    (tmp_path / ".ruff_cache/x").touch()
    assert suite._unchanged(before).passed
    (tmp_path / "stray.pdf").touch()
    kept.write_text("2 ")
    outcome = suite._unchanged(before)
    assert not outcome.passed
    assert outcome.note == "changed during the run: kept.py, stray.pdf"


def test_one_failed_part_fails_the_whole_and_the_closing_line_is_last(capsys):
    parts = [steps.Outcome("style", True, 1.0), steps.Outcome("types", False, 2.0)]
    assert suite._conclude(parts, "5 passed in 1.00s") == 1
    assert suite._conclude(parts[:1]) == 0
    said = capsys.readouterr().out
    assert "FAILED  types" in said
    assert "5 passed in 1.00s" in said


def test_a_step_that_cannot_succeed_is_told_with_its_last_lines(capfdbinary):
    code = "import sys; print('the reason'); sys.exit(3)"
    outcome, tail = steps.watched("a step", (sys.executable, "-c", code))
    assert not outcome.passed
    assert tail == "the reason\n"
    assert b"the reason" in capfdbinary.readouterr().out


@pytest.mark.parametrize(
    ("variable", "there"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("EDITOR", False)]
)
def test_a_screen_is_known_by_its_variables(monkeypatch, variable, there):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, ":7")
    assert showing._has_a_screen() is there


def test_an_unknown_command_is_refused_with_the_known_ones():
    done = subprocess.run(
        [sys.executable, ROOT / "packaging" / "dev.py", "fly"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "run" in done.stderr
