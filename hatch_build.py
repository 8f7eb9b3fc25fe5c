"""The package's long description: the README, with links that lead somewhere from anywhere."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class LongDescription(MetadataHookInterface):
    """Sets ``readme``; the links begin with the project's ``Source``."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        source = metadata["urls"]["Source"]
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": re.sub(
                r"(!?)(\[[^\]]*\]\()(?![a-z]+:|#)",
                lambda link: f"{link[0]}{source}/{'raw' if link[1] else 'blob'}/main/",
                text,
            ),
        }
