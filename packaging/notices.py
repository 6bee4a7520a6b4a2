"""Write THIRD-PARTY-NOTICES.md from what the installed libraries say of themselves.

    .venv/bin/python packaging/notices.py

Only what the program needs to run is listed, not the tools of development. `check` compares.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD-PARTY-NOTICES.md"

INSIDE = {
    "numpy": "OpenBLAS (BSD-3-Clause), libgfortran (GPL-3.0 with the GCC exception)",
    "onnxruntime": "the parts named in its `ThirdPartyNotices.txt`",
    "opencv-python-headless": "FFmpeg (LGPL-2.1), libvpx (BSD-3-Clause), OpenSSL, OpenBLAS, libpng",
    "pi-heif": "libheif and libde265 (LGPL-3.0), as separate library files",
    "pillow": "libjpeg-turbo, libtiff, OpenJPEG, libwebp, FreeType and others, see its `LICENSE`",
    "pikepdf": "qpdf (Apache-2.0), libjpeg-turbo, zlib, OpenSSL",
    "pypdfium2": "PDFium (BSD-3-Clause and Apache-2.0) and the parts in its `BUILD_LICENSES`",
    "pyside6-essentials": "Qt 6 (LGPL-3.0), as separate library files that may be replaced",
    "rapidocr": "the recognition models of PaddleOCR (Apache-2.0), see its `MODEL_LICENSES.md`",
    "shapely": "GEOS (LGPL-2.1), as a separate library file",
    "sqlcipher3": "SQLCipher (BSD-3-Clause), SQLite (public domain), OpenSSL (Apache-2.0)",
}
"""What a wheel carries beside its own code, read in the licence files of the wheel itself."""

OWN_WORDS = {
    "omegaconf": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "sqlcipher3": "Zlib",
}
"""Licences of libraries whose metadata name none or only a family; read in their licence file."""

HEAD = """\
# Third-party notices

ClaimBinder is licensed under the Apache License 2.0 (see [LICENSE](LICENSE)). To run, it uses the
libraries below. They are installed beside it, unchanged, as their authors publish them; the full
text of each licence lies in the library's own folder after set-up (`.venv`, in the folder whose
name ends in `.dist-info`).

The libraries under the LGPL (Qt and PySide6, libheif, libde265, GEOS, FFmpeg) are separate files
that anyone may replace with their own build. pikepdf and certifi are under the MPL-2.0: their
source is published by their authors and is not changed here.

The codes of ICD-10-CM in `resources/reading/icd10cm-2026-04.txt.xz` are those of the release of
April 2026 by the Centers for Medicare & Medicaid Services and the National Center for Health
Statistics, in the public domain; the list was taken from simple-icd-10-cm 1.5.0 (MIT). How the
releases of January 2021 and April 2025 differ from it is in `icd10cm-earlier.json` there, from the
same public sources.

This file is written by `packaging/notices.py` from what the installed libraries say of themselves.

| Library | Version | Licence | Also contains |
|---|---|---|---|
"""


def needed() -> list[metadata.Distribution]:
    """Return the installed libraries the program needs to run, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    waiting = list(project["project"]["dependencies"])
    found: dict[str, metadata.Distribution] = {}
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if applies and name not in found:
            found[name] = metadata.distribution(name)
            waiting += found[name].requires or []
    return [found[name] for name in sorted(found)]


def licence_of(library: metadata.Distribution) -> str:
    """Return the licence in as few words as the metadata allow."""
    about = library.metadata
    said = about["License-Expression"] or about["License"] or ""
    classes = [
        re.sub(r"^(OSI Approved|DFSG approved)( :: )?", "", entry.removeprefix("License :: "))
        for entry in about.get_all("Classifier") or []
        if entry.startswith("License :: ")
    ]
    own = OWN_WORDS.get(canonicalize_name(about["Name"]))
    return own or (said if 0 < len(said) < 80 else ", ".join(filter(None, classes)))


def notices() -> str:
    """Return the whole file.

    Raises:
        ValueError: a library names no licence.
    """
    rows: list[str] = []
    for library in needed():
        name, licence = library.metadata["Name"], licence_of(library)
        if not licence:
            msg = f"{name} names no licence: read its licence file and add it to OWN_WORDS."
            raise ValueError(msg)
        inside = INSIDE.get(canonicalize_name(name), "")
        rows.append(f"| {name} | {library.version} | {licence} | {inside} |".replace("  ", " "))
    return HEAD + "\n".join(rows) + "\n"


def main(words: list[str]) -> int:
    """Write the file, or with `check` say whether it is up to date."""
    if words == ["check"]:
        return 0 if TARGET.read_text(encoding="utf-8") == notices() else 1
    TARGET.write_text(notices(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
