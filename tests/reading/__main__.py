"""Measures reading: `python -m tests.reading [--set dev|held_out] [--as pdf|scan|fax|photo] …`.

Of the held-out set it prints totals and nothing else: whoever builds the reader never sees which
of its papers fail.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.reading.corpus import papers_of
from tests.reading.draw import FORMS
from tests.reading.effort import effort
from tests.reading.measure import Measured, measured, text_only, words_share
from tests.reading.read import Desk
from tests.reading.report import in_markdown, in_text, tables
from tests.reading.typeset import PaperData

_EFFORT_PAPERS = 8


def main(words: list[str]) -> int:
    """Measure and print; 0 when it ran to its end."""
    options = _options().parse_args(words)
    papers = papers_of(options.set, options.count, options.seed)
    if options.only:
        papers = [paper for paper in papers if options.only in paper["id"]]
    secret = options.set == "held_out" and not options.reveal
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder), options.keep) as desk:
        if options.words:
            _say_words(papers, options, desk)
            return 0
        if options.text and not secret:
            for paper in papers:
                text = text_only(paper, options.form, options.seed, desk)
                _say(f"=== {paper['id']}\n{text}\n")
            return 0
        result = measured(papers, form=options.form, seed=options.seed, desk=desk, told=_progress)
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if options.show and not secret:
        _say_remarks(result, options.show)
    _say(f"{result.papers} papers, {result.pages} pages, set {options.set}, as {options.form}")
    lay_out = in_markdown if options.markdown else in_text
    for head, rows in tables(result):
        _say("\n" + lay_out(head, rows))
    return 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.reading", description=__doc__)
    options.add_argument("--set", choices=("dev", "held_out"), default="dev")
    options.add_argument("--as", dest="form", choices=sorted(FORMS), default="pdf")
    options.add_argument("--count", type=int, help="how many papers; by default the whole set")
    options.add_argument("--seed", type=int, default=1, help="other dice, other papers and noise")
    options.add_argument("--only", default="", help="papers whose id has this in it")
    options.add_argument("--show", choices=("wrong", "missing", "all"), help="say which values")
    options.add_argument("--text", action="store_true", help="print the papers as sifters see them")
    options.add_argument("--words", action="store_true", help="the share of words read, and CPU")
    options.add_argument("--keep", type=Path, help="a folder that keeps what was read")
    options.add_argument("--markdown", action="store_true", help="tables for docs/reading.md")
    options.add_argument(
        "--reveal", action="store_true", help="say what failed of the held-out set"
    )
    return options


def _say_words(papers: list[PaperData], options: argparse.Namespace, desk: Desk) -> None:
    """Say how many words were read, and of photos what reading costs beside the engine."""
    found, printed = words_share(papers, form=options.form, seed=options.seed, desk=desk)
    rows = [
        ("words of the paper that were read", f"{found} of {printed}", f"{found / printed:.2%}")
    ]
    if options.form == "photo":
        alone, whole = effort(papers[:_EFFORT_PAPERS], options.seed)
        cost = f"{whole:.2f} s, engine alone {alone:.2f} s"
        rows.append(("CPU a page", cost, f"{whole / alone:.2f} times"))
    lay_out = in_markdown if options.markdown else in_text
    _say(lay_out((f"{len(papers)} papers as {options.form}", "measured", "share"), rows))


def _say_remarks(result: Measured, wanted: str) -> None:
    for paper, what, text in result.remarks:
        if wanted in (what, "all"):
            _say(f"{what:8}{paper}: {text}")
    _say("")


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
