from pathlib import Path

import pytest

from app.errors import Empty, NotText, TooLarge, Unreadable, WrongEncoding
from app.sources import raw


def test_a_file_above_the_limit_is_refused_by_its_size_alone(tmp_path, monkeypatch):
    path = tmp_path / "dump.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    monkeypatch.setattr(Path, "open", lambda *args: pytest.fail("it was opened"))
    with pytest.raises(TooLarge, match=r"dump.txt: 50,000,000 bytes: an article may have up to 10,000,000 bytes"):
        raw.read_bytes(path, name="dump.txt")


def test_a_file_that_grows_while_it_is_read_is_refused_too(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    small = path.stat()
    path.write_bytes(b"1234567890")
    monkeypatch.setattr(Path, "stat", lambda self, **_: small)
    with pytest.raises(TooLarge, match="a.txt: 6 bytes: an article may have up to 5 bytes"):
        raw.read_bytes(path, name="a.txt", max_bytes=5)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(Unreadable, match="a.txt: does not exist"):
        raw.read_bytes(tmp_path / "a.txt", name="a.txt")
    with pytest.raises(Unreadable, match="b: is not a regular file"):
        raw.read_bytes(tmp_path, name="b")


def test_what_the_operating_system_refuses_is_unreadable(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("text")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Unreadable, match="a.txt: Permission denied"):
        raw.read_bytes(path, name="a.txt")


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", Empty, "a: is empty"),
        (b" \r\n\t", Empty, "a: holds nothing but white space"),
        (b"\xef\xbb\xbf", Empty, "a: holds nothing but white space"),
        (b"PK\x03\x04\x00", NotText, "a: binary content: a NUL byte at offset 4"),
        (b"Orb\xe1n", WrongEncoding, "a: byte 0xe1 at offset 3 is not valid UTF-8"),
        ("Moscow".encode("utf-16"), WrongEncoding, "a: is UTF-16 by its byte order mark: save it as UTF-8"),
    ],
)
def test_bytes_that_are_no_text_are_named(data, error, message):
    with pytest.raises(error) as refusal:
        raw.decode(data, name="a")
    assert str(refusal.value) == message


def test_a_byte_order_mark_is_no_part_of_the_text_and_line_ends_are():
    assert raw.decode(b"\xef\xbb\xbfone\r\ntwo\r", name="a") == "one\r\ntwo\r"
