"""Written forms of names: without accents, with a plain apostrophe, and the surname that stands for the whole."""

import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "ə": "a"}
)
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bb": "'", "\u02bc": "'", "\u02bd": "'", "\u2018": "'"})
_PARTICLES = frozenset(
    ("af", "al", "bin", "bint", "da", "dal", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn")
    + ("la", "le", "ten", "ter", "van", "vel", "von", "zu")
)
_ARTICLE = re.compile(r"(?:[Aa]l|[Ee]l)-(?=\w)")
_WORD = re.compile(r"\w+|[^\w\s]")
_REGNAL = re.compile(r"[IVX]+|Jr\.?|Sr\.?")


def plain(text: str) -> str:
    """The text without accents and with ' for every apostrophe.

    >>> plain("Viktor Orbán"), plain("Côte d\u2019Ivoire")
    ('Viktor Orban', "Cote d'Ivoire")
    """
    if text.isascii():
        return text
    split = unicodedata.normalize("NFKD", text.translate(_PLAIN).translate(_APOSTROPHES))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def words(text: str) -> tuple[str, ...]:
    """The plain text as words and signs, as names are looked for.

    >>> words("St. Pölten")
    ('St', '.', 'Polten')
    """
    return tuple(_WORD.findall(plain(text)))


def forms(text: str) -> tuple[str, ...]:
    """How a text may write the name: as it stands and without accents, each with ' and with ’; each once."""
    if text.isascii():
        return (text, text.replace("'", "\u2019")) if "'" in text else (text,)
    written = (text, text.translate(_APOSTROPHES), plain(text))
    return tuple(dict.fromkeys((*written, *(form.replace("'", "\u2019") for form in written))))


def surnames(name: str) -> tuple[str, ...]:
    """What a text calls someone after the full name: the last word with its particles, and other ways to write that.

    The number of a monarch and "Jr." are no surname. A family name that stands first must be given in people.csv.

    >>> surnames("Ursula von der Leyen")
    ('von der Leyen', 'Von der Leyen')
    >>> surnames("Bashar al-Assad")
    ('al-Assad', 'Al-Assad', 'Assad')
    >>> surnames("Dominique de Villepin")
    ('de Villepin', 'De Villepin', 'Villepin')
    """
    words = name.split()
    while len(words) > 1 and _REGNAL.fullmatch(words[-1]):
        words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    whole, last = " ".join(words[start:]), words[-1]
    found = [whole, whole[0].upper() + whole[1:], _ARTICLE.sub("", whole)]
    if len(words) - start == 2 and words[start] in ("de", "di"):
        found.append(last)
    return tuple(dict.fromkeys(found))
