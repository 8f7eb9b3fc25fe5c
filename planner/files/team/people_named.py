"""Who of the team is named in a text that was not written for rota: a title, a foreign table.

A whole name, an e-mail address or an account decides. A first name counts where nobody else is
meant by it, and a name that is an everyday word as well needs more than the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from planner.domain import Engineer
from planner.domain.spelling import fold, with_capitals
from planner.files.team.calendars.entry_kinds import begins_with_known
from planner.files.team.months import MONTHS_AND_DAYS
from planner.files.team.vacation_settings import USUAL, VacationSettings
from planner.grouping import grouped
from planner.records import dataclass

_EMAIL = re.compile(r"[^\s@:<>()\[\],;\"]+@[^\s@:<>()\[\],;\"]+")
_LETTERS = re.compile(r"[^\W\d_][\w'.-]*")
_NEXT = re.compile(r" +([^\W\d_][\w'-]*\.?)")
_BEFORE = re.compile(r"(?:^|[^\w'-])([^\W\d_][\w'-]*)(,?) +$")
_SHORTEST_ACCOUNT = 4
_ALIKE = 0.82
"""How alike a word and a name must be to be taken for a slip of typing: “third” is not Thiru."""
_LONG = len("daniel")
_Named = tuple[str, tuple[str, ...]]
"""An engineer, and the folded words of the name."""
_SET_APART = re.compile(r" *(?::|'s\b| [-–—|] |[(\[])")
_SET_APART_FROM_NOUNS = re.compile(r" *(?::|'s\b|[(\[])")
_GOES_ON = re.compile(r" +(?:be|as|have|has|not|the|an?|to|in|of|for|we|i|you|it)\b", re.IGNORECASE)
_NOUNS = frozenset(("holiday", "holidays", "vacation", "vacations", "leave", "bank", "public"))
_EVERYDAY = """
ace al amber an angel art autumn basil bill bright chance chase christian clay crystal dawn dean
drew earnest eve faith fern forest frank gay gene gold grace grant gray guy hale happy harmony
heath hope hunter iris ivy joy justice king lance link long lucky ma major mark mason max melody
mercy merit miles my noble nova olive opal page park pat patience pearl penny price prince ray
reed rich river rock rod rose ruby sage scout sky so sol star sterling stone storm sue summer
sun sunny trinity van victory viola wade walker ward wave west will win wing winter
"""
_WORDS_AND_NAMES = frozenset(_EVERYDAY.split())
_SMALL = """
a an and am are as at be been by do du for from has i in is it of on or our out the this to
until up we will with und auf bis der die das ein ist im von zu vom dan di ke pada full half day
days week weeks all today tomorrow morning afternoon pm till back approved request requested
booked planned tbc trip time team year end new old
"""
_SMALL_WORDS = frozenset(_SMALL.split())
"""Words that stand beside a name and are no part of it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An engineer named at a place of a text. ``other`` is the name as it stands there if it
    seems to be somebody else's, and empty otherwise."""

    engineer: str
    start: int
    end: int
    other: str = ""


