"""Files of npm packages for the tests: exact versions, checked against a pinned digest, kept under .venv, and never installed.

A package is fetched as one archive, without its dependencies and without running anything of it.
"""

import shutil
import subprocess
import tarfile
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha512
from pathlib import Path
from tempfile import TemporaryDirectory

CACHE = Path(__file__).parents[2] / ".venv" / "npm"
TIMEOUT_S = 300


class NoPackage(Exception):
    """The package can't be had here; says why."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of that very version; `integrity` is npm's: the algorithm's name and the base64 of the archive's digest."""

    name: str
    version: str
    integrity: str

    def read(self, *paths: str) -> dict[str, bytes]:
        """The files of those paths inside the package. Raises NoPackage where npm is missing or fetches nothing.

        An archive of another digest is an AssertionError: something is wrong that no test should pass over.
        """
        with tarfile.open(self._archive()) as archive:
            wanted = {f"package/{path}": path for path in paths}
            found = {member.name: archive.extractfile(member) for member in archive if member.name in wanted}
            return {wanted[name]: file.read() for name, file in found.items() if file}

    def _archive(self) -> Path:
        kept = CACHE / f"{self.name.replace('/', '-').lstrip('@')}-{self.version}.tgz"
        if not kept.exists():
            self._fetch(kept)
        digest = b64encode(sha512(kept.read_bytes()).digest()).decode()
        assert f"sha512-{digest}" == self.integrity, f"{kept} is not the {self.name} {self.version} that was pinned"
        return kept

    def _fetch(self, kept: Path) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise NoPackage("npm is not installed")
        with TemporaryDirectory() as folder:
            command = [npm, "pack", f"{self.name}@{self.version}", "--ignore-scripts", "--pack-destination", folder]
            try:
                subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT_S)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
                raise NoPackage(f"npm fetched no {self.name}@{self.version}: {str(error.stderr)[-300:]}") from error
            [archive] = Path(folder).glob("*.tgz")
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(archive, kept)


TIMELINEJS = Package(
    "@knight-lab/timelinejs",
    "3.9.11",
    "sha512-+jUuY1OJ+9zSO5O3AfYSLd1yB0vQkm22zyIElz8BWT5DQ9mL0rsxlQkBKAqLbWpJjFuAAJeqzLY35xFIg6GW4g==",
)
VIS = Package(
    "vis-timeline",
    "8.5.4",
    "sha512-Xt7RNrRvOkQiSyk6vFTXSRwTunT0y9MzDgHY8N8H9nPuebJ6Vg+u3xnv0Swbxna/Pa2E3HjaBblEIQiK74E01Q==",
)
