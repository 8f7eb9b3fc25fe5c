"""Names as people write them, made comparable."""

import re
import unicodedata

_APOSTROPHES = re.compile("['’]")  # noqa: RUF001 - both are typed


def plain(text: str) -> str:
    """Lower case, without punctuation: “MY-14” and “my 14” are the same."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    return " ".join(re.findall(r"\w+", _APOSTROPHES.sub("", folded)))
