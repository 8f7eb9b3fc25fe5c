"""What ``rota replan --json`` prints: an entry a rota that was brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.commands.replanning import Replanned, messages_of
from planner.domain import Vacation
from planner.reporting.documents import Document
from planner.reporting.kinds import AMOUNT, COUNT, DATE, FLAG, PATH, TEXT, TEXTS, maybe
from planner.reporting.shapes import CHANGE, HELD, MOVE, PROOF
from planner.reporting.table import Column, Shape, many, one, own

if TYPE_CHECKING:
    from planner.planning.replan import Replan
    from planner.planning.trade_offs import Mend, Owed
    from planner.reporting.messages import Message


ANSWER: Shape[Replan] = Shape(
    Column("duties", lambda answer: len(answer.plan.problem.duties), COUNT),
    *own(changes=many(CHANGE), disturbance=many(PROOF)),
    Column("aims", lambda answer: answer.plan.proofs, many(PROOF)),
    Column("rota", lambda answer: answer.plan.rota, many(HELD)),
)
OWED: Shape[Owed] = Shape(
    *own("engineer", joined=maybe(DATE)),
    Column("duties", lambda owed: owed.held, COUNT),
    Column("short", lambda owed: owed.short, AMOUNT),
    Column("part", lambda owed: owed.before.part),
    Column("before", lambda owed: owed.before.value, AMOUNT),
    Column("after", lambda owed: owed.after.value, AMOUNT),
    Column("changes", lambda owed: owed.moves, many(MOVE)),
    Column("spend", lambda owed: owed.best, FLAG),
)
"""Whom one more change would help; ``spend`` is whether ``--spend`` brings it."""

MEND: Shape[Mend] = Shape(
    *own(further=COUNT, whole=FLAG),
    Column("changes", lambda mend: mend.answer.changes, many(MOVE)),
)
"""Further changes with which rest and spacing are no worse than before."""

TYPED = Shape[Vacation](*own("engineer", start=DATE, end=DATE, kind=TEXT))
"""Vacations that only the workbook knows; ``appended`` says whether a file does by now."""

MESSAGE: Shape[Message] = Shape(*own("engineer", "text"))
DOCUMENT = Document(
    "replan",
    Shape[Replanned](
        Column("path", lambda found: found.opened.path, PATH),
        *own(written=FLAG, kept=maybe(PATH)),
        Column("as_of", lambda found: found.frozen_from, maybe(DATE)),
        Column("answers", lambda found: found.answers, many(ANSWER)),
        Column("needs_cover", lambda f: [b.message for b in f.answers[0].needs_cover], TEXTS),
        Column("overtaken", lambda f: [b.message for b in f.answers[0].overtaken], TEXTS),
        Column("typed", lambda found: found.opened.typed, many(TYPED)),
        *own(relief=maybe(one(ANSWER)), owed=many(OWED), mend=maybe(one(MEND))),
        Column("messages", lambda found: messages_of([found]), many(MESSAGE)),
        Column("appended", lambda found: found.appended, FLAG),
        Column("news", lambda found: [item.message for item in found.news], TEXTS),
        Column("guesses", lambda found: found.opened.published.guesses, TEXTS),
    ),
)
"""``kept`` is where the old workbook went; ``as_of`` is null where nothing is frozen."""
