from pathlib import Path

import pytest

from app.sources import keys

HOME = Path("/home/me")


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("seeds/a.txt", "seeds/a.txt"),
        ("./seeds//a.txt", "seeds/a.txt"),
        ("seeds/../b.txt", "b.txt"),
        ("/home/me/seeds/a.txt", "seeds/a.txt"),
        ("/elsewhere/a.txt", "/elsewhere/a.txt"),
        ("../other/a.txt", "/home/other/a.txt"),
    ],
)
def test_a_path_is_told_relative_to_the_working_directory_when_inside(path, key):
    assert keys.of_path(Path(path), base=HOME) == key


def test_a_file_name_that_is_no_text_gives_a_key_that_can_be_stored():
    key = keys.of_path(Path("caf\udce9.txt"), base=HOME)
    assert key == "caf\\udce9.txt"
    assert key.encode()


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("HTTPS://News.Example:443/A?b=1#top", "https://news.example/A?b=1"),
        ("http://news.example:8080", "http://news.example:8080/"),
        ("https://news.example/a?utm_source=x&id=7&fbclid=y", "https://news.example/a?id=7"),
        ("https://u:p@news.example/a", "https://news.example/a"),
    ],
)
def test_an_address_has_one_canonical_form(address, canonical):
    assert keys.of_address(address) == canonical
    assert keys.of_address(canonical) == canonical


@pytest.mark.parametrize(
    "address", ["", "news.example/a", "ftp://a/b", "https://", "https://a b/", "http://a:x/", "http://[/"]
)
def test_what_is_no_web_address_has_none(address):
    assert keys.of_address(address) is None
