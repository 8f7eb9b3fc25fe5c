"""Who answers for a pipeline."""

from __future__ import annotations

from planner.domain import Pipeline
from planner.runbook.escalation import Step, chain, on_call_for
from tests.build import rotation
from tests.duty import at, on_call

STREAMS = (rotation("AB", "primary", "secondary", name="Growth"), rotation("CD", name="Profit"))


def steps(pipeline: Pipeline, text: str = "ABC") -> tuple[Step, ...]:
    return chain(pipeline, on_call(text, *STREAMS).at(at("2024-07-03")))


def test_those_on_call_come_first_in_the_order_of_their_roles_then_the_owners() -> None:
    pipeline = Pipeline("P", "", "Finance", "Data", "Growth", respond_within="4 hours")
    assert steps(pipeline) == (
        Step("A", "primary", "4 hours"),
        Step("B", "secondary"),
        Step("Finance", "primary owner"),
        Step("Data", "second owner"),
    )


def test_nobody_is_named_twice() -> None:
    assert steps(Pipeline("P", "", "A", "C", "Profit")) == (
        Step("C", "primary"),
        Step("A", "primary owner"),
    )


def test_an_open_duty_is_passed_over() -> None:
    assert steps(Pipeline("P", rotation="Growth", respond_within="1 hour"), ".BC") == (
        Step("B", "secondary", "1 hour"),
    )


def test_a_pipeline_without_on_call_has_its_owners() -> None:
    pipeline = Pipeline("P", "", "A", "", hours="office hours")
    assert steps(pipeline) == (Step("A", "primary owner"),)
    assert on_call_for(pipeline) == "no on-call (office hours)"
    assert steps(Pipeline("P")) == ()
    assert on_call_for(Pipeline("P", rotation="Growth", hours="24x7")) == "Growth (24x7)"
