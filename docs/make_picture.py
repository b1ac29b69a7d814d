"""Take the picture of the example story's edition that the README shows.

    python docs/make_picture.py            needs a Chromium on the PATH

Written: ``docs/edition.png``.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from variorum import pipeline
from variorum.render import html

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WINDOW = "1280,1500"


def main() -> int:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("No Chromium was found; install one to take the picture.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "edition.html"
        page.write_text(html.render(pipeline.read(ROOT / "examples/unlit-reef/reports")), "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={WINDOW}"]
        target = ROOT / "docs/edition.png"
        subprocess.run([browser, *options, f"--screenshot={target}", page.as_uri()], check=True, capture_output=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
