"""What the package tells of its address: its URLs, and a README whose links lead somewhere."""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Addresses(MetadataHookInterface):
    """Sets ``urls`` and ``readme`` from the ``source`` that pyproject.toml names."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        source = self.config["source"]
        metadata["urls"] = {
            "Source": source,
            "Documentation": f"{source}/tree/main/docs",
            "Changelog": f"{source}/blob/main/CHANGELOG.md",
            "Issues": f"{source}/issues",
        }
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": re.sub(
                r"(!?)(\[[^\]]*\]\()(?![a-z]+:|#)",
                lambda link: f"{link[0]}{source}/{'raw' if link[1] else 'blob'}/main/",
                text,
            ),
        }
