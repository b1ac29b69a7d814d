"""Take the pictures of the example story's edition that the README and docs/descent.md show.

    python docs/make_picture.py            needs a Chromium on the PATH

Written: ``docs/edition.png``, and ``docs/side-by-side.png``, two reports of it beside each other.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from variorum import pipeline
from variorum.render import html

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Opens the first retelling and goes to its second passage.
OPEN = """
setTimeout(() => {
  const retold = [...document.querySelectorAll(".borrowing")].find((one) => one.textContent.includes("retold"));
  retold.querySelector(".to-beside").click();
  document.querySelectorAll(".beside-bar button")[1].click();
}, 200);
"""


def main() -> int:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("No Chromium was found; install one to take the picture.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        text = html.render(pipeline.read(ROOT / "examples/unlit-reef/reports"))
        # The page allows no script but its own, so the one that opens the view needs a page without that rule.
        opened = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        opened = opened.replace("</body>", f"<script>{OPEN}</script></body>")
        for name, shown, window in (("edition", text, "1280,1500"), ("side-by-side", opened, "1280,760")):
            page = Path(folder) / f"{name}.html"
            page.write_text(shown, "utf-8")
            options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=3000"]
            options += [f"--window-size={window}", f"--screenshot={ROOT / 'docs' / name}.png"]
            subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
