"""``rota export --format pagerduty``: its answer against ours, and what it has otherwise."""

from __future__ import annotations

import csv
import io
import json
import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from jsonschema import ValidationError

import planner.files.workbook
from planner.commands.common import Folders
from tests.commands.test_export import BEGINS, DATA, ENDS, QUARTER, cover
from tests.commands.test_who import holders
from tests.conftest import Said
from tests.files.exports.test_pagerduty import validate, validate_v3

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")


class PagerDuty(ThreadingHTTPServer):
    """As much of PagerDuty as its documentation says of overrides; the schema is enforced."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Requests)
        self.overrides: dict[str, list[tuple[datetime, datetime, str]]] = {}

    def on_call(self, schedule: str, instant: datetime) -> str | None:
        """Who is on call: of overlapping overrides the last created has priority."""
        for start, end, user in reversed(self.overrides.get(schedule, [])):
            if start <= instant < end:
                return user
        return None


class _Requests(BaseHTTPRequestHandler):
    server: PagerDuty

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        schedule = urlsplit(self.path).path.split("/")[2]
        wanted = {
            "Accept": "application/vnd.pagerduty+json;version=2",
            "Content-Type": "application/json",
        }
        if any(self.headers[key] != value for key, value in wanted.items()):
            return self._answer(406, {})
        if not self.headers["Authorization"].startswith("Token token="):
            return self._answer(401, {})
        try:
            payload = json.loads(body)
            validate(payload)
        except (ValueError, ValidationError) as error:
            return self._answer(400, {"error": {"message": str(error), "code": 2001}})
        found = self.server.overrides.setdefault(schedule, [])
        for each in payload["overrides"]:
            start, end = (datetime.fromisoformat(each[key]) for key in ("start", "end"))
            found.append((start, end, each["user"]["id"]))
        return self._answer(201, [{"status": 201, "override": o} for o in payload["overrides"]])

    def do_GET(self) -> None:
        """List users on call for a given schedule."""
        address = urlsplit(self.path)
        (since,) = parse_qs(address.query)["since"]
        user = self.server.on_call(address.path.split("/")[2], datetime.fromisoformat(since))
        self._answer(200, {"users": [] if user is None else [{"id": user}]})

    def _answer(self, status: int, document: Any) -> None:
        data = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def pagerduty() -> Iterator[PagerDuty]:
    server = PagerDuty()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def post(server: PagerDuty, schedule: str, body: str) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    headers = {
        "Accept": "application/vnd.pagerduty+json;version=2",
        "Content-Type": "application/json",
        "Authorization": "Token token=secret",
    }
    connection.request("POST", f"/schedules/{schedule}/overrides", body, headers)
    answer = connection.getresponse()
    document = json.loads(answer.read())
    connection.close()
    return answer.status, document


def ask(server: PagerDuty, schedule: str, instant: datetime) -> str | None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    since = instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
    connection.request("GET", f"/schedules/{schedule}/users?since={since}")
    users = json.loads(connection.getresponse().read())["users"]
    connection.close()
    return users[0]["id"] if users else None


def accounts() -> dict[str, str]:
    text = Path("inputs/data-engineering/engineers.csv").read_text(encoding="utf-8")
    return {
        row["name"]: row["accounts"].removeprefix("pagerduty:")
        for row in csv.DictReader(io.StringIO(text))
    }


def test_pagerduty_knows_who_is_on_call_as_rota_who_does_at_1000_instants(
    rota: Rota, pagerduty: PagerDuty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are read once, not a thousand times; all else is the real thing."""
    week = holders()["2024-W32"]
    stand_in = sorted(set(accounts()) - {week["primary"], week["secondary"]})[0]
    cover(week["primary"], date(2024, 8, 7), date(2024, 8, 9), stand_in)
    said = rota("export", "--format", "pagerduty-v2", *DATA, *QUARTER)
    assert said.status == 0, said.err
    for schedule, body in zip(("primary", "secondary"), said.out.splitlines(), strict=True):
        status, answer = post(pagerduty, schedule, body)
        assert status == 201, answer
        assert {each["status"] for each in answer} == {201}

    read = planner.files.workbook.read
    books = cache(lambda path: read(path, team))
    (loaded,) = Folders(DATA[1], Path("inputs"), Path("outputs"), None).load()
    team = loaded.team
    monkeypatch.setattr(planner.files.workbook, "read", lambda path, _: books(path), raising=False)
    monkeypatch.setattr(Folders, "load", lambda *_: (loaded,))
    known = accounts()
    dice = random.Random(20240701)
    span = int((ENDS - BEGINS).total_seconds())
    edges = [BEGINS, ENDS - timedelta(seconds=1), datetime(2024, 8, 7, 9, tzinfo=UTC)]
    instants = edges + [BEGINS + timedelta(seconds=dice.randrange(span)) for _ in range(997)]
    seen = set()
    for instant in instants:
        (answer,) = json.loads(rota("who", "--json", "--at", instant.isoformat()).out)["teams"]
        ours = {each["role"]: known[each["engineer"]] for each in answer["on_call"]}
        theirs = {role: pagerduty.on_call(role, instant) for role in ("primary", "secondary")}
        assert ours == theirs, instant
        seen.update((each["role"], each["engineer"]) for each in answer["on_call"])
    assert len(seen) == 8, "everybody was met in both roles"
    for instant in instants[:20]:
        assert ask(pagerduty, "primary", instant) == pagerduty.on_call("primary", instant)


