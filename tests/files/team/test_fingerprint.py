"""What a team's files mean, as the workbooks that stand have it in their hash."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from planner.domain import Duty, Rota
from planner.files.team.fingerprint import fingerprint
from tests.build import problem, rotation, week


def test_a_duty_counts_by_the_names_of_its_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks of earlier versions have them so: they would seem to have other inputs."""
    hashed: list[bytes] = []
    monkeypatch.setattr("hashlib.sha256", lambda text: sha256(hashed.append(text) or text))
    team = problem(rotation("AB"), weeks=1).team
    fingerprint(replace(team, history=Rota.of({Duty(week(-1), "r", "primary"): "A"})))
    fact = '{"role": "primary", "rotation": "r", "week": {"first": "2024-06-24"}}'
    assert f'{{"duty": {fact}, "engineer": "A"}}' in hashed[0].decode()
