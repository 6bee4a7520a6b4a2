"""The rules of the house that no linter knows. Each rule is seen to fail on a planted sin."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "ui", "packaging", "tests")
LONGEST = 400

NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser",
    "xmlrpc", "PySide6.QtNetwork", "PySide6.QtWebSockets",
}  # fmt: skip
"""What could reach another computer; `asyncio` and `webbrowser` too: nothing here needs them."""

MAY_USE_SOCKET_PAIRS = ("app/workers/",)

PLAIN_TEXT_ROOM = "ui/widgets/text.py"
"""The one module that may make the widgets which take text for HTML; it turns that off."""

READS_HTML = {
    "QLabel", "QMessageBox", "QProgressDialog", "QInputDialog", "QErrorMessage", "QTextEdit",
    "QTextBrowser", "QWizardPage", "QWhatsThis",
}  # fmt: skip
SETS_HTML = {"setHtml", "insertHtml", "appendHtml", "setMarkdown"}
SETS_A_TOOLTIP = {"setToolTip", "setStatusTip", "setWhatsThis"}


def files(*rooms: str) -> list[Path]:
    """All Python files of these rooms, in a fixed order."""
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module a file imports, with the names taken from it, by line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def network_sins(name: str, source: str) -> list[str]:
    """Where a file imports something that can reach another computer."""
    allowed = {"socket"} if name.startswith(MAY_USE_SOCKET_PAIRS) else set[str]()
    forbidden = NETWORK - allowed
    return [
        f"{name}:{line} imports {module}"
        for line, module in imported(ast.parse(source))
        if any(module == word or module.startswith(word + ".") for word in forbidden)
    ]


def html_sins(name: str, source: str) -> list[str]:
    """Where a file makes a widget that would take a paper's text for HTML."""
    if name == PLAIN_TEXT_ROOM:
        return []
    sins: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and READS_HTML & set(map(last_name, node.bases)):
            sins.append(f"{name}:{node.lineno} derives {node.name}")
        if not isinstance(node, ast.Call):
            continue
        called = last_name(node.func)
        owner = last_name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if called in READS_HTML or owner in READS_HTML or called in SETS_HTML:
            sins.append(f"{name}:{node.lineno} calls {ast.unparse(node.func)}")
        elif called in SETS_A_TOOLTIP and not all(is_our_own_text(word) for word in node.args):
            sins.append(f"{name}:{node.lineno} gives {called} a text that is not our own")
    return sins


def last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def is_our_own_text(node: ast.expr) -> bool:
    """A literal, or the translation of one: it holds nothing that a paper or a person wrote."""
    if isinstance(node, ast.Call) and last_name(node.func) == "tr":
        return all(isinstance(word, ast.Constant) for word in node.args)
    return isinstance(node, ast.Constant)


def test_no_file_of_the_program_is_longer_than_400_lines():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in files("app", "ui")}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_nothing_in_the_program_can_reach_another_computer():
    sins = [
        sin for path in files("app", "ui") for sin in network_sins(name_of(path), path.read_text())
    ]
    assert sins == []


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "from urllib.request import urlopen",
        "from urllib import request",
        "import http.client",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6 import QtNetwork",
        "def f():\n    import requests.sessions",
    ],
)
def test_a_planted_way_to_the_network_is_found(line):
    assert network_sins("app/importing/dates.py", line)


def test_a_worker_may_hold_a_socket_pair_but_no_web_client():
    assert network_sins("app/workers/pool.py", "from socket import socketpair") == []
    assert network_sins("app/workers/pool.py", "import urllib3")


def test_text_of_papers_and_people_is_never_taken_for_html():
    sins = [sin for path in files("ui") for sin in html_sins(name_of(path), path.read_text())]
    assert sins == []


@pytest.mark.parametrize(
    "line",
    [
        "QLabel(name)",
        "QtWidgets.QLabel('fixed')",
        "QMessageBox.warning(self, 'a', str(error))",
        "box = QProgressDialog(note, 'Cancel', 0, 1)",
        "view.setHtml(letter)",
        "class Heading(QLabel): pass",
        "button.setToolTip(document.name)",
        "button.setToolTip(f'Open {name}')",
        "button.setToolTip(self.tr(name))",
    ],
)
def test_a_planted_html_trap_is_found(line):
    assert html_sins("ui/pages/inbox.py", line)


def test_our_own_words_may_be_tooltips():
    assert html_sins("ui/pages/inbox.py", "a.setToolTip('Open'); b.setToolTip(tr('Close'))") == []


def test_the_program_without_a_window_loads_no_qt():
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in files("app")
        if path.stem not in ("__init__", "__main__")
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {modules}: importlib.import_module(name)\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_no_file_leaves_work_for_later_in_a_comment():
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    left = [
        f"{name_of(path)}:{number}"
        for path in files(*ROOMS)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if mark.search(line)
    ]
    assert left == []


def test_the_packaging_folder_does_not_hide_the_library_of_that_name():
    assert not (ROOT / "packaging" / "__init__.py").exists()
    found = importlib.util.find_spec("packaging.version")
    assert found is not None
    assert "site-packages" in str(found.origin)
