"""Run every example of README.md and docs/*.md and write what it prints into the page.

What follows from the code is written too: the tables of rules, aims and columns, the picture of the
house, the order of the aims in the template of a team, and the project's address.

    python docs/refresh.py [PAGE ...]

Lines that a page leaves out (…) stay left out. What changed shows in ``git diff``; the tests
compare the same examples and fail until the pages are as this leaves them.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.generated import ADDRESSED, TEMPLATE, addressed, repository, template
from tests.pages import PAGES, rewritten

readdressed = {path: addressed(path.read_text("utf-8"), repository()) for path in ADDRESSED}
for path, text in readdressed.items():
    path.write_text(text, encoding="utf-8")
asked = [Path(name).resolve() for name in sys.argv[1:]] or list(PAGES)
for page in asked:
    with tempfile.TemporaryDirectory() as folder:
        text = rewritten(page, Path(folder))
    if text != page.read_text(encoding="utf-8"):
        page.write_text(text, encoding="utf-8")
        print(f"{page.name}: rewritten")
TEMPLATE.write_text(template(), encoding="utf-8")
