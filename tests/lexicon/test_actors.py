import csv
import dataclasses
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import app.lexicon
from app.core.model import ActorKind
from app.errors import LexiconError
from app.lexicon import names
from app.lexicon.actors import ActorTable, load_actors

DATA = Path(app.lexicon.__file__).parent / "data"
NOT_IN_THE_UN = {"VAT", "PSE", "XKX", "TWN", "ESH"}
ENDED = {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD"}


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actors(DATA)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the shipped data that a test may spoil."""
    for path in DATA.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def rows_of(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def rewrite(folder: Path, file: str, change: Callable[[list[dict[str, str]]], None]) -> None:
    rows = rows_of(folder, file)
    header = list(rows[0])
    change(rows)
    with (folder / file).open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, header)
        writer.writeheader()
        writer.writerows(rows)


def place(rows: list[dict[str, str]], **wanted: str) -> int:
    return next(number for number, row in enumerate(rows) if all(row[key] == wanted[key] for key in wanted))


def holder_names(table: ActorTable, office: str, day: date) -> list[str]:
    return [table.actors[person].name for person in table.holders(office, day)]


# ---------------------------------------------------------------- the shipped data
def test_all_193_members_of_the_united_nations_have_a_capital_and_a_demonym():
    members = [row for row in rows_of(DATA, "states.csv") if row["id"] not in NOT_IN_THE_UN | ENDED]
    assert len(members) == 193
    assert [row["id"] for row in members if not row["capital"] or not row["demonyms"]] == []


@pytest.mark.parametrize(
    ("name", "state", "via"),
    [
        ("Ivory Coast", "CIV", "name"),
        ("Côte d\u2019Ivoire", "CIV", "name"),
        ("Cote d'Ivoire", "CIV", "name"),
        ("Nigerien", "NER", "demonym"),
        ("Nigerian", "NGA", "demonym"),
        ("Burma", "MMR", "name"),
        ("Swaziland", "SWZ", "name"),
        ("Czech Republic", "CZE", "name"),
        ("Türkiye", "TUR", "name"),
        ("Republic of Korea", "KOR", "name"),
        ("DPRK", "PRK", "abbreviation"),
        ("PRC", "CHN", "abbreviation"),
        ("Russian Federation", "RUS", "name"),
        ("Emirates", "ARE", "name"),
        ("Bissau-Guinean", "GNB", "demonym"),
        ("St. Lucia", "LCA", "name"),
        ("Astana", "KAZ", "capital"),
        ("Nur-Sultan", "KAZ", "capital"),
        ("Kiev", "UKR", "capital"),
        ("Naypyidaw", "MMR", "capital"),
        ("Britons", "GBR", "demonym"),
        ("Swiss", "CHE", "demonym"),
        ("Vatican", "VAT", "name"),
        ("Palestinians", "PSE", "demonym"),
        ("USSR", "SUN", "abbreviation"),
        ("East Berlin", "DDR", "capital"),
        ("Serbia and Montenegro", "SCG", "name"),
        ("Sahrawis", "ESH", "demonym"),
        ("Kazakstan", "KAZ", "name"),
        ("Bosniaks", "BIH", "demonym"),
    ],
)
def test_a_name_of_a_state_leads_to_it(table, name, state, via):
    first = table.names[name][0]
    assert (first.text, first.actor_id, first.via) == (name, state, via)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("US", "USA"),
        ("U.S.", "USA"),
        ("USA", "USA"),
        ("United States", "USA"),
        ("UK", "GBR"),
        ("U.K.", "GBR"),
        ("Britain", "GBR"),
        ("UAE", "ARE"),
        ("EU", "european-union"),
        ("UN", "united-nations"),
        ("U.N.", "united-nations"),
        ("NATO", "nato"),
        ("North Atlantic Alliance", "nato"),
        ("NATO alliance", "nato"),
        ("Russia-NATO Council", "nato-russia-council"),
        ("OSCE", "osce"),
        ("IAEA", "iaea"),
        ("IMF", "international-monetary-fund"),
        ("Security Council", "un-security-council"),
        ("State Department", "state-department"),
        ("U.S. State Department", "state-department"),
        ("Foggy Bottom", "state-department"),
        ("Kremlin", "kremlin"),
        ("Russian Foreign Ministry", "russian-foreign-ministry"),
        ("Elysee Palace", "elysee"),
        ("Turtle Bay", "united-nations"),
        ("Hong Kong", "hong-kong"),
        ("Houthi rebels", "houthis"),
        ("Turkish Cypriots", "northern-cyprus"),
        ("Bosnian Serbs", "republika-srpska"),
        ("Donetsk People's Republic", "donetsk-peoples-republic"),
        ("Abkhazians", "abkhazia"),
        ("Tehrik-e-Taliban Pakistan", "pakistani-taliban"),
        ("FARC", "farc"),
    ],
)
def test_a_name_as_newspapers_write_it_leads_to_one_actor(table, name, actor):
    assert table.readings(name)[0] == actor


@pytest.mark.parametrize("word", ["us", "it", "who", "may", "march", "turkey", "polish", "Foreign", "alliance"])
def test_a_plain_word_is_no_name(table, word):
    assert table.readings(word) == ()


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("Brussels", ("european-union", "nato", "BEL")),
        ("Georgia", ("GEO", None)),
        ("Jordan", ("JOR", None)),
        ("Washington", ("USA", None)),
        ("Congolese", ("COD", "COG")),
        ("Korean", ("KOR", "PRK", None)),
        ("Dominican", ("DOM", "DMA", None)),
    ],
)
def test_an_ambiguous_name_gives_every_reading_the_likeliest_first(table, name, readings):
    assert name in table.ambiguous
    assert table.readings(name) == readings
    assert [entry.actor_id for entry in table.names[name]] == [reading for reading in readings if reading]


def test_a_name_that_no_row_has_is_unknown(table):
    assert table.readings("Ruritania") == ()


def test_a_part_of_a_government_belongs_to_its_state(table):
    pentagon = table.actors["pentagon"]
    assert (pentagon.kind, pentagon.state) == (ActorKind.ORGANISATION, "USA")
    assert [entry.via for entry in table.names["Pentagon"]] == ["body"]


def test_whomever_a_capital_stands_for_has_it_among_its_names(table):
    held = {id_ for id_, actor in table.actors.items() if "Brussels" in actor.aliases}
    assert held == {"BEL", "european-union", "nato"}
    assert "Kiev" in table.actors["UKR"].aliases
    assert "Crimea" not in table.actors["UKR"].aliases


def test_a_state_that_ended_names_those_that_followed(table):
    followed = {state: table.states[state].successors for state in sorted(ENDED)}
    assert len(followed.pop("SUN")) == 15
    assert followed == {
        "CSK": ("CZE", "SVK"),
        "DDR": ("DEU",),
        "SCG": ("SRB", "MNE"),
        "YMD": ("YEM",),
        "YUG": ("SVN", "HRV", "MKD", "BIH", "SCG"),
    }
    assert str(table.states["SUN"].end) == "1991-12-26"


def test_a_state_has_its_item_of_wikidata(table):
    assert [table.actors[state].qid for state in ("UKR", "XKX", "SUN")] == ["Q212", "Q1246", "Q15180"]


def test_the_table_cannot_be_changed(table):
    with pytest.raises(TypeError):
        table.actors["RUS"] = table.actors["USA"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        table.actors = {}


# ---------------------------------------------------------------- who held what
@pytest.mark.parametrize(
    ("office", "day", "holders"),
    [
        ("usa-foreign-minister", date(1990, 6, 1), ["James Baker"]),
        ("sun-foreign-minister", date(1990, 6, 1), ["Eduard Shevardnadze"]),
        ("rus-foreign-minister", date(2004, 3, 8), ["Igor Ivanov"]),
        ("rus-foreign-minister", date(2004, 3, 9), ["Sergey Lavrov", "Igor Ivanov"]),
        ("rus-foreign-minister", date(2022, 1, 28), ["Sergey Lavrov"]),
        ("usa-foreign-minister", date(2021, 1, 26), ["Antony Blinken"]),
        ("usa-foreign-minister", date(2025, 1, 20), ["Antony Blinken"]),
        ("usa-foreign-minister", date(2025, 6, 1), ["Marco Rubio"]),
        ("nato-head", date(2022, 1, 14), ["Jens Stoltenberg"]),
        ("nor-head-of-government", date(2010, 1, 1), ["Jens Stoltenberg"]),
        ("rus-ambassador-usa", date(2022, 2, 2), ["Anatoly Antonov"]),
        ("usa-ambassador-rus", date(2022, 4, 5), ["John Sullivan"]),
        ("usa-white-house-press-secretary", date(2022, 2, 1), ["Jen Psaki"]),
        ("usa-national-security-adviser", date(2021, 12, 23), ["Jake Sullivan"]),
        ("rus-kremlin-spokesperson", date(2021, 12, 23), ["Dmitry Peskov"]),
        ("rus-presidential-aide-for-foreign-policy", date(2021, 12, 23), ["Yury Ushakov"]),
        ("hun-head-of-government", date(2022, 2, 1), ["Viktor Orban"]),
        ("isr-head-of-government-acting", date(2006, 2, 1), ["Ehud Olmert"]),
        ("gbr-foreign-minister", date(1990, 6, 1), ["Douglas Hurd"]),
        ("civ-head-of-state", date(2005, 6, 1), ["Laurent Gbagbo"]),
        ("nga-head-of-state", date(1995, 6, 1), ["Sani Abacha"]),
        ("tha-head-of-state", date(2000, 6, 1), ["King Bhumibol Adulyadej"]),
        ("npl-king", date(2000, 6, 1), ["King Birendra"]),
        ("npl-head-of-government", date(2009, 1, 1), ["Pushpa Kamal Dahal"]),
        ("grc-head-of-government", date(1992, 6, 1), ["Constantine Mitsotakis"]),
        ("zmb-foreign-minister", date(2022, 6, 1), ["Stanley Kakubo"]),
        ("fin-head-of-government", date(2015, 5, 29), ["Juha Sipila", "Alexander Stubb"]),
        ("usa-ambassador-irq", date(2006, 1, 1), ["Zalmay Khalilzad"]),
        ("usa-ambassador-ukr", date(2015, 1, 1), ["Geoffrey Pyatt"]),
        ("usa-ambassador-nato", date(2006, 1, 1), ["Victoria Nuland"]),
        ("usa-under-secretary-of-state-for-political-affairs", date(2013, 11, 24), ["Wendy Sherman"]),
        ("usa-assistant-secretary-of-state-for-europe", date(1995, 11, 21), ["Richard Holbrooke"]),
        ("jpn-ambassador-usa", date(2015, 1, 1), ["Kenichiro Sasae"]),
        ("pak-permanent-representative-un", date(2017, 1, 1), ["Maleeha Lodhi"]),
        ("united-nations-special-envoy-for-yemen", date(2019, 1, 1), ["Martin Griffiths"]),
        ("european-union-brexit-negotiator", date(2018, 1, 1), ["Michel Barnier"]),
        ("nato-spokesperson", date(1999, 4, 1), ["Jamie Shea"]),
        ("hong-kong-head", date(2019, 6, 1), ["Carrie Lam"]),
        ("nobody-at-all", date(2022, 2, 1), []),
    ],
)
def test_an_office_has_its_holders_on_a_day(table, office, day, holders):
    assert holder_names(table, office, day) == holders


def test_a_deputy_minister_is_one_of_several(table):
    assert "Sergey Ryabkov" in holder_names(table, "rus-deputy-foreign-minister", date(2021, 12, 23))


def test_two_people_of_one_name_and_state_are_two(table):
    assert [table.offices_of(person, date(1994, 1, 1)) for person in ("james-l-jones", "james-r-jones")] == [
        (),
        (table.offices["usa-ambassador-mex"],),
    ]


def test_a_common_name_may_be_somebody_else_s(table):
    assert table.readings("William Taylor") == (None, "william-taylor")


def test_gromyko_held_no_office_in_1990(table):
    assert "Gromyko" not in table.surnames
    assert table.offices_of("andrei-gromyko", date(1990, 1, 1)) == ()


@pytest.mark.parametrize(
    ("person", "day", "state"),
    [
        ("jens-stoltenberg", date(2010, 1, 1), "NOR"),
        ("jens-stoltenberg", date(2022, 1, 14), None),
        ("jens-stoltenberg", date(2025, 1, 14), "NOR"),
        ("jens-stoltenberg", None, "NOR"),
        ("eduard-shevardnadze", date(1990, 6, 1), "SUN"),
        ("eduard-shevardnadze", date(2000, 6, 1), "GEO"),
        ("jozef-moravcik", date(1992, 8, 1), "CSK"),
        ("jozef-moravcik", date(1993, 8, 1), "SVK"),
        ("kofi-annan", date(2003, 3, 20), None),
        ("kofi-annan", date(2020, 1, 1), "GHA"),
        ("sergey-lavrov", date(2022, 1, 28), "RUS"),
        ("nobody-at-all", date(2022, 1, 28), None),
    ],
)
def test_a_person_speaks_for_the_state_of_the_office_held_that_day(table, person, day, state):
    assert table.state_at(person, day) == state


def test_a_person_has_the_offices_of_that_day_the_latest_first(table):
    offices = table.offices_of("john-sullivan", date(2022, 4, 5))
    assert [(office.function, office.state, office.posted_to) for office in offices] == [("ambassador", "USA", "RUS")]
    lavrov = table.offices_of("sergey-lavrov", date(2004, 3, 9))
    assert [office.id for office in lavrov] == ["rus-foreign-minister", "rus-permanent-representative-un"]


def test_every_office_has_a_title_among_its_forms_or_forms_of_its_own(table):
    assert [office.id for office in table.offices.values() if not office.forms or not office.title] == []


# ---------------------------------------------------------------- names of people
@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Sergei Lavrov", "sergey-lavrov"),
        ("Anthony Blinken", "antony-blinken"),
        ("Viktor Orbán", "viktor-orban"),
        ("Victor Orban", "viktor-orban"),
        ("Dmitri Peskov", "dmitry-peskov"),
        ("Yuri Ushakov", "yury-ushakov"),
        ("Jennifer Psaki", "jen-psaki"),
        ("Joseph Biden", "joe-biden"),
        ("Volodymyr Zelenskyy", "volodymyr-zelensky"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Gerhard Schroder", "gerhard-schroeder"),
        ("Moamer Kadhafi", "muammar-gaddafi"),
        ("Omar el-Beshir", "omar-al-bashir"),
        ("Alpha Condé", "alpha-conde"),
        ("Laurent-Désiré Kabila", "laurent-kabila"),
        ("Sultan Qaboos", "qaboos-bin-said"),
        ("Frederik de Klerk", "f-w-de-klerk"),
        ("Bill Taylor", "william-taylor"),
        ("Ned Walker", "edward-walker"),
        ("Kathleen Stephens", "kathleen-stephens"),
        ("Zalmay Khalilzad", "zalmay-khalilzad"),
        ("Abdelilah al-Khatib", "abdul-ilah-khatib"),
        ("Saeb Erakat", "saeb-erekat"),
        ("Walid Moallem", "walid-muallem"),
        ("Terje Rod-Larsen", "terje-roed-larsen"),
        ("Gunther Pleuger", "gunter-pleuger"),
        ("Faisal Mekdad", "faisal-mekdad"),
        ("Lord Owen", "david-owen"),
        ("Kim Gye-gwan", "kim-kye-gwan"),
    ],
)
def test_a_spelling_of_a_full_name_leads_to_the_person(table, name, person):
    assert [reading for reading in table.readings(name) if reading] == [person]


@pytest.mark.parametrize("name", ["Lavrov", "Blinken", "Putin", "Hussein", "Francis"])
def test_a_bare_surname_is_no_full_name(table, name):
    assert table.readings(name) == ()


@pytest.mark.parametrize(
    ("surname", "person"),
    [
        ("Lavrov", "sergey-lavrov"),
        ("von der Leyen", "ursula-von-der-leyen"),
        ("Ban", "ban-ki-moon"),
        ("Xi", "xi-jinping"),
        ("Kim", "kim-jong-un"),
        ("Wu", "joseph-wu"),
        ("Assad", "bashar-al-assad"),
        ("bin Salman", "mohammed-bin-salman"),
        ("Villepin", "dominique-de-villepin"),
        ("Orban", "viktor-orban"),
        ("Orbán", "viktor-orban"),
        ("Gore", "al-gore"),
        ("Marcos", "ferdinand-marcos-jr"),
        ("Sullivan", "john-sullivan"),
        ("Sullivan", "jake-sullivan"),
    ],
)
def test_a_surname_leads_to_all_who_bear_it(table, surname, person):
    assert person in table.surnames[surname]


@pytest.mark.parametrize("surname", ["Leyen", "Ki-moon", "Jinping", "II", "Jr."])
def test_a_part_of_a_surname_or_a_number_is_none(table, surname):
    assert surname not in table.surnames


@pytest.mark.parametrize("surname", ["Friday", "Pierre", "Castillo", "Lagos", "Battle", "Guest"])
def test_a_surname_that_is_as_often_something_else_stands_for_nobody(table, surname):
    assert surname not in table.surnames


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Herman Van Rompuy", ("Van Rompuy",)),
        ("Luigi Di Maio", ("Di Maio",)),
        ("Antony Blinken", ("Blinken",)),
        ("Suharto", ("Suharto",)),
        ("Ferdinand Marcos Jr.", ("Marcos",)),
    ],
)
def test_a_surname_takes_its_particles_along(name, surnames):
    assert names.surnames(name) == surnames


# ---------------------------------------------------------------- rows that cannot be right
@pytest.mark.parametrize(
    ("file", "row", "field", "value", "reason"),
    [
        ("states.csv", {"id": "RUS"}, "name", "", "must not be empty"),
        ("states.csv", {"id": "RUS"}, "iso3", "RU", "three capitals"),
        ("states.csv", {"id": "SUN"}, "successor", "XYZ", "nothing has the id 'XYZ'"),
        ("states.csv", {"id": "SUN"}, "end", "1991-12-32", "'1991-12-32' is no date"),
        ("states.csv", {"id": "SUN"}, "end", "1900", "lies before the start"),
        ("states.csv", {"id": "FRA"}, "id", "DEU", "'DEU' is already in row"),
        ("states.csv", {"id": "FRA"}, "aliases", "Germany", "'Germany' means"),
        ("states.csv", {"id": "FRA"}, "aliases", "Turkey", "no reading of it in ambiguous.csv"),
        ("organisations.csv", {"id": "nato"}, "id", "RUS", "already an id of states.csv"),
        ("bodies.csv", {"id": "kremlin"}, "state", "XYZ", "nothing has the id 'XYZ'"),
        ("people.csv", {"id": "sergey-lavrov"}, "state", "XYZ", "nothing has the id 'XYZ'"),
        ("people.csv", {"id": "sergey-lavrov"}, "aliases", "Antony Blinken", "means sergey-lavrov and antony-blinken"),
        ("offices.csv", {"id": "nato-head"}, "function", "boss", "'boss' is none of: head-of-state"),
        ("offices.csv", {"id": "nato-head"}, "organisation", "nowhere", "nothing has the id 'nowhere'"),
        ("offices.csv", {"id": "nato-head"}, "state", "BEL", "either a state or an organisation"),
        ("offices.csv", {"id": "nato-head"}, "single_seat", "1", "'1' is none of: yes, no"),
        ("offices.csv", {"id": "rus-ambassador-usa"}, "posted_to", "XYZ", "nothing has the id 'XYZ'"),
        ("tenures.csv", {"person": "sergey-lavrov"}, "office", "nothing", "nothing has the id 'nothing'"),
        ("tenures.csv", {"person": "sergey-lavrov"}, "person", "nobody", "nothing has the id 'nobody'"),
        ("tenures.csv", {"person": "antony-blinken"}, "start", "2021-02-29", "'2021-02-29' is no date"),
        ("tenures.csv", {"person": "antony-blinken"}, "precision", "hour", "'hour' is none of: day"),
        ("metonyms.csv", {"name": "Turtle Bay"}, "actor", "sergey-lavrov", "nothing has the id 'sergey-lavrov'"),
        ("ambiguous.csv", {"name": "Brussels"}, "readings", "nato", "give two or more"),
        ("ambiguous.csv", {"name": "Brussels"}, "readings", "nato|XYZ", "nothing has the id 'XYZ'"),
        ("contexts.csv", {"names": "Brussels"}, "names", "Ruritania", "'Ruritania' is not in ambiguous.csv"),
        ("contexts.csv", {"names": "Brussels"}, "reading", "FRA", "'FRA' is no reading of 'Brussels', which has"),
        ("contexts.csv", {"names": "Brussels"}, "reading", "-", "'-' is no reading of 'Brussels', which has"),
        ("contexts.csv", {"names": "Brussels"}, "words", "Troops", "'Troops' must be in small letters"),
        ("contexts.csv", {"names": "Brussels"}, "words", "troops|troops", "'troops' stands there twice"),
        ("contexts.csv", {"names": "Brussels", "reading": "BEL"}, "words", "troops", "'troops' speaks for 'nato' too"),
        ("contexts.csv", {"names": "Brussels"}, "words", "", "must not be empty"),
    ],
)
def test_a_bad_row_is_refused_by_file_row_and_field(folder, file, row, field, value, reason):
    number = place(rows_of(folder, file), **row) + 1
    rewrite(folder, file, lambda rows: rows[number - 1].update({field: value}))
    with pytest.raises(LexiconError) as caught:
        load_actors(folder)
    assert caught.value.file == file
    assert reason in str(caught.value)
    if "already in row" not in reason and "means" not in reason:
        assert (caught.value.row, caught.value.field) == (number, field)


def test_a_tenure_that_ends_before_it_begins_is_refused(folder):
    wanted = {"person": "antony-blinken", "office": "usa-foreign-minister"}
    number = place(rows_of(folder, "tenures.csv"), **wanted)
    rewrite(folder, "tenures.csv", lambda rows: rows[number].update(end="2020-01-20"))
    with pytest.raises(LexiconError, match=rf"tenures.csv, row {number + 1}, field 'end': 2020-01-20 lies before"):
        load_actors(folder)


def lengthen(folder: Path, person: str, office: str, end: str) -> None:
    number = place(rows_of(folder, "tenures.csv"), person=person, office=office)
    rewrite(folder, "tenures.csv", lambda rows: rows[number].update(end=end))


@pytest.mark.parametrize("end", ["2004-03-10", "2004-05", "2006", ""])
def test_two_holders_of_a_single_seat_are_refused(folder, end):
    lengthen(folder, "igor-ivanov", "rus-foreign-minister", end)
    with pytest.raises(LexiconError, match="sergey-lavrov has the single seat .* from 2004-03-09, but igor-ivanov"):
        load_actors(folder)


@pytest.mark.parametrize("end", ["2004-03-09", "2004-03", "2004"])
def test_the_day_of_handover_and_an_overlap_that_is_not_certain_are_taken(folder, end):
    lengthen(folder, "igor-ivanov", "rus-foreign-minister", end)
    assert load_actors(folder).holders("rus-foreign-minister", date(2003, 1, 1)) == ("igor-ivanov",)


def test_a_missing_file_is_refused_by_name(folder):
    (folder / "bodies.csv").unlink()
    with pytest.raises(LexiconError, match=r"bodies\.csv"):
        load_actors(folder)


# ---------------------------------------------------------------- the user's own actors
OWN = """
[[state]]
id = "RUR"
iso3 = "RUR"
name = "Ruritania"
demonyms = ["Ruritanian", "Ruritanians"]
capital = "Strelsau"

[[organisation]]
id = "zenda-pact"
name = "Zenda Pact"
kind = "alliance"

[[office]]
id = "rur-head-of-state"
function = "head-of-state"
title = "King"
forms = ["King"]
state = "RUR"
single_seat = true

[[person]]
id = "rudolf-elphberg"
name = "Rudolf Elphberg"
state = "RUR"
tenures = [{office = "rur-head-of-state", start = 2020-01-01}]

[[person]]
id = "sergey-lavrov"
aliases = ["Sergei Viktorovich Lavrov"]
"""


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_the_users_own_adds_and_changes_actors(tmp_path):
    table = load_actors(DATA, own(tmp_path, OWN))
    assert [table.readings(name) for name in ("Ruritanian", "Strelsau")] == [("RUR",), ("RUR",)]
    assert table.holders("rur-head-of-state", date(2022, 1, 1)) == ("rudolf-elphberg",)
    assert table.actors["zenda-pact"].kind is ActorKind.ORGANISATION
    assert table.readings("Sergei Viktorovich Lavrov") == ("sergey-lavrov",)
    assert table.readings("Sergei Lavrov") == ()
    assert "sergey-lavrov" in table.holders("rus-foreign-minister", date(2022, 1, 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[planet]]\nid = 'mars'\n", r"own\.toml, row -, field 'planet': is unknown: use \[\[state\]\]"),
        ("[[person]]\nname = 'A B'\n", r"own\.toml, row person 1, field 'id': is missing"),
        ("[[person]]\nid = 'a-b'\nname = 'A B'\n", r"own\.toml, row person 1, field 'state': must not be empty"),
        ("[[person]]\nid = 'joe-biden'\nheight = 2\n", r"own\.toml, row person 1, field 'height': is unknown"),
        (
            "[[person]]\nid = 'joe-biden'\ntenures = [{office = 'moon-king'}]\n",
            r"own\.toml, row person 1, tenure 1, field 'office': nothing has the id 'moon-king'",
        ),
        (
            "[[person]]\nid = 'joe-biden'\ntenures = [{office = 'usa-vice-president', start = '2009-02-30'}]\n",
            r"own\.toml, row person 1, tenure 1, field 'start': '2009-02-30' is no date",
        ),
    ],
)
def test_a_bad_row_of_the_users_own_is_refused(tmp_path, text, message):
    with pytest.raises(LexiconError, match=message):
        load_actors(DATA, own(tmp_path, text))
