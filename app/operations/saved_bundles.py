"""Bundles as they were made: their exact bytes, kept so that one can prove what was sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.bundle import BoundBundle, BoundFile, BundlePlan
from app.domain.errors import UserError
from app.domain.saved_bundle import SavedBundle, SavedFile
from app.operations.ids import new_id
from app.operations.papers import TakenOut, copy_whole, wanted
from app.storage.database import plain_errors
from app.storage.queries.bundles import made_bundles
from app.storage.queries.evidence import denial_to_answer
from app.storage.unit_of_work import UnitOfWork
from app.storage.vault import digest_of

_PDF: Final = "application/pdf"
NOT_KEPT: Final = "The bundle is made, but its exact bytes could not be kept as proof."
"""What to say where a finished file lies in its folder and could not be frozen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frozen:
    """A bundle as it was kept, and its files in order."""

    bundle: SavedBundle
    files: tuple[SavedFile, ...]


def freeze_bundle(
    binder: Binder,
    claim_id: str,
    plan: BundlePlan,
    bound: BoundBundle,
    *,
    denial_id: str | None = None,
    decided: Sequence[str] = (),
) -> Frozen:
    """Keep the exact bytes of a bundle that was made, with what was known to lack.

    It answers the newest open denial, unless another is named. `decided` are the findings that the
    person went on with. Bytes first, then the rows: a crash
    between leaves an original that nothing names, never a row without its bytes. An earlier bundle
    for the same denial that was never sent makes way; undo brings it back.

    Raises:
        UserError: a file is gone or was changed since it was made, or the disk is full.
    """
    if denial_id is None and (denial := binder.ask(denial_to_answer, claim_id)):
        denial_id = denial.id
    with plain_errors():
        for file in bound.files:
            _put(binder, file)
    binder.vault.sync()
    bundle = SavedBundle(
        id=new_id(),
        claim_id=claim_id,
        denial_id=denial_id,
        title=plan.title,
        profile=plan.profile,
        exhibits=_exhibits(bound),
        warnings=json.dumps([*decided, *_gaps(bound), *bound.warnings], ensure_ascii=False),
        author_id=binder.author_id,
        made_at=binder.now(),
    )
    files = tuple(
        SavedFile(
            id=new_id(), bundle_id=bundle.id, position=number, name=file.path.name,
            sha256=file.sha256, pages=file.pages, size=file.bytes,
        )
        for number, file in enumerate(bound.files)
    )  # fmt: skip
    with binder.operation("Make the bundle") as work:
        work.claims.get(claim_id)
        if not all(binder.vault.holds(file.sha256) for file in files):
            raise UserError("This bundle was being deleted at this very moment. Make it again.")
        _make_way(work, claim_id, denial_id)
        work.derived.register_all([(file.sha256, file.size, _PDF) for file in files], binder.now())
        work.saved_bundles.add(bundle)
        work.saved_files.add_all(files)
    return Frozen(bundle=bundle, files=files)


def take_bundle_file_out(binder: Binder, bundle_id: str, target: Path) -> list[TakenOut]:
    """Copy the exact bytes of a bundle out; one of several files gives NAME-1, NAME-2, ….

    Raises:
        UserError: there is no such bundle, its bytes are damaged, or the target cannot be written.
    """
    wanted(binder, "saved_bundle", bundle_id)
    (made,) = [each for each in binder.ask(made_bundles) if each.bundle.id == bundle_id]
    taken: list[TakenOut] = []
    with plain_errors():
        for number, file in enumerate(made.files, start=1):
            place = target
            if len(made.files) > 1:
                place = target.with_name(f"{target.stem}-{number}{target.suffix}")
            with binder.vault.lend(file.sha256) as source:
                if digest_of(source) != file.sha256:
                    raise UserError(
                        f"The kept copy of “{file.name}” is damaged on this disk. "
                        "Restore it from your newest backup."
                    )
                copy_whole(source, place)
            taken.append(TakenOut(place, file.size, file.sha256))
    return taken


def _put(binder: Binder, file: BoundFile) -> None:
    try:
        with file.path.open("rb") as source:
            stored = binder.vault.put(source, lasting=False)
    except FileNotFoundError as error:
        raise UserError(
            f"“{file.path.name}” is no longer where it was made. Make the bundle again."
        ) from error
    if stored.sha256 != file.sha256:
        raise UserError(f"“{file.path.name}” was changed since it was made. Make the bundle again.")


def _exhibits(bound: BoundBundle) -> str:
    return json.dumps(
        [
            {
                "letter": exhibit.letter,
                "title": exhibit.title,
                "document": exhibit.document_id,
                "first_page": exhibit.first_page,
                "pages": exhibit.pages,
            }
            for exhibit in bound.exhibits
        ],
        ensure_ascii=False,
    )


def _gaps(bound: BoundBundle) -> list[str]:
    return [f"“{gap.name}” is not in: {gap.reason}" for gap in bound.gaps]


def _make_way(work: UnitOfWork, claim_id: str, denial_id: str | None) -> None:
    """Take earlier bundles that were never sent out of the record.

    Their bytes stay for as long as an undo may ask for them; “Delete forever” takes them.
    """
    for old in work.saved_bundles.where(claim_id=claim_id, denial_id=denial_id):
        if not work.sendings.where(bundle_id=old.id):
            for file in work.saved_files.where(bundle_id=old.id):
                work.saved_files.remove(file.id)
            work.saved_bundles.remove(old.id)
