"""Whose entry it is: whom its title names, whom it invites, or whose calendar it stands in.

Names in the title decide. Addresses and the calendar's owner count only where the entry says that
somebody is away, for a calendar is full of meetings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from planner.domain.spelling import fold, tidy, with_capitals
from planner.files.team.calendars import entry_kinds
from planner.files.team.calendars.contentlines import Component, Entry, Property
from planner.files.team.people_named import Hit, Naming, emails_in
from planner.records import dataclass

LONGEST_TITLE = 300

_COVERING = (
    r"cover(?:ed|ing|s|age)?(?: is)?(?: by| for| with)?|vertret(?:ung|en|er|erin)(?: durch| von)?|"
    r"i\.? ?v\.?|stand-?in|deputy|deputi[sz]ing(?: for)?|back-?up|contact|kontakt|ask|see|cc|fyi|"
    r"(?:approved|requested|created|replaced|genehmigt|ersetzt) (?:by|von|durch)|approver|manager|"
    r"hand(?:ed|ing)?[- ]?over (?:to|from)|ersatz|ganti|pengganti|with|mit|dengan|c/o|remplaçante?|"
    r"suplente|delegated? (?:to|is)|instead of|statt|in place of|swap(?:ped)? with|on behalf of|"
    r"standing in for|filling in for|welcom(?:e|ing)|meet|says?|→|->|=>"
)
_MENTION_BEFORE = re.compile(rf"(?:^|[^\w])(?:{_COVERING})[\s:=]*$", re.IGNORECASE)
_MENTION_AFTER = re.compile(
    r" +(?:is |will |to |can |do )?(?:cover(?:s|ing)?|vertritt|stands? in|steps? in|takes? over|"
    r"deputi[sz]es?|deckt|übernimmt|fill(?:s|ing) in)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:,|&|\+|/|and|und|dan|et|y)\s*", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_IMPERSONAL = re.compile(
    r"no-?reply|do-?not-?reply|leave|absence|absences|holiday|vacation|urlaub|hr\b|people|time-?off|"
    r"pto|calendar|kalender|notification|bot\b|system|personio|bamboo|workday|group\.|resource",
    re.IGNORECASE,
)
_OF_CALENDAR = re.compile(
    r"(?P<a>.+?)(?:'s)? (?:calendar|kalender|kalendar|leave|vacations?|holidays?)|"
    r"(?:calendar|kalender|kalendar)(?: of| von)?:? (?P<b>.+)",
    re.IGNORECASE,
)
_CAPITALISED = r"^\W*(?P<who>[^\W\d_a-zà-ÿ][\w'-]*\.?(?: [^\W\d_a-zà-ÿ][\w'-]*\.?){0,2}?)"
_STRANGER_IS = re.compile(
    rf"{_CAPITALISED}(?:'s\b|\W+(?:is |are )?(?:away|off|ooo|OOO|out|abwesend|on leave|absent|sick|"
    r"krank|annual leave|leave|on holiday)\b)"
)
_STRANGER_SET_APART = re.compile(rf"{_CAPITALISED}(?: [-–—|]|:) ")


@dataclass(frozen=True, slots=True)
class Finding:
    """Whose an entry is. ``names`` is empty if nobody's of the team; ``mentioned`` if it only
    speaks of them; ``asked`` is a name that may be an engineer's, and that engineer."""

    names: tuple[str, ...] = ()
    titled: bool = False
    mentioned: bool = False
    concerned: bool = False
    asked: tuple[str, str] | None = None


NOBODY = Finding()


