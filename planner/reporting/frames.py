"""Tables as pandas frames, for notebooks and scripts: the only importer of pandas.

Amounts are floats here; the exact fractions stay in the values that the frames are made from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

import pandas as pd

Frame: TypeAlias = pd.DataFrame


def frame(
    columns: Sequence[str], rows: Sequence[Sequence[object]], index: str | None = None
) -> Frame:
    """A frame with these columns; ``index`` names the one that becomes the index.

    Fractions become floats and dates timestamps, so that frames plot and sort as they are.
    """
    data: Mapping[str, list[Any]] = {
        column: [_plain(row[place]) for row in rows] for place, column in enumerate(columns)
    }
    made = pd.DataFrame(data, columns=list(columns))
    return made if index is None else made.set_index(index)


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return float(value)
    return pd.Timestamp(value) if isinstance(value, date) else value
