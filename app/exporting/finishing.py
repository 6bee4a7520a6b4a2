"""The last touches of a finished file: who made it, and that it lies safely on the disk."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Name, Pdf

from app.exporting.handover import refusal

_MAKER: Final = "ClaimBinder"
_UNIVERSAL_CLAIM: Final = re.compile(rb"<pdfuaid:part>[^<]*</pdfuaid:part>")


def name_maker(bundle: Pdf) -> None:
    """Say who made it, and no longer that all is accessible: how exhibits are built is unknown."""
    bundle.docinfo["/Creator"] = _MAKER
    bundle.docinfo["/Producer"] = _MAKER
    metadata = bundle.Root.get("/Metadata")
    if metadata is not None:
        metadata.write(_UNIVERSAL_CLAIM.sub(b"", metadata.read_bytes()))
    bundle.Root["/PageMode"] = Name.UseOutlines


def write(bundle: Pdf, target: Path) -> None:
    """Write a bundle and make it durable.

    Raises:
        UserError: it cannot be written there.
    """
    try:
        with target.open("wb") as writer:
            bundle.save(
                writer,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                static_id=True,  # the first half of the ID is that of the printed pages
            )
            writer.flush()
            os.fsync(writer.fileno())
    except OSError as error:
        raise refusal(error, target.parent) from error
