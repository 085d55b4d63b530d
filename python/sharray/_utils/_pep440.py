"""Version numbers as PEP 440 defines them, for comparing versions of other packages.

`parse` gives a `Version`, or a `LegacyVersion` (ordered before every `Version`)
for text that PEP 440 doesn't know.
"""

import functools
import re

__all__ = ["parse", "Version", "LegacyVersion", "InvalidVersion", "VERSION_PATTERN"]

VERSION_PATTERN = r"""
    v?
    (?:(?P<epoch>[0-9]+)!)?
    (?P<release>[0-9]+(?:\.[0-9]+)*)
    (?P<pre>[-_.]?(?P<pre_l>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?P<pre_n>[0-9]+)?)?
    (?P<post>-(?P<post_n1>[0-9]+)|[-_.]?(?P<post_l>post|rev|r)[-_.]?(?P<post_n2>[0-9]+)?)?
    (?P<dev>[-_.]?(?P<dev_l>dev)[-_.]?(?P<dev_n>[0-9]+)?)?
    (?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?
"""

_VERSION = re.compile(r"^\s*" + VERSION_PATTERN + r"\s*$", re.VERBOSE | re.IGNORECASE)
_PRE_NAMES = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}
_BEFORE, _WITH, _AFTER = 0, 1, 2


class InvalidVersion(ValueError):
    """The text is no PEP 440 version."""


@functools.total_ordering
class _BaseVersion:
    """Order and equality by the key that the subclass computes."""

    def __hash__(self):
        return hash(self._key)

    def __eq__(self, other):
        return self._key == other._key if isinstance(other, _BaseVersion) else NotImplemented

    def __lt__(self, other):
        return self._key < other._key if isinstance(other, _BaseVersion) else NotImplemented

    def __repr__(self):
        return f"<{type(self).__name__}({str(self)!r})>"


class LegacyVersion(_BaseVersion):
    """A version in no known form; sorts before all real versions, among themselves by parts."""

    is_prerelease = False
    is_postrelease = False
    local = None

    def __init__(self, version):
        self._version = str(version)
        parts = re.findall(r"\d+|[a-z]+", self._version.lower())
        self._key = (-1, tuple(p.zfill(8) if p.isdigit() else "*" + p for p in parts))

    def __str__(self):
        return self._version

    public = base_version = property(__str__)


class Version(_BaseVersion):
    """A PEP 440 version.

    >>> Version("2.4.0rc1") < Version("2.4")
    True
    """

    def __init__(self, version):
        match = _VERSION.match(version)
        if match is None:
            raise InvalidVersion(f"Invalid version: '{version}'")
        found = match.groupdict()
        self._epoch = int(found["epoch"] or 0)
        self._release = tuple(int(part) for part in found["release"].split("."))
        self._pre = self._part(found["pre"], found["pre_l"], found["pre_n"])
        self._post = self._part(found["post"], "post", found["post_n1"] or found["post_n2"])
        self._dev = self._part(found["dev"], "dev", found["dev_n"])
        self._local = _local_parts(found["local"])
        self._key = self._sort_key()

    @staticmethod
    def _part(present, letter, number):
        if not present:
            return None
        letter = letter.lower()
        return (_PRE_NAMES.get(letter, letter), int(number or 0))

    def _sort_key(self):
        release = self._release
        while len(release) > 1 and release[-1] == 0:
            release = release[:-1]
        if self._pre is not None:
            pre = (_WITH, self._pre)
        elif self._post is None and self._dev is not None:
            pre = (_BEFORE,)  # 1.0.dev1 comes before 1.0a1
        else:
            pre = (_AFTER,)
        post = (_BEFORE,) if self._post is None else (_WITH, self._post)
        dev = (_AFTER,) if self._dev is None else (_WITH, self._dev)
        local = tuple((1, part, "") if isinstance(part, int) else (0, 0, part) for part in self._local or ())
        return (self._epoch, release, pre, post, dev, self._local is not None, local)

    def __str__(self):
        text = self.base_version
        text += "".join(map(str, self._pre)) if self._pre else ""
        text += f".post{self._post[1]}" if self._post else ""
        text += f".dev{self._dev[1]}" if self._dev else ""
        return text + (f"+{self.local}" if self._local else "")

    @property
    def public(self):
        """The version without its local part."""
        return str(self).split("+", 1)[0]

    @property
    def base_version(self):
        """Epoch and release only."""
        epoch = f"{self._epoch}!" if self._epoch else ""
        return epoch + ".".join(map(str, self._release))

    @property
    def local(self):
        """What follows the plus sign, or None."""
        return ".".join(map(str, self._local)) if self._local else None

    @property
    def is_prerelease(self):
        """Whether it is a development, alpha, beta or candidate version."""
        return bool(self._dev or self._pre)

    @property
    def is_postrelease(self):
        """Whether it has a post part."""
        return self._post is not None


def _local_parts(text):
    if text is None:
        return None
    return tuple(int(p) if p.isdigit() else p.lower() for p in re.split(r"[._-]", text))


def parse(version):
    """`Version(version)`, or a `LegacyVersion` where that fails.

    >>> parse("1.10") > parse("1.9")
    True
    """
    try:
        return Version(version)
    except InvalidVersion:
        return LegacyVersion(version)
