"""`dev.py run` without a screen, with a stand-in program that only knows the command line."""

from __future__ import annotations

import pytest
import showing
import steps

APP = """
import json, sys
from pathlib import Path
words = sys.argv[1:]
with Path("asked.txt").open("a") as log:
    log.write(" ".join(words) + "\\n")
answers = {
    "sample": {"binder": "b", "claims": 2, "documents": 3},
    "claims": [
        {"claim": "c1", "title": "Knee", "status": "open"},
        {"claim": "c2", "title": "Infusion", "status": "denied"},
    ],
    "documents": [{"claim": "c2"}, {"claim": "c2"}, {"claim": "c1"}, {"claim": None}],
    "deadlines": [{"last_day": None}, {"last_day": "2026-12-01"}, {"last_day": "2026-12-02"}],
    "wall-sheet": {"path": "what-is-due.pdf"},
    "bundle": {
        "files": [{"pages": 12}],
        "exhibits": [{"letter": "A"}],
        "gaps": [{"name": "torn.pdf", "reason": "It cannot be opened."}],
    },
    "expenses": [{"paid_on": "2026-01-02"}, {"paid_on": None}, {"paid_on": "2026-03-04"}],
    "hsa": {"pages": 2},
}
command = next(word for word in words if word in answers)
if command == REFUSED:
    print(json.dumps({"refused": "There is no room left on this disk.", "ask": None}))
    sys.exit(1)
print(json.dumps(answers[command]))
"""

UI = """
import os, sys
from pathlib import Path
assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
place = Path(sys.argv[sys.argv.index("--shots") + 1])
place.mkdir(parents=True, exist_ok=True)
(place / "today.png").write_bytes(b"picture")
"""


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder with a stand-in program, where `showing` believes the checkout to be."""

    def lay(refused: str = "") -> None:
        for room, code in (("app", f"REFUSED = {refused!r}\n{APP}"), ("ui", UI)):
            (tmp_path / room).mkdir()
            (tmp_path / room / "__main__.py").write_text(code)

    monkeypatch.setattr(showing, "ROOT", tmp_path)
    monkeypatch.setattr(showing, "BUILD", tmp_path / "build")
    monkeypatch.setattr(showing, "_has_a_screen", lambda: False)
    monkeypatch.chdir(tmp_path)
    return lay


def test_the_main_job_is_done_and_told_step_by_step(checkout, tmp_path, capsys):
    checkout()
    assert showing.run() == 0
    said = capsys.readouterr().out
    assert "2 claims, 3 papers" in said
    assert "1 things without a date, then 2 dates" in said
    assert "12 pages, 1 exhibits" in said
    assert "not in it: torn.pdf: It cannot be opened." in said
    assert "The HSA summary of 2026: 2 pages" in said
    assert "1 pictures" in said
    asked = (tmp_path / "asked.txt").read_text()
    assert " bundle c2 -o " in asked, "the claim with most papers is the one to bind"
    assert " hsa 2026 -o " in asked


def test_a_second_run_begins_anew(checkout, tmp_path):
    checkout()
    stale = tmp_path / "build" / "run" / "appeal.pdf"
    stale.parent.mkdir(parents=True)
    stale.write_text("of yesterday")
    assert showing.run() == 0
    assert not stale.exists()


def test_a_refusal_is_passed_on_in_its_own_words(checkout):
    checkout(refused="bundle")
    with pytest.raises(steps.SetUpError, match="There is no room left on this disk"):
        showing.run()
