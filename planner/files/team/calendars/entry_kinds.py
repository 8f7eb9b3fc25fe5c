"""What sort of entry it is, by its words: an absence, or one of the things that are none.

One table (``SORTS``) holds what decides each; ``docs/inputs.md`` shows the same table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from planner.domain.absence_kinds import ANNUAL, kind_in, kind_of
from planner.files.team.calendars.contentlines import Entry
from planner.records import dataclass

CANCELLED, DECLINED, OURS = "cancelled", "declined", "rota"
ON_CALL, ELSEWHERE, BIRTHDAY = "on-call", "elsewhere", "birthday"
MEETING, HOLIDAY, MENTIONED = "meeting", "public-holiday", "mentioned"


def _words(text: str) -> str:
    """The pattern of these words as such, not as parts of others; compiled when first looked for:
    that takes a millisecond, and most runs need none of them."""
    return rf"(?i)(?<![\w-])(?:{text})(?![\w])"


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of entry that is no absence. ``said`` goes with a number: 3 as cancelled."""

    name: str
    said: str
    words: str = r"(?!)"
    overruled: bool = True

    def named_in(self, text: str) -> bool:
        return re.search(self.words, text) is not None


SORTS = (
    Sort(CANCELLED, "as cancelled", overruled=False),
    Sort(DECLINED, "as declined", overruled=False),
    Sort(OURS, "as rota's own", overruled=False),
    Sort(
        ON_CALL,
        "as on call",
        _words(
            r"on[- ]?call|oncall|pager ?duty|opsgenie|(?:ruf)?bereitschaft(?:sdienst)?|hand-?offs?|"
            r"hand-?overs?|übergabe|stand-?by|primary|secondary|(?:night |day |late |early )?shift|"
            r"(?:früh|spät|nacht)?schicht|on duty|duty (?:engineer|manager)|"
            r"bertugas|astreinte|guardia"
        ),
    ),
    Sort(
        ELSEWHERE,
        "as working elsewhere",
        _words(
            r"wfh|w\.f\.h\.?|wfo|wfx|wfa|home ?-?office|"
            r"work(?:s|ing)?[- ](?:from[- ])?(?:home|anywhere|elsewhere|remote(?:ly)?|abroad)|"
            r"work(?:s|ing)? from [\w']+|at home|"
            r"remote(?:ly)?|tele-?(?:work(?:ing)?|arbeit|commut\w+)|télétravail|teletrabajo|"
            r"smart ?working|workation|mobile[s]? arbeit(?:en)?|mobil(?:e|work)? work(?:ing)?|"
            r"bekerja dari rumah|bdr|kerja dari rumah|work(?:ing)? location|arbeitet von .*|"
            r"in (?:the )?office|im büro|office day|homeworking|different location|von zu ?hause"
        ),
    ),
    Sort(
        BIRTHDAY,
        "as birthdays or jubilees",
        _words(
            r"birthdays?|b-?day|geburtstag\w*|hari jadi|hari lahir|ulang tahun|anniversaire|"
            r"🎂.*|cumpleaños|compleanno|(?:work |wedding |\w+ year )?anniversary|\w*jubiläum"
        ),
    ),
    Sort(
        HOLIDAY,
        "as public holidays",
        _words(
            r"(?:public|bank|national|federal|company|state|regional|school|religious) holidays?|"
            r"\w*feiertage?|cuti umum|cuti am|jour férié|día festivo|office clos(?:ed|ure)|"
            r"betriebsferien|schulferien"
        ),
    ),
    Sort(
        MEETING,
        "as meetings",
        _words(
            r"meetings?|interviews?|vorstellungsgespräch\w*|1[:.]1|1-1|1on1|"
            r"one[- ](?:on|to)[- ]one|"
            r"stand-?up|sync|planning|retro(?:spective)?|reviews?|workshop|catch-?up|call|lunch|coffee|"
            r"demo|town ?hall|all[- ]?hands|kick-?off|party|\w*besprechung|jour fixe|daily|weekly|"
            r"refinement|grooming|webinar|briefing|mesyuarat|temu ?duga|réunion|entretien|reunión|"
            r"entrevista|screening|dinner|drinks|farewell|leaving do|invitation|einladung|chat|"
            r"joins|joining|starts|first day|last day|onboarding|"
            r"off-?site|debrief|post-?mortem|check-?in|discussion|session|focus(?: time)?|"
            r"deep work|(?:back|return(?:s|ing|ed)?) (?:from|to work|at work|in the office)|"
            r"zurück aus"
        ),
    ),
    Sort(MENTIONED, "as only mentioning somebody", overruled=False),
)
BY_NAME = {sort.name: sort for sort in SORTS}
OVERRULED = tuple(sort.name for sort in SORTS if sort.overruled)
"""What a team may have counted all the same: ``[vacations] count``."""

