"""The words of a page with their places, and what its codes mean."""

from __future__ import annotations

from app.binder import Binder
from app.domain.errors import UnreadableError
from app.domain.page import Word, unpack_page
from app.importing.reader import DocumentReader
from app.storage.queries.papers import page_refs, page_words


def words_on_page(
    binder: Binder, reader: DocumentReader, document_id: str, page: int
) -> tuple[Word, ...]:
    """Return the words of a page of a paper with their boxes; none where there are none.

    A page that was read from its picture has kept them. The words of other pages are looked up
    in the file once more, which may take a second.
    """
    refs = binder.ask(page_refs, document_id)
    if not 1 <= page <= len(refs):
        return ()
    kept = next((one for one in binder.ask(page_words, document_id) if one.page == page), None)
    words = unpack_page(kept.packed).words if kept and kept.packed else ()
    ref = refs[page - 1]
    if words or ref.failed:
        return words
    try:
        with binder.vault.lend(ref.sha256) as path:
            return tuple(
                reader.words(
                    path, media_type=ref.media_type, page=ref.page_of_part,
                    password=ref.password, turned=ref.turned,
                )
            )  # fmt: skip
    except UnreadableError:
        return ()


def meaning_of_code(name: str, value: str) -> str:
    """Return plain words for a reason or remark code of a payer; nothing where there are none."""
    from app.importing.sifting.code_book import meaning_of  # noqa: PLC0415 - not with the window

    return meaning_of(name, value) or ""