@dataclass(frozen=True)
class Naming:
    """The engineers' names as other people write them, and what the team's settings say of names.

    With ``complete=False`` some engineers could not be read, and nobody is a stranger.
    """

    engineers: Sequence[Engineer]
    settings: VacationSettings = USUAL
    complete: bool = True

    def by_email(self, emails: Iterable[str]) -> tuple[str, ...]:
        """The engineers with these folded addresses."""
        return tuple(sorted({self._emails[e] for e in emails if e in self._emails}))

    def exactly(self, text: str) -> str | None:
        """The engineer of that whole name, “Last, First” as well."""
        return self._whole.get(fold(text))

    def almost(self, text: str) -> str | None:
        """The engineer whose whole name a text may be by a slip of typing."""
        said = fold(text)
        if said in self._strangers:
            return None
        return next((e.name for e in self.engineers if _alike(said, fold(e.name))), None)

    def hits(self, text: str) -> list[Hit]:
        """Who is named in a text, from its beginning to its end."""
        said = with_capitals(text)
        if self._strangers:
            said = self._strangers_in.sub(lambda match: "#" * len(match[0]), said)
        return [self._hit(said, match) for match in self._names_in.finditer(said)]

    def almost_named(self, text: str) -> tuple[str, str] | None:
        """What a text says by a slip of typing, and the engineer who may be meant."""
        words = [match[0] for match in _LETTERS.finditer(with_capitals(text))]
        for place, word in enumerate(words):
            for engineer, parts in self._slips.of(fold(word)):
                if self._no_name(word):
                    break
                before = words[place - 1] if place else ""
                if before[:1].isupper() and not self._no_name(before):
                    continue
                after = words[place + 1 : place + max(len(parts), 2)]
                surname = [w for w in after if w[:1].isupper() and not self._no_name(w)]
                said = " ".join((word, *surname))
                alone = not surname and word[:1].isupper() and fold(word) != parts[0]
                if fold(said) in self._strangers:
                    continue
                if alone or _alike(fold(said), " ".join(parts)):
                    return said, engineer
        return None

    def stands_apart(self, text: str, hit: Hit) -> bool:
        """Whether a name that is an everyday word as well is set apart as a name: ``May: leave``.

        Months and days need that before a word such as holiday; other such names may also stand
        alone with words for an absence: ``Grace on leave``.
        """
        said = with_capitals(text)
        name = fold(said[hit.start : hit.end])
        month = name in MONTHS_AND_DAYS
        if not month and name not in _WORDS_AND_NAMES:
            return True
        if not said[hit.start : hit.start + 1].isupper() or _GOES_ON.match(said, hit.end):
            return False
        rest = [fold(w) for w in _LETTERS.findall(f"{said[: hit.start]} {said[hit.end :]}")]
        if month and "on" not in rest and not _NOUNS.isdisjoint(rest):
            return _SET_APART_FROM_NOUNS.match(said, hit.end) is not None
        apart = _SET_APART.match(said, hit.end) is not None
        return apart or all(self._no_name(word) for word in rest)

    @cached_property
    def _emails(self) -> dict[str, str]:
        return {fold(e.email): e.name for e in self.engineers if e.email}

    @cached_property
    def _strangers(self) -> frozenset[str]:
        return frozenset(map(fold, self.settings.not_us))

    @cached_property
    def _strangers_in(self) -> re.Pattern[str]:
        return _any_of(self._strangers)

    @cached_property
    def _slips(self) -> _Slips:
        return _Slips((e.name, tuple(fold(e.name).split(" "))) for e in self.engineers)

    @cached_property
    def _whole(self) -> dict[str, str]:
        """Spellings that decide: names in either order, addresses and accounts."""
        found = {fold(said): name for said, name in self.settings.whose.items()}
        for engineer in self.engineers:
            for name in (engineer.name, *getattr(engineer, "formerly", ())):
                found.setdefault(fold(name), engineer.name)
        for engineer in self.engineers:
            for spelling in _other_spellings(engineer):
                found.setdefault(spelling, engineer.name)
        return found

    @cached_property
    def _firsts(self) -> dict[str, str]:
        """First names, and whole names of one word, that only one engineer has."""
        firsts = [(fold(e.name).split(" ")[0], e.name) for e in self.engineers]
        taken = [first for first, _ in firsts]
        alone = {fold(e.name): e.name for e in self.engineers if " " not in fold(e.name)}
        found = {first: name for first, name in firsts if taken.count(first) == 1} | alone
        meant = {fold(said) for said in self.settings.whose}
        return {first: name for first, name in found.items() if first not in meant}

    @cached_property
    def _names_in(self) -> re.Pattern[str]:
        return _any_of((*self._whole, *self._firsts))

    def _hit(self, said: str, match: re.Match[str]) -> Hit:
        spelling = fold(match[0])
        start, end = match.span()
        if spelling not in self._firsts:
            return Hit(self._whole[spelling], start, end)
        engineer = self._firsts[spelling]
        own = fold(engineer).split(" ")
        return Hit(engineer, start, end, self._longer_name(said, start, end, own))

    def _longer_name(self, said: str, start: int, end: int, own: Sequence[str]) -> str:
        """The name of somebody else that a first name is part of, if it seems to be."""
        after = _NEXT.match(said, end)
        if after and after[1][:1].isupper() and not self._no_name(said[after.start(1) :]):
            word = fold(after[1]).rstrip(".")
            initial = len(word) == 1 and any(part.startswith(word) for part in own[1:])
            if word not in own and not initial:
                return said[start : after.end()]
        before = _BEFORE.search(said[:start])
        if before and before[1][:1].isupper() and not self._no_name(before[1]):
            word = fold(before[1])
            if word not in own and word not in self._firsts and word not in self._whole:
                return said[before.start(1) : end]
        return ""

    def _no_name(self, text: str) -> bool:
        """Whether the words with which a text begins are no part of a name."""
        plain = fold(text.partition(" ")[0]).strip(".,:;()")
        return plain in MONTHS_AND_DAYS or plain in _SMALL_WORDS or begins_with_known(text)


