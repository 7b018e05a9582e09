"""The view of an article that its content hash is taken from: what a reader would call the same text.

It has no offsets: extraction works on a view of its own, which has.
"""

import hashlib
import re
import unicodedata

from app.core.model import Article
from app.lexicon.boilerplate import Boilerplate

_LINE_END = re.compile(r"\r\n|[\r\n\u0085\u2028\u2029]")
_DIGEST_BYTES = 20


def normalised(text: str, *, boilerplate: Boilerplate) -> str:
    """The text in NFC, lines ended by a line feed and stripped, empty lines and boilerplate lines dropped."""
    lines = (" ".join(line.split()) for line in _LINE_END.split(unicodedata.normalize("NFC", text)))
    return "\n".join(line for line in lines if line and not boilerplate.is_boilerplate(line))


def content_hash(article: Article, *, boilerplate: Boilerplate) -> str:
    """A digest (40 hexadecimal digits) of the text's view and of what metadata says of the date.

    Equal for two articles from which extraction reads the same: a changed comment form or title is no new revision.
    """
    stated = article.stated_date.edtf if article.stated_date else ""
    month_day = "-".join(map(str, article.stated_month_day or ()))
    content = "\0".join((stated, month_day, normalised(article.text, boilerplate=boilerplate)))
    return hashlib.blake2b(content.encode(), digest_size=_DIGEST_BYTES).hexdigest()
