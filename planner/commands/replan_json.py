"""What ``rota replan --json`` prints: ``{"version": 1, "teams": [...]}``, an entry a rota.

Each has ``team``, ``exit_status``, ``error`` and, without one, ``path``, ``written``, ``kept``
(where the old workbook went), ``as_of`` (``null`` where nothing is frozen), ``answers`` (more than
one with ``--alternatives`` and ``--trade-off``: ``changes`` with ``week``, ``rotation``, ``role``,
``old``, ``new``, ``why``; ``duties``; ``disturbance`` and ``aims`` with ``value``, ``bound``,
``proven``; ``rota``), ``needs_cover``, ``overtaken`` (agreed swaps of weeks that have begun),
``typed`` (vacations that only the workbook knows), ``appended`` (whether they are in
vacations.csv by now), ``news``, ``relief`` (an answer with two more changes that would be better
for those whom the news concern; or ``null``), ``owed`` (whom one more change would help:
``engineer``, ``joined``, ``duties``, ``short``, ``part``, ``before``, ``after``, ``changes`` and
``spend``, whether ``--spend`` brings it), ``mend`` (``further`` changes with which rest and
spacing are no worse than before, and ``changes``; or ``null``), ``messages`` (``engineer`` and
``text``) and ``guesses`` (made in reading the workbook).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.commands.messaging import messages_of
from planner.commands.replanning import Replanned
from planner.commands.saying import complaint, exact, held_json, proof_json
from planner.errors import RotaError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.planning.moves import Move
    from planner.planning.one_more import Mend, Owed
    from planner.planning.replan import Change, Replan


def replanned_json(key: str, found: Replanned | RotaError) -> dict[str, Any]:
    """What became of one rota, or why nothing did."""
    if isinstance(found, RotaError):
        return {"team": key, "exit_status": found.exit_status, "error": complaint(found)}
    return {
        "team": key,
        "exit_status": 0,
        "error": None,
        "path": str(found.opened.path),
        "written": found.written,
        "kept": str(found.kept) if found.kept else None,
        "as_of": found.frozen_from.isoformat() if found.frozen_from else None,
        "answers": [_answer_json(answer) for answer in found.answers],
        "needs_cover": [breach.message for breach in found.answers[0].needs_cover],
        "overtaken": [breach.message for breach in found.answers[0].overtaken],
        "typed": [
            {"engineer": v.engineer, "start": str(v.start), "end": str(v.end), "kind": v.kind}
            for v in found.opened.typed
        ],
        "relief": _answer_json(found.relief) if found.relief else None,
        "owed": [_owed_json(one) for one in found.owed],
        "mend": _mend_json(found.mend) if found.mend else None,
        "messages": [
            {"engineer": message.engineer, "text": message.text} for message in messages_of([found])
        ],
        "appended": found.appended,
        "news": [item.message for item in found.news],
        "guesses": list(found.opened.published.guesses),
    }


def _answer_json(answer: Replan) -> dict[str, Any]:
    return {
        "duties": len(answer.plan.problem.duties),
        "changes": [{**_move_json(one), "why": one.why} for one in answer.changes],
        "disturbance": [proof_json(proof) for proof in answer.disturbance],
        "aims": [proof_json(proof) for proof in answer.plan.proofs],
        "rota": held_json(answer.plan.rota),
    }


def _move_json(move: Move | Change) -> dict[str, Any]:
    duty = move.duty
    return {
        "week": duty.week.name,
        "rotation": duty.rotation,
        "role": duty.role,
        "old": move.old,
        "new": move.new,
    }


def _owed_json(owed: Owed) -> dict[str, Any]:
    return {
        "engineer": owed.engineer,
        "joined": owed.joined.isoformat() if owed.joined else None,
        "duties": owed.held,
        "short": exact(owed.short),
        "part": owed.before.part,
        "before": exact(owed.before.value),
        "after": exact(owed.after.value),
        "changes": [_move_json(move) for move in owed.moves],
        "spend": owed.best,
    }


def _mend_json(mend: Mend) -> dict[str, Any]:
    changes: Iterable[Change] = mend.answer.changes
    return {"further": mend.further, "changes": [_move_json(one) for one in changes]}
