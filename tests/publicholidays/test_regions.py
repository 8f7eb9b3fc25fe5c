"""Countries and subdivisions as people write them."""

import subprocess
import sys

import pytest

from planner.domain import Region
from planner.publicholidays import parse_country, parse_region, region_name
from planner.publicholidays.calendars import country_names, covered_years, holidays_of
from planner.publicholidays.regions import SUBDIVISIONS


@pytest.mark.parametrize(
    ("country", "subdivision", "code"),
    [
        ("MY", "KUL", "MY/KUL"),
        ("Malaysia", "Kuala Lumpur", "MY/KUL"),
        ("malaysia", "kl", "MY/KUL"),
        ("MYS", "Wilayah Persekutuan", "MY/KUL"),
        ("MY", "W.P. Kuala Lumpur", "MY/KUL"),
        ("MY", "MY-14", "MY/KUL"),
        ("MY", "14", "MY/KUL"),
        ("MY", "Penang", "MY/PNG"),
        ("MY", "Pulau Pinang", "MY/PNG"),
        ("MY", "P. Pinang", "MY/PNG"),
        ("MY", "07", "MY/PNG"),
        ("MY", "7", "MY/PNG"),  # a spreadsheet has taken the nought
        ("MY", "Malacca", "MY/MLK"),
        ("MY", "Johore", "MY/JHR"),
        ("MY", " MY_SWK ", "MY/SWK"),
        ("GB", "England", "GB/ENG"),
        ("UK", "GB-ENG", "GB/ENG"),
        ("UK", "UK/ENG", "GB/ENG"),
        ("United Kingdom", "scotland", "GB/SCT"),
        ("u.k.", "Cymru", "GB/WLS"),
        ("Great Britain", "N. Ireland", "GB/NIR"),
        ("GB", "N.I.", "GB/NIR"),
        ("SG", "", "SG"),
        ("US", "CA", "US/CA"),
        ("US", "US-CA", "US/CA"),
        ("IE", "", "IE"),
    ],
)
def test_what_people_write_is_understood(country, subdivision, code):
    assert str(parse_region(country, subdivision)) == code


@pytest.mark.parametrize(
    ("country", "subdivision", "message"),
    [
        ("MY", "Pennang", "“Pennang” is not a state of Malaysia. Did you mean “Penang”?"),
        ("MY", "Sarawk", "“Sarawk” is not a state of Malaysia. Did you mean “Sarawak”?"),
        (
            "UK",
            "Englnd",
            "“Englnd” is not a nation of the United Kingdom. Did you mean “England”?",
        ),
        (
            "GB",
            "",
            "the United Kingdom needs a nation as its subdivision. "
            "Known: England, Northern Ireland, Scotland, Wales.",
        ),
        (
            "GB",
            "KUL",
            "“KUL” is not a nation of the United Kingdom. "
            "Known: England, Northern Ireland, Scotland, Wales.",
        ),
        (
            "Malasia",
            "Penang",
            "“Malasia” is not a country of the holiday calendar. Did you mean “Malaysia”?",
        ),
        (
            "England",
            "",
            "“England” is not a country of the holiday calendar. "
            "Write “GB” as the country and “England” as the subdivision.",
        ),
        (
            "Singapore",
            "",
            "“Singapore” is not a country of the holiday calendar. Write its code, “SG”.",
        ),
        ("sg", "", "“sg” is not a country of the holiday calendar. Did you mean “SG”?"),
        (
            "Atlantis",
            "",
            "“Atlantis” is not a country of the holiday calendar. "
            "Write its ISO code, such as “SG”.",
        ),
        ("", "KUL", "a country is needed, such as “Malaysia” or “GB”"),
        (
            "US",
            "ca",
            "“ca” is not a subdivision of United States in ISO 3166-2. Did you mean “CA”?",
        ),
    ],
)
def test_what_is_not_understood_gets_one_plain_sentence(country, subdivision, message):
    with pytest.raises(ValueError, match=r".") as caught:
        parse_region(country, subdivision)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("country", "subdivision", "region"),
    [
        ("DE", "Berlin", "DE/BE"),
        ("DE", "DE-BY", "DE/BY"),
        ("ES", "madrid", "ES/MD"),
        ("SG", "", "SG"),
    ],
)
def test_other_countries_parts_are_known_by_name_or_code(country, subdivision, region):
    assert str(parse_region(country, subdivision)) == region


@pytest.mark.parametrize(
    ("country", "subdivision", "hint"),
    [
        ("DE", "Brlin", "Did you mean “Berlin”?"),
        ("AU", "Atlantis", "Known: ACT, NSW, NT, QLD, SA, TAS, VIC, WA"),
        ("SG", "Centre", "It has none: leave it empty."),
    ],
)
def test_other_countries_parts_that_are_not_known_get_a_hint(country, subdivision, hint):
    with pytest.raises(ValueError, match="is not a subdivision of") as caught:
        parse_region(country, subdivision)
    assert hint in str(caught.value)


def test_missing_state_lists_all_sixteen():
    with pytest.raises(ValueError, match=r"Known: Johor, Kedah, .*, Selangor, Terengganu\.$"):
        parse_region("MY", "")


def _spellings():
    return [
        (country, code, spelling)
        for country, names in SUBDIVISIONS.items()
        for code, known in names.items()
        for spelling in (code, *known)
    ]


@pytest.mark.parametrize(("country", "code", "spelling"), _spellings())
def test_every_spelling_leads_to_a_calendar_of_the_library(country, code, spelling):
    region = parse_region(country, spelling)
    assert region == Region(country, code)
    assert holidays_of(region, 2024)


def test_the_digits_are_those_of_iso_3166_2():
    import holidays

    for digits, code in ((n, c) for _, c, n in _spellings() if n.isdigit()):
        assert holidays.MY.subdivisions_aliases[code] == digits.zfill(2)


@pytest.mark.parametrize("country", ["MY", "GB"])
def test_every_subdivision_of_the_library_has_a_spelling(country):
    import holidays

    codes = holidays.MY.subdivisions_aliases if country == "MY" else holidays.GB.subdivisions
    for code in codes:
        parse_region(country, code)
    assert len(SUBDIVISIONS[country]) == len(getattr(holidays, country).subdivisions)


def test_names_for_showing():
    assert region_name(Region("MY", "PNG")) == "Penang"
    assert region_name(Region("GB", "NIR")) == "Northern Ireland"
    assert region_name(Region("US", "CA")) == "US/CA"


def test_a_country_alone_is_understood_for_changes_to_the_whole_of_it():
    assert parse_country("Malaysia") == "MY"
    assert parse_country("GB") == "GB"


def test_every_country_of_the_library_opens_and_has_years():
    assert len(country_names()) > 200
    for code in sorted(country_names())[::25]:
        first, last = covered_years(code)
        assert first < 2024 < last, code


def test_reading_a_team_of_malaysia_and_the_uk_does_not_load_the_library():
    program = (
        "import sys; from planner.publicholidays import parse_region, parse_festival; "
        "parse_region('MY', 'Penang'); parse_region('UK', 'Wales'); parse_festival('eid'); "
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
