"""What the five sample teams' quarters come to: every aim's optimum, proven, as it has been.

Which of several equally good rotas is found may change with the solver; these values may not,
unless the inputs or the meaning of an aim change. Each quarter is planned without history; the
values stand in the order of the team's aims and their parts.
"""

import pytest

from planner.domain import Rota
from planner.domain.quarters import quarter
from planner.files.team.folder import load_team
from planner.planning.assemble import assemble
from planner.planning.plan import plan
from tests.conftest import CHECKOUT

GOLDEN = {
    ("data-engineering", "2024Q3"): "2/3 2/3 2/3 0 0 0 4 4 0 2 0 12 4",
    ("data-engineering", "2024Q4"): "3/4 3/4 1 0 0 0 3 3 0 5 0 15 5",
    ("engineers-abcd", "2024Q3"): "2/3 2/3 0 0 0 0 0 0 0 0 8 1 4",
    ("engineers-abcd", "2024Q4"): "2/3 2/3 0 0 0 0 0 0 1 0 8 2 3",
    ("investor-reporting", "2024Q3"): "3/4 3/4 3/4 3/4 0 0 0 8 8 0 9 0 10 5",
    ("investor-reporting", "2024Q4"): "19/36 19/36 3/4 19/36 0 0 0 7 7 1 7 0 22 7",
    ("saas-analytics", "2024Q3"): "2/3 2/3 0 0 0 0 0 0 1 0 0 0 0",
    ("saas-analytics", "2024Q4"): "2/3 2/3 0 0 1/4 0 0 0 2 0 6 0 3",
    ("xyz-tech", "2024Q3"): "2/3 2/3 2/3 0 0 0 8 0 0 3 0 3",
    ("xyz-tech", "2024Q4"): "2/3 2/3 2/3 0 0 0 3 0 0 14 1 5",
}


@pytest.mark.parametrize(("team", "label"), GOLDEN, ids="-".join)
def test_every_aim_is_proven_at_its_golden_value(team: str, label: str) -> None:
    known = load_team(CHECKOUT / "inputs" / team)
    planned = plan(assemble(known, quarter(label, known), Rota()))
    assert planned.proven
    assert " ".join(str(proof.value) for proof in planned.proofs) == GOLDEN[team, label]


def test_every_sample_team_is_golden() -> None:
    folders = {folder.name for folder in (CHECKOUT / "inputs").iterdir() if folder.is_dir()}
    assert {team for team, _ in GOLDEN} == folders
