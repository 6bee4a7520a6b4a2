"""What stands out: what the letter should say and was not found, and codes that are not whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.notice_contents import NoticeRequirement
from app.operations.code_check import CodeFinding
from app.operations.notice_check import NoticeCheck
from ui.pages.claim_evidence_seen import EvidenceSeen
from ui.pages.due_lines import EntryLine
from ui.shell import Shell
from ui.widgets.layout import column, emptied, line
from ui.widgets.text import Label, label, muted, quiet_button, section
from ui.wording import tr


class FoundView(QWidget):
    """Shows the findings of one denial and its claim."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._shown: object = None
        self._body = column(8)
        layout = column(8)
        layout.addLayout(self._body)
        layout.addStretch(1)
        self.setLayout(layout)

    def show_found(self, seen: EvidenceSeen) -> None:
        """Show what stands out in the letter of a denial and in the codes of its claim."""
        shown = seen.of.denial_id, seen.notice, seen.codes
        if shown == self._shown:
            return
        self._shown = shown
        emptied(self._body)
        self._show_notice(seen.notice)
        self._show_codes(seen.codes)

    def _show_notice(self, notice: NoticeCheck | None) -> None:
        self._body.addWidget(section(tr("What the letter should say")))
        if notice is None or notice.document_id is None:
            self._body.addWidget(label(tr("The letter is not among the papers yet. Add it, and say "
                                          "in the denial that this is the letter.")))  # fmt: skip
            return
        show = partial(self._shell.go_to, "papers", "document", notice.document_id)
        if not notice.was_read:
            self._body.addWidget(label(tr("The letter is not read yet.")))
        elif not notice.missing:
            self._body.addWidget(label(tr("Nothing stands out in the letter.")))
        else:
            words = tr("We did not find this in the letter. It may be in an enclosure. What is "
                       "missing is worth naming in your appeal.")  # fmt: skip
            self._body.addWidget(label(words))
            for item in notice.missing:
                self._body.addWidget(_missing_line(item))
        self._body.addLayout(line(quiet_button(tr("Show the letter"), show, "letter")))

    def _show_codes(self, found: Sequence[CodeFinding]) -> None:
        self._body.addWidget(section(tr("Codes")))
        if not found:
            self._body.addWidget(label(tr("No code stands out. Only form and completeness are "
                                          "looked at, not what a code means.")))  # fmt: skip
        for each in found:
            self._body.addWidget(self._code_line(each))

    def _code_line(self, found: CodeFinding) -> EntryLine:
        said = [Label(found.problem.sentence, "strong"), label(found.problem.ask)]
        said.append(muted(_place(found)))
        if not found.document_id:
            return EntryLine("warning", "warning", said, [])
        where = f"{found.document_id}#{found.page}" if found.page else found.document_id
        show = partial(self._shell.go_to, "papers", "document", where)
        return EntryLine("warning", "warning", said, [quiet_button(tr("Show me"), show, "paper")])


def _missing_line(item: NoticeRequirement) -> EntryLine:
    source = tr("The law: {source}", source=item.source)
    return EntryLine("search", "muted", [Label(tr(item.text), "strong"), muted(source)], [])


def _place(found: CodeFinding) -> str:
    if not found.document:
        return tr("It stands in the claim.")
    if not found.is_confirmed:
        return tr("It was read in “{name}”; nobody has confirmed it.", name=found.document)
    if found.page:
        return tr("It stands in “{name}”, page {page}.", name=found.document, page=found.page)
    return tr("It stands in “{name}”.", name=found.document)
