from pathlib import Path

import pytest

from tests.browser import npm

SOME = npm.Package("@some/package", "1.2.3", "sha512-something")


def test_an_archive_that_is_not_the_pinned_one_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm, "CACHE", tmp_path)
    (tmp_path / "some-package-1.2.3.tgz").write_bytes(b"something else")
    with pytest.raises(AssertionError, match=r"is not the @some/package 1\.2\.3 that was pinned"):
        SOME.read("index.js")


def test_without_npm_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm, "CACHE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(npm.NoPackage, match="npm is not installed"):
        SOME.read("index.js")
