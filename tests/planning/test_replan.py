"""Re-planning against enumeration: no fairer rota changes fewer duties, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from planner.domain import Held, Rota, Vacation
from planner.domain.quarters import Horizon
from planner.domain.rotations import Pause
from planner.errors import InfeasibleError
from planner.planning.plan import plan
from planner.planning.replan import Replan, frozen, replan
from planner.problem import Problem
from tests import build, oracle
from tests.strategies import over, tiny


@st.composite
def disturbed(draw: DrawFn) -> tuple[Problem, Rota, date | None]:
    """A published rota with some hand edits, then new vacations and locks, and a day of today."""
    base = draw(tiny(most_rotas=300))
    rotas = list(oracle.all_rotas(base))
    assume(rotas)
    published = draw(st.sampled_from(rotas))
    names = [engineer.name for engineer in base.engineers]
    edits = {
        duty: draw(st.sampled_from([*names, None]))
        for duty in draw(st.lists(st.sampled_from(base.duties), max_size=2))
    }
    published = published.joined_with(Rota.of(edits))
    vacations = []
    for _ in range(draw(st.integers(0, 2))):
        first = draw(st.sampled_from(base.duties)).week.first + timedelta(draw(st.integers(0, 6)))
        kind = draw(st.sampled_from(["annual", "sick"]))
        length = draw(st.integers(0, 9))
        vacation = Vacation(draw(st.sampled_from(names)), first, first + timedelta(length), kind)
        vacations.append(vacation)
    team = replace(base.team, vacations=(*base.team.vacations, *vacations))
    locks = draw(st.lists(st.sampled_from(base.duties), max_size=1))
    locked = tuple(Held(duty, published.holder(duty)) for duty in locks)
    as_of = draw(st.one_of(st.none(), st.sampled_from(base.weeks).map(lambda week: week.days[2])))
    if as_of is not None:
        # Limits count frozen duties too, and an agreed swap of a frozen week excuses what follows
        # it: neither can be seen by the enumeration below.
        ahead = [s for s in team.swaps if min(s.week, s.for_week or s.week).first > as_of]
        team = replace(team, settings=replace(team.settings, limits=()), swaps=tuple(ahead))
    notice = draw(st.sampled_from([None, 7, 14]))
    team = replace(team, settings=replace(team.settings, notice=notice))
    return replace(base, team=team, locked=locked), published, as_of


def possible(problem: Problem, settled: Rota) -> list[Rota]:
    """Every rota that keeps what is settled and breaks no rule in the other weeks."""
    begun = {held.duty.week for held in settled}
    ahead = tuple(week for week in problem.weeks if week not in begun)
    if not ahead:
        return [settled]
    first = ahead[0]
    later = replace(
        problem,
        horizon=Horizon("ahead", ahead),
        history=problem.history.joined_with(settled),
        locked=tuple(held for held in problem.locked if held.duty.week >= first),
    )
    return [settled.joined_with(rota) for rota in oracle.all_rotas(later)]


def standing(problem: Problem, published: Rota, rota: Rota) -> tuple[Fraction, ...]:
    """How much more open and less fair than published, and then how many duties change."""
    fair = replace(problem, team=replace(problem.team, aims=("fair-share",)))
    optional = [d for d in problem.duties if problem.team.role_of(d).optional]

    def scores(of: Rota) -> list[Fraction]:
        unfilled = Fraction(sum(of.holder(duty) is None for duty in optional))
        return [unfilled, *oracle.aim_values(fair, of)["fair-share"]]

    worse = [max(Fraction(0), a - b) for a, b in zip(scores(rota), scores(published), strict=True)]
    if "fair-share" not in problem.team.aims:
        worse = worse[:1]
    changes = sum(published.holder(duty) != rota.holder(duty) for duty in problem.duties)
    return (*worse, Fraction(changes))


def disturbance(
    problem: Problem, published: Rota, rota: Rota, as_of: date | None
) -> tuple[tuple[int, int], int]:
    """Absences not exchanged as the team asks, and changes at short notice; people touched."""
    settings, step = problem.team.settings, {"next": 1, "previous": -1}
    missed = soon = 0
    touched = set()
    for duty in problem.duties:
        old, new = published.holder(duty), rota.holder(duty)
        if old is not None and settings.cover in step and problem.team.away(old, duty.week):
            other = duty.later(step[settings.cover])
            partner = published.holder(other) if other in problem.duties else None
            swapped = partner not in (None, old) and (new, rota.holder(other)) == (partner, old)
            missed += not swapped
        if old != new:
            touched |= {old, new} - {None}
            if settings.notice is not None and as_of is not None:
                soon += duty.week.first < as_of + timedelta(settings.notice)
    return (missed, soon), len(touched)


@over(disturbed(), seeds=20, each=11)
def test_changes_the_fewest_duties_among_rotas_no_less_fair(
    case: tuple[Problem, Rota, date | None],
) -> None:
    best_answer(*case)


def best_answer(
    problem: Problem, published: Rota, as_of: date | None
) -> tuple[Replan, list[Rota]] | tuple[None, None]:
    """The re-plan, checked against all rotas that there could be, and these; or that none can."""
    choices = possible(problem, frozen(problem, published, as_of))
    try:
        answer = replan(problem, published, as_of)
    except InfeasibleError:
        assert not choices
        return None, None
    is_best(answer, as_of, choices)
    return answer, choices


def is_best(answer: Replan, as_of: date | None, choices: list[Rota]) -> None:
    """No fairer rota changes fewer duties, and none with as few comes first in the order."""
    published, settled = answer.published, answer.settled
    problem = replace(answer.plan.problem, settled=Rota())
    rota = answer.plan.rota
    assert rota in choices
    best = min(standing(problem, published, choice) for choice in choices)
    assert standing(problem, published, rota) == best
    assert answer.changes_proof.value == best[-1] == len(answer.changes)
    assert answer.changes_proof.proven
    as_few = [c for c in choices if standing(problem, published, c) == best]
    frozen_on = as_of if settled else None

    def merit(choice: Rota) -> tuple[object, ...]:
        awkward, people = disturbance(problem, published, choice, frozen_on)
        return (awkward, oracle.score(problem, choice), people)

    assert merit(rota) == min(map(merit, as_few))
    assert answer.plan.proven
    for held in (*settled, *(lock for lock in problem.locked if lock.engineer)):
        assert rota.holder(held.duty) == (settled if held.duty in settled else published).holder(
            held.duty
        )


@over(tiny(), seeds=10, each=6)
def test_nothing_new_changes_nothing(problem: Problem) -> None:
    try:
        published = plan(problem).rota
    except InfeasibleError:
        assert not any(oracle.all_rotas(problem))
        return
    answer = replan(problem, published)
    assert answer.plan.rota == published
    assert not answer.changes
    assert answer.changes_proof.proven


def four(**facts: object) -> Problem:
    """A, B, C and D take turns for eight weeks."""
    return build.problem(build.rotation("ABCD"), weeks=8, **facts)  # type: ignore[arg-type]


def test_an_absence_is_exchanged_with_the_next_week_and_nothing_more() -> None:
    published = plan(four(settings={"cover": "next"})).rota
    problem = four(settings={"cover": "next"}, vacations=(build.away_week("B", 1),))
    answer = replan(problem, published)
    assert build.text(problem, answer.plan.rota) == "A C B D A B C D"
    assert [(str(c.duty.week), c.old, c.new) for c in answer.changes] == [
        ("2024-W28", "B", "C"),
        ("2024-W29", "C", "B"),
    ]
    assert answer.changes[0].why == "B is away 2024-07-08 to 2024-07-14"
    assert answer.changes[1].why == "in return for 2024-W28"


def test_an_absence_is_exchanged_with_the_previous_week() -> None:
    published = plan(four(settings={"cover": "previous"})).rota
    problem = four(settings={"cover": "previous"}, vacations=(build.away_week("C", 2),))
    answer = replan(problem, published)
    assert build.text(problem, answer.plan.rota) == "A C B D A B C D"


def test_a_week_that_has_begun_is_frozen_and_needs_cover() -> None:
    published = plan(four()).rota
    problem = four(vacations=(build.away("B", 9, 10, "sick"),))
    answer = replan(problem, published, build.day(9))
    assert answer.plan.rota == published
    assert [breach.message for breach in answer.needs_cover] == [
        "2024-W28: B is away 2024-07-10 to 2024-07-11"
    ]


def test_a_quarter_that_is_over_is_planned_as_if_it_had_not_begun() -> None:
    published = plan(four()).rota
    problem = four(vacations=(build.away_week("B", 1),))
    answer = replan(problem, published, build.day(400))
    assert not answer.settled
    assert len(answer.changes) == 2


def test_a_joiner_moves_nobody() -> None:
    published = plan(four()).rota
    newcomer = build.engineer("E", joined=build.day(14))
    problem = build.problem(build.rotation("ABCDE"), weeks=8, engineers=[newcomer])
    assert replan(problem, published).plan.rota == published


def test_an_edit_that_breaks_no_rule_survives() -> None:
    problem = four()
    edited = build.rota(problem, "A B C D A B D C")
    assert replan(problem, edited).plan.rota == edited


def test_an_edit_that_breaks_a_rule_is_repaired_with_the_fewest_changes() -> None:
    problem = four()
    edited = build.rota(problem, "A B B D A B C D")
    answer = replan(problem, edited)
    assert build.text(problem, answer.plan.rota) == "A B C D A B C D"
    assert answer.changes[0].why == "B, primary of r, was already primary in 2024-W28"


def test_a_duty_that_a_new_pause_takes_away_is_told() -> None:
    team = build.problem(weeks=4)
    published = build.rota(team, "A B C D")
    rests = Pause(build.week(2).first, build.week(2).last)
    rotations = (replace(team.team.rotations[0], pauses=(rests,)),)
    found = replan(replace(team, team=replace(team.team, rotations=rotations)), published)
    told = [(str(c.duty.week), c.old, c.new, c.why) for c in found.changes]
    assert told == [("2024-W29", "C", None, "r pauses")]
    assert found.changes_proof.value == 0


def test_a_pause_takes_nothing_out_of_weeks_that_have_begun() -> None:
    team = build.problem(build.rotation("ABCD", "primary", "secondary"), weeks=6)
    published = plan(team).rota
    rests = Pause(build.week(1).first, build.week(3).last)
    rotations = (replace(team.team.rotations[0], pauses=(rests,)),)
    paused = replace(team, team=replace(team.team, rotations=rotations))
    found = replan(paused, published, build.week(2).first)
    begun = [held for held in published if held.duty.week <= build.week(2)]
    assert [held for held in found.plan.rota if held.duty.week <= build.week(2)] == begun
    assert {c.duty.week for c in found.changes if c.cause == "pause"} == {build.week(3)}
    again = replan(found.plan.problem, found.plan.rota, build.week(2).first)
    assert again.changes == ()