def test_the_server_refuses_what_pagerduty_would(pagerduty: PagerDuty) -> None:
    bare = {"start": "2024-07-01T10:00:00", "end": "2024-07-08T10:00:00"}
    user = {"id": "PA", "type": "user_reference"}
    assert post(pagerduty, "x", json.dumps({"overrides": [{**bare, "user": user}]}))[0] == 400
    assert pagerduty.overrides == {}


def test_who_cannot_be_mapped_is_listed_and_nothing_is_guessed(rota: Rota) -> None:
    path = Path("inputs/data-engineering/engineers.csv")
    path.write_text(
        path.read_text(encoding="utf-8").replace("pagerduty:PDONG02", "slack:dong"),
        encoding="utf-8",
    )
    for form, check, key in (
        ("pagerduty", validate_v3, "custom_shifts"),
        ("pagerduty-v2", validate, "overrides"),
    ):
        said = rota("export", "--format", form, *DATA, *QUARTER)
        assert said.status == 0
        assert said.err.count("Dong has no PagerDuty account in engineers.csv") == 1
        bodies = said.out.splitlines()
        assert len(bodies) == len(("primary", "secondary"))
        for body in bodies:
            payload = json.loads(body)
            check(payload)
            assert "PDONG02" not in body
            assert len(payload[key]) < 13


def test_past_overrides_are_left_out_when_asked(rota: Rota) -> None:
    said = rota("export", "--format", "pagerduty", *DATA)
    assert "PagerDuty takes nothing in the past" in said.err
    said = rota("export", "--format", "pagerduty", *DATA, "--since", "now")
    assert [json.loads(body) for body in said.out.splitlines()] == [{"custom_shifts": []}] * 2
    said = rota("export", "--format", "pagerduty-v2", *DATA, "--since", "2024-09-24 12:00")
    (override,) = json.loads(said.out.splitlines()[0])["overrides"]
    assert override["start"] == "2024-09-24T12:00:00+01:00"
    assert rota("export", "--format", "csv", *DATA, "--since", "now").status == 2


# What a fetched schedule has otherwise


def fetched(body: str, role: str, folder: Path) -> Path:
    """A shift-based schedule as PagerDuty answers once the body was posted to it."""
    shifts = [
        {
            "source": {"custom_shift_id": f"S{number}"},
            **each,
            "member": each["assignments"][0]["member"],
        }
        for number, each in enumerate(json.loads(body)["custom_shifts"])
    ]
    final = {"computed_shift_assignments": shifts}
    path = folder / f"{role}.json"
    path.write_text(json.dumps({"schedule": {"id": "P1", "final_schedule": final}}))
    return path


def test_nothing_differs_on_the_second_run(rota: Rota, tmp_path: Path) -> None:
    bodies = rota("export", "--format", "pagerduty", *DATA, *QUARTER).out.splitlines()
    files = [fetched(body, f"{n}", tmp_path) for n, body in enumerate(bodies)]
    asked = ("export", "--format", "pagerduty", *DATA, *QUARTER)
    compare = [part for path in files for part in ("--compare", path)]
    said = rota(*asked, *compare)
    assert (said.status, said.out) == (0, "data-engineering: PagerDuty has what the rota has.\n")
    week = holders()["2024-W32"]
    stand_in = sorted(set(accounts()) - {week["primary"], week["secondary"]})[0]
    cover(week["primary"], date(2024, 8, 7), date(2024, 8, 9), stand_in)
    said = rota(*asked, *compare)
    assert said.out == (
        "Data pipelines primary, Wed 7 Aug 2024 10:00 BST – Sat 10 Aug 2024 10:00 BST: "
        f"PagerDuty has {week['primary']}, the rota {stand_in}\n"
    )
    (team,) = json.loads(rota(*asked, *compare, "--json").out)["teams"]
    assert len(team["differences"]) == 1
    said = rota(*asked, *compare, "--out", tmp_path / "mend")
    (path,) = (tmp_path / "mend").iterdir()
    assert path.name == "data-engineering-data-pipelines-primary.overrides.json"
    body = json.loads(path.read_text(encoding="utf-8"))
    validate_v3(body)
    (override,) = body["overrides"]
    assert override["custom_shift_id"] == "S5"
    assert override["overriding_member"]["user_id"] == accounts()[stand_in]
    document = json.loads(files[0].read_text())
    files[0].write_text(
        json.dumps(
            {
                "custom_shifts": [
                    {**each, "id": each["source"]["custom_shift_id"]}
                    for each in document["schedule"]["final_schedule"]["computed_shift_assignments"]
                ],
                **body,
            }
        )
    )
    assert "PagerDuty has what the rota has" in rota(*asked, *compare).out


def test_compare_wants_a_file_for_each_role_and_a_schedule_in_it(
    rota: Rota, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"users": []}')
    asked = ("export", "--format", "pagerduty", *DATA, *QUARTER)
    said = rota(*asked, "--compare", wrong)
    assert said.status == 2
    assert "Data pipelines primary, Data pipelines secondary, in this order" in said.err
    said = rota(*asked, "--compare", wrong, "--compare", wrong)
    assert said.status == 2
    assert "wrong.json is not a schedule of PagerDuty" in said.err
    assert rota("export", "--format", "csv", *DATA, "--compare", wrong).status == 2
    assert rota(*asked[:3], "--compare", wrong).status == 2