@dataclass(frozen=True)
class Whose:
    """Tells whose the entries of one feed are.

    ``owner`` is the engineer whose own calendar it is. ``shared`` are first names that somebody
    else in the feed bears too.
    """

    naming: Naming
    owners: Mapping[int, str] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()

    def of(self, entry: Entry, title: str) -> Finding:
        """Whose entry it is."""
        if pattern := self.naming.settings.pattern:
            return self._fitting(pattern, entry, title)
        hits = self.naming.hits(title)
        named, mentioned, unsure = self._split(title, hits)
        declined = self._declined(entry)
        if named:
            names = tuple(sorted({hit.engineer for hit in named} - declined))
            return Finding(names, titled=True, concerned=True)
        found = self._by_address(entry, title, declined, any(hit.other for hit in hits))
        if found.names or found.concerned:
            return found
        if mentioned:
            return Finding(mentioned=True)
        return Finding(asked=self._question(title, unsure[0])) if unsure else NOBODY

    def _split(self, title: str, hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit], list[Hit]]:
        """Those whose entry it is, those whom it only mentions, and those who may be others."""
        said = with_capitals(title)
        brackets = [match.span() for match in _BRACKET.finditer(said)]
        own: list[Hit] = []
        bracketed: list[Hit] = []
        mentioned: list[Hit] = []
        unsure: list[Hit] = []
        before: Hit | None = None
        for hit in hits:
            in_list = (
                before is not None
                and before in mentioned
                and _LIST.fullmatch(said, before.end, hit.start)
            )
            somebody_elses = fold(said[hit.start : hit.end]) in self.shared
            if hit.other or somebody_elses or not self.naming.stands_apart(said, hit):
                unsure.append(hit)
            elif (
                in_list
                or _MENTION_BEFORE.search(said[: hit.start])
                or _MENTION_AFTER.match(said, hit.end)
            ):
                mentioned.append(hit)
            elif any(a < hit.start < b for a, b in brackets):
                bracketed.append(hit)
            else:
                own.append(hit)
            before = hit
        return (own or bracketed), mentioned, unsure

    def _question(self, title: str, hit: Hit) -> tuple[str, str] | None:
        """Whether to ask about a name: not where two words are plainly somebody else's name."""
        own = fold(hit.engineer).split(" ")
        if hit.other and len(own) > 1:
            return None
        return hit.other or with_capitals(title)[hit.start : hit.end], hit.engineer

    def _by_address(
        self, entry: Entry, title: str, declined: frozenset[str], other_named: bool
    ) -> Finding:
        """Whose it is by those who sent it or are invited, or by whose calendar it is in."""
        organiser = _addresses(entry.all("ORGANIZER"))
        invited = _addresses(entry.all("ATTENDEE"))
        owner = self.owners.get(id(entry.calendar))
        ours = self.naming.by_email((*organiser, *invited))
        if not ours and owner is None:
            return NOBODY
        away = entry_kinds.busy_status(entry) == "OOF" or entry_kinds.says_away(title)
        away = away or _in_calendar_of_absences(entry)
        if not away or entry_kinds.is_public_holiday(title):
            return Finding(concerned=True)
        names = self.naming.by_email(organiser)
        own = bool(names) or (owner is not None and not organiser)
        if other_named or self._names_a_stranger(title, is_own=own):
            return NOBODY
        impersonal = all(_IMPERSONAL.search(address) for address in organiser)
        if not names and (impersonal or len(invited) == 1):
            names = self.naming.by_email(invited)
        if not names and owner is not None and impersonal:
            names = (owner,)
        return Finding(tuple(n for n in names if n not in declined), concerned=True)

    def _names_a_stranger(self, title: str, *, is_own: bool) -> bool:
        """Whether the title begins with somebody's name: “Zoe is off” or, where it is not in
        any case one's own entry, “Zoe Parker - leave” (there it may be where one goes)."""
        said = with_capitals(title)
        patterns = (_STRANGER_IS,) if is_own else (_STRANGER_IS, _STRANGER_SET_APART)
        match = next(filter(None, (pattern.match(said) for pattern in patterns)), None)
        return match is not None and not any(
            entry_kinds.begins_with_known(word) for word in (match["who"], *match["who"].split())
        )

    def _declined(self, entry: Entry) -> frozenset[str]:
        lines = (
            line
            for line in entry.all("ATTENDEE")
            if line.parameters.get("PARTSTAT", "").upper() == "DECLINED"
        )
        return frozenset(self.naming.by_email(_addresses(list(lines))))

    def declined_by_all(self, entry: Entry, names: Sequence[str]) -> bool:
        """Whether those whose entry it would be have declined it."""
        declined = self._declined(entry)
        owner = self.owners.get(id(entry.calendar))
        if owner is not None and not names:
            return owner in declined
        return bool(declined) and declined >= frozenset(names)

    def _fitting(self, pattern: re.Pattern[str], entry: Entry, title: str) -> Finding:
        """Who is named at the place of a title that the team's pattern says, or is invited."""
        invited = self.naming.by_email(_addresses(entry.all("ATTENDEE")))
        match = pattern.fullmatch(title)
        said = "" if match is None else match["engineer"]
        names = self.naming.by_email(emails_in(said)) or tuple(
            sorted({hit.engineer for hit in self.naming.hits(said) if _is_all_of(said, hit)})
        )
        if names or invited:
            return Finding(names or invited, titled=True, concerned=True)
        meant = self.naming.almost(said) if said else None
        return Finding(asked=(said, meant)) if meant else NOBODY


def _is_all_of(said: str, hit: Hit) -> bool:
    return not hit.other and hit.start == 0 and hit.end == len(with_capitals(said))


def shown_title(entry: Entry) -> str:
    """What the entry says it is, on one line."""
    return tidy(entry.text("SUMMARY")[:LONGEST_TITLE])


def owner_of(calendar: Component, naming: Naming, file: str) -> str | None:
    """The engineer whose own calendar it is: by its address, its name, or the file's."""
    for key in ("X-WR-CALNAME", "X-OWNER", "NAME", "X-PRIMARY-CALENDAR", "X-WR-RELCALID"):
        text = tidy(calendar.text(key))
        if found := naming.by_email(emails_in(text)):
            return found[0]
        match = _OF_CALENDAR.fullmatch(with_capitals(text))
        said = (match["a"] or match["b"]) if match else text
        if name := _named_alone(said, naming):
            return name
    stem = re.sub(r"[-_.]+", " ", file.rpartition(".")[0])
    return _named_alone(stem, naming)


def _named_alone(text: str, naming: Naming) -> str | None:
    hits = naming.hits(text)
    return hits[0].engineer if len(hits) == 1 and _is_all_of(text, hits[0]) else None


def _in_calendar_of_absences(entry: Entry) -> bool:
    """Whether it is an all-day entry of a calendar that is called after absences."""
    start = entry.first("DTSTART")
    all_day = start is not None and "T" not in start.value
    return all_day and entry_kinds.says_away(tidy(entry.calendar.text("X-WR-CALNAME")))


def _addresses(lines: Sequence[Property]) -> list[str]:
    return [address for line in lines for address in emails_in(line.value)[:1]]


def others_invited(entry: Entry, names: Sequence[str], naming: Naming) -> bool:
    """Whether the entry invites others than these."""
    invited = _addresses(entry.all("ATTENDEE"))
    return any(naming.by_email([address]) != tuple(names) for address in invited)
