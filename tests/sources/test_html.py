import pytest

from app.core import calendar
from app.core.model import Article
from app.errors import Empty, NotText, SourceError, WrongEncoding
from app.sources import html

BODY = """
<article><h1>Envoys meet in Geneva</h1>
<p>The envoys of two states met in Geneva, and each described the talks as useful and frank to reporters.</p>
<p>On February 3, 2019, another summit had taken place, and the report of 2018-05-06 says more on that.</p>
</article>
<footer><p>Copyright 2011</p><time datetime="2024-06-01">today</time></footer>
"""
JSON_LD = """<script type="application/ld+json">
{"@type": "NewsArticle", "dateModified": "2023-03-03", "datePublished": "2022-01-28T10:00:00Z"}</script>"""
ADDRESS = '<link rel="canonical" href="https://News.example/2022/01/27/envoys?utm_source=x">'
OUTLET = '<meta property="og:site_name" content="Example Daily">'
TIME = '<article><header><time datetime="2022-01-26T08:00">Wednesday</time></header>'


def page(*head: str, body: str = BODY) -> str:
    return f"<!doctype html><html><head>{''.join(head)}<title>Envoys meet</title></head><body>{body}</body></html>"


def article(*head: str, body: str = BODY) -> Article:
    return html.article(page(*head, body=body), name="a.html")


def read(folder, data: bytes) -> Article | SourceError:
    path = folder / "a.html"
    path.write_bytes(data)
    [found] = html.read(path, base=folder)
    return found


def test_a_page_gives_its_article_without_its_furniture():
    found = article(OUTLET, ADDRESS)
    assert found.text.count("Geneva") >= 1
    assert "Copyright" not in found.text
    assert (found.outlet, found.title) == ("Example Daily", "Envoys meet in Geneva")
    assert found.key == found.address == "https://news.example/2022/01/27/envoys"


def test_without_an_address_the_key_is_the_file():
    found = article()
    assert (found.key, found.address) == ("a.html", None)


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ((JSON_LD,), BODY, "2022-01-28"),
        (('<meta property="article:published_time" content="2022-01-28T23:00:00+03:00">',), BODY, "2022-01-28"),
        (('<meta name="date" content="2022-01-28">', ADDRESS), BODY, "2022-01-28"),
        (('<meta itemprop="datePublished" content="1994-01-28">',), BODY, "1994-01-28"),
        ((ADDRESS,), BODY, "2022-01-27"),
        ((), BODY.replace("<article>", TIME), "2022-01-26"),
    ],
)
def test_the_date_is_what_the_metadata_say(head, body, date):
    assert article(*head, body=body).stated_date == calendar.parse(date)


@pytest.mark.parametrize(
    "head",
    [
        (),
        ('<meta property="article:modified_time" content="2023-03-03">',),
        ('<meta property="og:image" content="https://news.example/2017/05/06/envoy.jpg">',),
        ('<meta name="description" content="On 2022-01-28 the envoys met.">',),
        ('<script type="application/ld+json">{"dateModified": "2023-03-03"}</script>',),
        ('<script>var crawled = "2022-05-05";</script>',),
    ],
)
def test_dates_in_the_text_of_later_changes_or_of_other_things_are_not_the_articles(head):
    assert article(*head).stated_date is None


def test_a_time_element_inside_the_narrative_is_not_the_articles_date():
    told = BODY.replace("February 3, 2019", '<time datetime="2019-02-03">February 3, 2019</time>')
    assert article(body=told).stated_date is None


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252"])
def test_the_declared_charset_is_used(tmp_path, charset):
    text = page(f'<meta charset="{charset}">', body=BODY.replace("The envoys", "Orb\u00e1n\u2019s envoys"))
    found = read(tmp_path, text.encode("cp1252"))
    assert isinstance(found, Article)
    assert "Orb\u00e1n\u2019s envoys" in found.text


def test_a_page_that_declares_utf_16_in_ascii_is_utf_8(tmp_path):
    assert isinstance(read(tmp_path, page('<meta charset="utf-16">').encode()), Article)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_counts_before_what_is_declared(tmp_path, mark):
    found = read(tmp_path, page('<meta charset="iso-8859-1">', body=BODY.replace("envoys", "\u0161")).encode(mark))
    assert isinstance(found, Article)
    assert "\u0161" in found.text


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (
            page('<meta charset="klingon">').encode(),
            WrongEncoding,
            "declares the charset 'klingon', which is not known",
        ),
        (page('<meta charset="rot13">').encode(), WrongEncoding, "declares the charset 'rot13', which is not known"),
        (page(body=BODY + "\u00e9").encode("latin-1"), WrongEncoding, "is not valid UTF-8"),
        (b"<html>\x00", NotText, "binary content"),
        (b"", Empty, "is empty"),
        (b"<html><body></body></html>", Empty, "no article text was found on the page"),
    ],
)
def test_a_page_without_an_article_is_an_error(tmp_path, data, error, message):
    found = read(tmp_path, data)
    assert isinstance(found, error)
    assert str(found).startswith("a.html: ")
    assert message in str(found)
