import pytest

from app.core import calendar
from app.core.model import Article
from app.errors import Empty, Malformed, NotText, SourceError, TooLarge, Unreadable, WrongEncoding
from app.sources import text

FRONT = """\ufeff+++
outlet = "Example Agency"
title = "Talks"
date = "XXXX-02-02"
author = "A. Writer"
language = "en"
+++
"""


def read(folder, data: bytes | str) -> Article | SourceError:
    path = folder / "a.txt"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    [found] = text.read(path, base=folder)
    return found


def test_a_plain_file_is_an_article_of_its_text_as_given(tmp_path):
    assert read(tmp_path, "e\u0301 one\r\n\r\n two \n") == Article("a.txt", "e\u0301 one\r\n\r\n two \n")


def test_front_matter_tells_about_the_text_that_follows_it(tmp_path):
    assert read(tmp_path, FRONT + "\nMoscow said.\n") == Article(
        "a.txt", "\nMoscow said.\n", outlet="Example Agency", title="Talks", stated_month_day=(2, 2)
    )


def test_a_bare_number_is_taken_for_the_year_it_is(tmp_path):
    found = read(tmp_path, "+++\ndate = 2022\n+++\nText")
    assert isinstance(found, Article)
    assert found.stated_date == calendar.parse("2022")


@pytest.mark.parametrize("given", ['"2022-01-28"', "2022-01-28", "2022-01-28T10:00:00Z"])
def test_a_date_may_be_a_text_or_a_day_of_toml(tmp_path, given):
    found = read(tmp_path, f"+++\r\ndate = {given}\r\n+++\r\nText")
    assert isinstance(found, Article)
    assert (found.text, found.stated_date) == ("Text", calendar.parse("2022-01-28"))


def test_an_address_is_the_key_in_its_canonical_form(tmp_path):
    found = read(tmp_path, '+++\nurl = "HTTPS://News.example/a#top"\n+++\nText')
    assert isinstance(found, Article)
    assert found.key == found.address == "https://news.example/a"


def test_fences_count_only_at_the_top(tmp_path):
    found = read(tmp_path, "Text\n+++\nmore\n+++\n")
    assert isinstance(found, Article)
    assert found.text == "Text\n+++\nmore\n+++\n"


@pytest.mark.parametrize(
    ("matter", "message"),
    [
        (
            'titel = "x"',
            "front matter key 'titel' (value 'x') is not known: accepted are outlet, title, address, date,",
        ),
        ("title = 3", "front matter title = 3: accepted is a text in quotes that is not empty"),
        ('outlet = "  "', "front matter outlet = '  ': accepted is a text in quotes that is not empty"),
        ("language = 1", "front matter language = 1: accepted is a text in quotes"),
        ('date = "last week"', "front matter date = 'last week': use EDTF (2022-01-28"),
        ('address = "news"', "front matter address = 'news': accepted is a web address, https://..."),
        ('url = "https://a/"\naddress = "https://a/"', "front matter has 'address' twice, once as 'address'"),
        ("title = nothing", "front matter is not TOML: Invalid value (at line 1, column 9)"),
    ],
)
def test_front_matter_that_breaks_a_rule_names_key_value_and_what_is_accepted(tmp_path, matter, message):
    found = read(tmp_path, f"+++\n{matter}\n+++\nText")
    assert isinstance(found, Malformed)
    assert str(found).startswith("a.txt: ")
    assert message in str(found)


def test_front_matter_that_never_closes_is_malformed(tmp_path):
    found = read(tmp_path, '+++\ntitle = "x"\nText')
    assert isinstance(found, Malformed)
    assert str(found) == "a.txt: front matter opens with '+++' and never closes: close it with a line '+++'"


def test_front_matter_with_nothing_after_it_is_empty(tmp_path):
    found = read(tmp_path, FRONT + "\n \n")
    assert isinstance(found, Empty)
    assert str(found) == "a.txt: holds no text after its front matter"


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", Empty), (b"\x00", NotText), (b"caf\xe9", WrongEncoding), (b"x" * 10_000_001, TooLarge)],
)
def test_a_file_that_is_no_text_is_a_value_in_the_stream(tmp_path, data, error):
    assert isinstance(read(tmp_path, data), error)


def test_a_missing_file_is_unreadable(tmp_path):
    [found] = text.read(tmp_path / "none.txt", base=tmp_path)
    assert isinstance(found, Unreadable)
