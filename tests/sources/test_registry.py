from pathlib import Path

import pytest

from app.core.model import Article
from app.errors import Malformed
from app.sources import registry


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.TXT", "Moscow said."),
        ("a.jsonl", '{"id": 1, "text": "Moscow said."}'),
        (
            "a.htm",
            "<html><body><article><p>Moscow said that it would answer the proposals soon.</p></article></body></html>",
        ),
    ],
)
def test_the_suffix_in_any_case_tells_the_reader(tmp_path, name, data):
    (tmp_path / name).write_text(data)
    [found] = registry.read(tmp_path / name, base=tmp_path)
    assert isinstance(found, Article)
    assert found.text.startswith("Moscow said")


def test_a_suffix_without_reader_is_an_error_that_lists_the_others():
    [found] = registry.read(Path("a.pdf"), base=Path.cwd())
    assert isinstance(found, Malformed)
    assert ".txt, .html, .htm, .jsonl" in str(found)
