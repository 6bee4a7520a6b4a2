"""The way out when no bundle can be made: the originals in their order, with a plain cover."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.bundle import BundlePlan, Cover, ExhibitPlan, Gap
from app.domain.calendar_days import spoken
from app.domain.errors import UserError
from app.domain.lettering import letter_of
from app.exporting.letter_pdf import LetterSheet, letter_pdf
from app.operations.outputs import write_file
from app.operations.papers import copy_whole
from app.storage.database import plain_errors
from app.storage.queries.papers import document_parts
from app.storage.vault import digest_of

_UNFIT: Final = re.compile(r"[^\w .,()-]+")
_LONGEST: Final = 60
_SIGN: Final = "________________________________"


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOut:
    """The files that were written, the cover first, and the papers that stay out, with why."""

    files: tuple[Path, ...]
    left_out: tuple[Gap, ...]


def hand_out_originals(binder: Binder, plan: BundlePlan, folder: Path) -> HandedOut:
    """Write the plain cover and a copy of each original into a folder, numbered in their order.

    A paper of which something is blacked out or left out stays out: its original would show it.

    Raises:
        UserError: there is no paper, or the folder is not there, not empty or not writable.
    """
    if not plan.exhibits:
        raise UserError("There is no paper to hand out yet. File one under this claim first.")
    if not folder.is_dir() or any(folder.iterdir()):
        raise UserError(f"“{folder.name}” must be an empty folder. Make a new one and choose it.")
    left_out: list[Gap] = []
    going: list[ExhibitPlan] = []
    for exhibit in plan.exhibits:
        why = _why_not(binder, exhibit)
        if why:
            left_out.append(Gap(document_id=exhibit.document_id, name=exhibit.name, reason=why))
        else:
            going.append(exhibit)
    written: list[Path] = []
    with plain_errors():
        cover = folder / "00 Cover.pdf"
        sheet = LetterSheet(
            title=plan.title, text=_cover_text(plan, going), made_on=plan.made_on,
            paper="a4" if plan.paper == "a4" else "letter",
        )  # fmt: skip
        written.append(write_file(cover, letter_pdf(sheet)).path)
        for number, exhibit in enumerate(going, start=1):
            written += _copies(binder, exhibit, folder, number)
    return HandedOut(files=tuple(written), left_out=tuple(left_out))


def _why_not(binder: Binder, exhibit: ExhibitPlan) -> str:
    """Return why the originals of a paper cannot be handed out as they are; empty if they can."""
    if exhibit.black_outs:
        return "Something on it is blacked out, and the original would show it."
    if exhibit.pages is not None:
        return "Only some of its pages go in, and the original would show the others."
    for part in binder.ask(document_parts, exhibit.document_id):
        try:
            with binder.vault.lend(part.sha256) as path:
                if digest_of(path) != part.sha256:
                    return "Its original is damaged on this disk. Restore it from a backup."
        except UserError as error:
            return str(error)
    return ""


def _copies(binder: Binder, exhibit: ExhibitPlan, folder: Path, number: int) -> list[Path]:
    parts = binder.ask(document_parts, exhibit.document_id)
    title = _UNFIT.sub(" ", exhibit.title).strip(" .")[:_LONGEST].strip() or "Paper"
    copies: list[Path] = []
    for place, part in enumerate(parts, start=1):
        which = f"-{place}" if len(parts) > 1 else ""
        target = folder / f"{number:02d}{which} {title}{Path(part.name).suffix[:8]}"
        with binder.vault.lend(part.sha256) as source:
            copy_whole(source, target)
        copies.append(target)
    return copies


def _cover_text(plan: BundlePlan, going: list[ExhibitPlan]) -> str:
    """Return the cover as a letter: who, to whom, which claim, what is asked, what is enclosed."""
    cover = plan.cover
    enclosed = [
        f"{number}. Exhibit {letter_of(number - 1)}: {exhibit.title}"
        for number, exhibit in enumerate(going, start=1)
    ]
    expedited = "EXPEDITED APPEAL" if cover.expedited else ""
    blocks = [
        "\n".join(cover.sender),
        spoken(plan.made_on),
        "\n".join(cover.recipient),
        f"{cover.level or 'Appeal'} of {cover.patient or _SIGN}",
        expedited,
        "\n".join(_facts(cover)),
        "What we ask for",
        cover.asked,
        "What the denial says",
        f"“{cover.denial_words}”" if cover.denial_words else "",
        "Enclosed",
        "\n".join(enclosed),
        f"{_SIGN}\n{cover.signer or cover.patient}",
    ]
    if not cover.denial_words:
        blocks.remove("What the denial says")
    return "\n\n".join(block for block in blocks if block.strip())


def _facts(cover: Cover) -> list[str]:
    facts = (
        ("Patient", cover.patient),
        ("Date of birth", spoken(cover.born_on) if cover.born_on else ""),
        ("Plan", cover.plan),
        ("Member ID", cover.member_id),
        ("Claim number", ", ".join(cover.claim_numbers)),
        ("Reference numbers", ", ".join(cover.reference_numbers)),
        ("Date of the denial", spoken(cover.denied_on) if cover.denied_on else ""),
        ("Provider", cover.provider),
    )
    return [f"{label}: {value}" for label, value in facts if value]