def emails_in(text: str) -> list[str]:
    """The folded e-mail addresses in a text."""
    return [fold(match[0]) for match in _EMAIL.finditer(text)]


def question(said: str, meant: str) -> str:
    """What a team is asked about a name that may be an engineer's, and how to answer it."""
    return (
        f"is “{said}” meant to be {meant}? It is not read. In team.toml, [vacations] "
        f'whose = {{ "{said}" = "{meant}" }} says yes, not_us = ["{said}"] says no.'
    )


def _other_spellings(engineer: Engineer) -> Iterator[str]:
    parts = fold(engineer.name).split(" ")
    if len(parts) > 1:
        first, last = " ".join(parts[:-1]), parts[-1]
        yield from (f"{last}, {first}", f"{last} {first}", f"{parts[0]} {last}")
        yield from (f"{' '.join(parts[1:])}, {parts[0]}", f"{last}, {parts[0]}")
    if engineer.email:
        yield fold(engineer.email)
        local = fold(engineer.email).partition("@")[0]
        if "." in local and len(local) >= _SHORTEST_ACCOUNT:
            yield from (local, local.replace(".", " "))
    for _, account in engineer.accounts:
        if len(account) >= _SHORTEST_ACCOUNT and fold(account) not in parts:
            yield fold(account)


def _any_of(spellings: Iterable[str]) -> re.Pattern[str]:
    """Any of these as words of their own, the longest first."""
    longest = sorted(set(spellings), key=lambda text: (-len(text), text))
    found = "|".join(re.escape(text).replace(r"\ ", "[ ]+") for text in longest)
    return re.compile(
        rf"(?<![\w@])(?<!\w[-.'])(?:{found or '(?!)'})(?![\w@])(?![-.]\w)(?!'(?!s\b)\w)",
        re.IGNORECASE,
    )


class _Slips:
    """Engineers by what is left of their first names with a letter or two taken out."""

    def __init__(self, named: Iterable[_Named]) -> None:
        self._left = grouped((left, each) for each in named for left in _shortened(each[1][0]))
        self._known: dict[str, list[_Named]] = {}

    def of(self, word: str) -> list[_Named]:
        """The engineers whose first names a folded word may be, by a slip or exactly."""
        if word not in self._known:
            found = (each for left in _shortened(word) for each in self._left.get(left, ()))
            self._known[word] = [each for each in dict.fromkeys(found) if _near(word, each[1][0])]
        return self._known[word]


def _shortened(word: str) -> list[str]:
    """The word, and what is left of it without one letter or, of long ones, two."""
    once = [word[:n] + word[n + 1 :] for n in range(len(word))]
    twice = [w[:n] + w[n + 1 :] for w in once for n in range(len(w))] if len(word) > _LONG else []
    return list(dict.fromkeys((word, *once, *twice)))


def _alike(said: str, name: str) -> bool:
    """Whether each word may be a slip of the word in its place of a name."""
    ours, theirs = said.split(" "), name.split(" ")
    return len(ours) == len(theirs) and all(map(_near, ours, theirs))


def _near(word: str, name: str) -> bool:
    return word == name or SequenceMatcher(None, word, name).ratio() > _ALIKE
