"""Peak memory of a worker that makes a photo of 12 million dots ready for a bundle.

Run: python -m tests.bench.bench_photos
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from app.exporting.making import Wanted
from app.exporting.normalise import normalise

SIZE = (4000, 3000)
CORNERS = (0.1, 0.08, 0.9, 0.1, 0.92, 0.93, 0.09, 0.9)
WAYS = {
    "as it is": Wanted(),
    "laid flat in even light": Wanted(corners={0: CORNERS}),
    "laid flat, with a black box": Wanted(corners={0: CORNERS}, boxes={0: ((0.1, 0.1, 0.3, 0.2),)}),
    "black on white": Wanted(ink="black"),
    "for a fax": Wanted(corners={0: CORNERS}, ink="fax"),
}


def write_photo(path: Path) -> None:
    """Write a photo of a printed sheet, brighter on one side than on the other."""
    light = Image.radial_gradient("L").resize(SIZE).point([90 + level // 3 for level in range(256)])
    dots = random.Random(12)
    noise = Image.frombytes("L", (1000, 750), dots.randbytes(750_000)).resize(SIZE)
    page = ImageChops.add(light, noise.point([level // 6 for level in range(256)])).convert("RGB")
    draw = ImageDraw.Draw(page)
    for y in range(500, 2500, 60):
        draw.text((700, y), "The infusion was not approved. " * 3, fill=(20, 20, 20), font_size=40)
    page.save(path, quality=88)


def measure(folder: Path, way: str) -> None:
    """Make the photo ready in this process, and tell its peak."""
    values = {
        "source": str(folder / "photo.jpg"),
        "target": str(folder / "ready.pdf"),
        "media_type": "image/jpeg",
        "password": None,
        "attempt": 0,
        "wanted": WAYS[way].values(),
        "texts": [],
    }
    normalise(values, [json.dumps([[0, False, []]]).encode()])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"| photo of 12 million dots, {way} | | {peak:.0f} MB | 200 MB |\n")


def main(words: list[str]) -> None:
    """Measure each way in a process of its own."""
    match words:
        case ["photo", folder]:
            write_photo(Path(folder) / "photo.jpg")
        case ["measure", folder, way]:
            measure(Path(folder), way)
        case _:
            with tempfile.TemporaryDirectory() as folder:
                me = [sys.executable, "-m", __spec__.name]
                subprocess.run([*me, "photo", folder], check=True)
                for way in WAYS:
                    subprocess.run([*me, "measure", folder, way], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
