"""Web pages: trafilatura finds the article on the page, htmldate its date, from metadata alone."""

import codecs
import logging
import re
from collections.abc import Iterator
from pathlib import Path

from htmldate import find_date
from lxml import html as lxml_html
from lxml.html import HtmlElement
from trafilatura import extract
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document
from trafilatura.utils import load_html

from app.core.model import Article
from app.errors import Empty, SourceError, WrongEncoding
from app.sources import keys, raw, stated

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CHARSET_WINDOW = 1024  # where the HTML standard has a browser look for it
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_AS_BROWSERS_DO = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252") | dict.fromkeys(
    ("utf-16", "utf-16le", "utf-16be"),
    "utf-8",  # a declaration that can be read as ASCII cannot be true
)

_DATE_KEY = re.compile(r"date|publish|issued|created|time")
_LATER_KEY = re.compile(r"modif|updat|revis|expir|access|crawl|ttl|timeout|timezone")
_OWN_TIME = (
    "//time[@datetime][not(ancestor::p or ancestor::li or ancestor::blockquote or ancestor::figure or ancestor::nav"
    " or ancestor::footer or ancestor::aside)][ancestor::article or ancestor::main or @pubdate"
    " or contains(@itemprop, 'datePublished') or starts-with(@class, 'entry-date') or contains(@class, 'publish')]"
)
_EARLIEST, _LATEST = "1000-01-01", "9999-12-31"


def read(path: Path, *, base: Path) -> Iterator[Article | SourceError]:
    """The one article on the page, or the one reason why there is none."""
    name = keys.of_path(path, base=base)
    try:
        data = raw.read_bytes(base / path, name=name)
        yield article(raw.decode(data, name=name, encoding=charset(data, name=name)), name=name)
    except SourceError as error:
        yield error


def charset(data: bytes, *, name: str) -> str:
    """The encoding that the page declares, by its byte order mark or a meta element; UTF-8 where it declares none."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    found = _CHARSET.search(data[:_CHARSET_WINDOW])
    declared = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    encoding = _AS_BROWSERS_DO.get(declared, declared)
    try:
        b" ".decode(encoding)
    except LookupError as error:
        raise WrongEncoding(name, f"declares the charset {declared!r}, which is not known: use UTF-8") from error
    return encoding


def article(page: str, *, name: str) -> Article:
    """The article on a decoded page: its main text, title, outlet, canonical address and stated date."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it logs as errors, we report as ours
    tree = load_html(page)
    text = extract(page, include_comments=False, include_tables=False) if tree is not None else None
    if tree is None or not text or not text.strip():
        raise Empty(name, "no article text was found on the page")
    about = extract_metadata(tree, extensive=False)
    address = keys.of_address(about.url) if about.url else None
    return Article(
        key=address or name,
        text=text,
        outlet=_outlet(about),
        title=about.title or None,
        address=address,
        stated_date=published(tree, address=address).span,
    )


def _outlet(about: Document) -> str | None:
    return about.sitename or about.hostname or None


def published(tree: HtmlElement, *, address: str | None) -> stated.Stated:
    """The day on which the page says it was published: JSON-LD, meta elements, its own time element, its address.

    htmldate falls back on dates in the running text even in its fast mode, and takes the oldest of many `time`
    elements; so it is shown a page that holds the metadata alone, without dates of later changes.
    """
    found = find_date(
        _metadata_alone(tree),
        extensive_search=False,
        original_date=True,
        url=address,
        deferred_url_extractor=True,
        min_date=_EARLIEST,
        max_date=_LATEST,
    )
    return stated.read(found) if found else stated.Stated()


def _metadata_alone(tree: HtmlElement) -> HtmlElement:
    page = lxml_html.document_fromstring("<html><head></head><body></body></html>")
    head, body = page.find("head"), page.find("body")
    for meta in tree.iter("meta"):
        key = " ".join(meta.get(name, "") for name in ("name", "property", "itemprop")).lower()
        if _DATE_KEY.search(key) and not _LATER_KEY.search(key):
            head.append(lxml_html.Element("meta", dict(meta.attrib)))
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and '"datePublished"' in (script.text or ""):
            head.append(_copy(script))
    for time in tree.xpath(_OWN_TIME)[:1]:
        body.append(lxml_html.Element("time", dict(time.attrib)))
    return page


def _copy(script: HtmlElement) -> HtmlElement:
    copy = lxml_html.Element("script", dict(script.attrib))
    copy.text = script.text
    return copy