_REFUSED_WORDS = (
    r"cancell?ed(?: event)?|canceled|cancellation|abgesagt\w*|storniert|annulliert|annulée?|annulé|"
    r"dibatalkan|batal|cancelad[oa]|declined|rejected|denied|withdrawn|refused|abgelehnt|"
    r"zurückgezogen|entfällt|gelöscht|deleted|ditolak|refusée?"
)
_REFUSED = (
    rf"(?i)^\W*(?:(?:re|fw|fwd|aw|wg): *)*\W*(?:{_REFUSED_WORDS})(?:\W|$)|"
    rf"[(\[{{] *(?:{_REFUSED_WORDS}) *[)\]}}]|(?:^|[\s:;,–—-])(?:{_REFUSED_WORDS})[^\w)\]]*$|"
    r"\bno longer\b|\bdoch nicht\b|\bnot taking\b"
)
_PREFIX = (
    r"(?i)^\W*(?:(?:re|fw|fwd|aw|wg|updated invitation|invitation|accepted|tentative|einladung|"
    r"aktualisiert|zugesagt|angenommen|akzeptiert) *: *)+"
)
_AWAY = _words(
    r"away|off|ooo|o\.o\.o\.?|out ?of ?(?:the )?(?:office|town|country)|oof|afk|absent|absence|"
    r"abwesen\w+|frei|unavailable|not (?:available|working|in|at work)|nicht da|toil|"
    r"time off in lieu|in lieu|überstundenabbau|gleittag|freizeitausgleich|"
    r"absences|tiada|tidak hadir|absente?|ausente|"
    r"fuera de la oficina|honeymoon|flitterwochen|umzug\w*|(?:is|are|be|am) out|"
    r"out(?= *(?:$|[(\[,;–-]))|"
    r"annual[- ]leave|[\w]*urlaub\w*|eltern(?:zeit|geld)|karenz|kur|reha|el|mc|al|pto|rtt|va?c"
)
_APPOINTMENT = _words(
    r"dentist|doctor(?:'s)?|zahnarzt\w*|arzt\w*|appointment|klinik|clinic|surgery|school run|"
    r"funeral|beerdigung|wedding|hochzeit|klinik termin|move|moving house"
)
_NOT_AWAY = (
    r"(?i)(?:holidays?|vacation|leave|pto|urlaubs?|off|absence|annual|emergency|christmas|year end)"
    r"[- ]*"
    r"(?:party|parties|planning|planung|plans?|lunch|dinner|review|requests?|policy|meeting|calendar|"
    r"schedule|approvals?|cover rota|rota|readiness|freeze|season|sale|report|conference|general|"
    r"budget|appraisal|drill|contacts?|change|fix|release|deploy\w*|maintenance|patch|closing|site)\b|"
    r"\b(?:kick|hand|sign|cut|play|pay|trade|spin|stand|lay|take)-?off\b|\boff-?(?:site|boarding|peak|"
    r"line|shore)\b|\b(?:back|return(?:s|ing|ed)?|zurück) (?:from|aus)\b.*|"
    r"\bpaid (?:invoice|bill|by)\b|\b(?:annual|yearly|medical) "
    r"(?:report|review|meeting|audit|budget|insurance|conference|planning|target)s?\b"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HALF = _words(
    r"half[- ]?days?|1/2 day|½ ?(?:day|tag)?|0[.,]5(?: ?(?:d|days?|tage?))?|halbe[rn]? tag|"
    r"halbtags|"
    r"halbtägig|morning|afternoon|vormittags?|nachmittags?|[ap]\.?m\.? ?(?:only)?|setengah hari|"
    r"separuh hari|demi-journée|medio día"
)
_ON_CALL_PRODUCTS = (
    r"(?i)pager ?duty|opsgenie|grafana ?on-?call|victorops|splunk on-call|squadcast|goalert|"
    r"incident\.io|zenduty|rootly|firehydrant|xmatters"
)
_ON_CALL_FIRST = r"(?i)^\W*(?:on[- ]?call|handoff|hand-?over|übergabe)\b"
_OUR_PRODUCT = re.compile(r"-//rota//rota\b")
_OUR_UID = re.compile(r"\d{4}-W\d{2}\.[\w.-]+\.[0-9a-f]{8}@rota")
_STATUSES = ("X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS")
_NOT_A_KIND = ("holiday", "holidays", "feiertag", "feiertage")
"""What Outlook puts public holidays under, which says nothing of the person."""


def title_of(text: str) -> str:
    """A title without what mail programs put before it."""
    return re.sub(_PREFIX, "", text).strip()


def is_refused(title: str) -> bool:
    """Whether the title says that it is cancelled, declined or rejected."""
    return re.search(_REFUSED, title) is not None


def without_refusal(title: str) -> str:
    """The title without the words that say that it is cancelled."""
    return re.sub(_REFUSED, " ", title)


def is_ours(entry: Entry) -> bool:
    """Whether rota wrote the entry, or its calendar."""
    if _OUR_PRODUCT.search(entry.calendar.text("PRODID")):
        return True
    return _OUR_UID.fullmatch(entry.text("UID").strip()) is not None


def is_cancelled(entry: Entry, title: str) -> bool:
    """Whether the entry no longer stands, in whatever way that is said."""
    method = entry.calendar.text("METHOD").strip().upper()
    status = entry.text("STATUS").strip().upper()
    return method in ("CANCEL", "DECLINECOUNTER") or status == "CANCELLED" or is_refused(title)


def busy_status(entry: Entry) -> str:
    """What Outlook shows the time as: ``OOF``, ``WORKINGELSEWHERE``, ``FREE`` …"""
    said = (entry.text(name).strip().upper() for name in _STATUSES)
    return next(filter(None, said), "")


def says_away(text: str) -> bool:
    """Whether the words say that somebody is away, and are not about something else."""
    rest = re.sub(_NOT_AWAY, " ", text)
    for sort in (ELSEWHERE, BIRTHDAY, HOLIDAY):
        rest = re.sub(BY_NAME[sort].words, " ", rest)
    if kind_in(rest) is not None:
        return True
    return any(
        len(match[0]) > len("rtt") or match[0].casefold() in _PLAIN or match[0].isupper()
        for match in re.finditer(_AWAY, rest)
    )


_PLAIN = ("off", "kur", "out", "ooo", "oof", "afk")
"""Short words that mean an absence in small letters as well."""


def says_why(text: str) -> bool:
    """Whether the words say that or why somebody named beside them is away."""
    return says_away(text) or is_half(text) or re.search(_APPOINTMENT, text) is not None


def sort_of(entry: Entry, title: str, counted: Iterable[str], *, meets: bool) -> str:
    """The sort of an entry that names somebody: one of ``SORTS``, or empty for an absence.

    ``meets`` says that others are invited, or that it takes a part of a day; ``counted`` are
    the sorts that the team counts as absences.
    """
    counted = tuple(counted)
    bare = _BRACKETS.sub(" ", title)
    status = busy_status(entry)
    if status == "WORKINGELSEWHERE":
        return "" if ELSEWHERE in counted else ELSEWHERE
    product = entry.calendar.text("PRODID") + entry.calendar.text("X-WR-CALNAME")
    on_call = re.search(_ON_CALL_PRODUCTS, product) or re.search(_ON_CALL_FIRST, title)
    if on_call and ON_CALL not in counted:
        return ON_CALL
    if status == "OOF" or says_away(bare if bare.strip() else title) or says_away(title):
        only_in_brackets = not says_away(bare) and status != "OOF"
        talk = only_in_brackets and BY_NAME[ON_CALL].named_in(bare)
        return ON_CALL if talk and ON_CALL not in counted else ""
    text = " ".join((title, *categories(entry)))
    for name in (ON_CALL, ELSEWHERE, BIRTHDAY, MEETING):
        if BY_NAME[name].named_in(text):
            return "" if name in counted else name
    return MEETING if meets and MEETING not in counted else ""


def is_public_holiday(title: str) -> bool:
    """Whether the title speaks of a day off that everybody has."""
    return BY_NAME[HOLIDAY].named_in(title)


def absence_kind(entry: Entry, title: str) -> str:
    """The kind of absence that its categories name, or else its title; ``annual`` if none."""
    said = (*map(kind_in, categories(entry)), kind_in(title))
    return next(filter(None, said), ANNUAL)


def categories(entry: Entry) -> list[str]:
    """The categories that say something of the person."""
    found = (part.strip() for line in entry.all("CATEGORIES") for part in line.text.split(","))
    return [part for part in found if part.casefold() not in _NOT_A_KIND]


def is_half(title: str) -> bool:
    """Whether the title says that it is about half a day."""
    return re.search(_HALF, title) is not None


@lru_cache(maxsize=50_000)
def _known_words(first: str, two: str) -> bool:
    if kind_in(first) or kind_in(first.upper()) or kind_of(two):
        return True
    return any(re.match(words, two) for words in (_AWAY, _HALF, *(sort.words for sort in SORTS)))


def without_half(text: str) -> str:
    """The text without what it says of half a day: ``annual (half day)`` is annual."""
    return re.sub(_HALF, " ", text).strip(" ()-,;") if is_half(text) else text


def begins_with_known(text: str) -> bool:
    """Whether a text begins with words that sort entries, and so with nobody's surname."""
    first, _, rest = text.partition(" ")
    return _known_words(first.strip(".,:;()"), " ".join((first, rest.partition(" ")[0])).strip())
