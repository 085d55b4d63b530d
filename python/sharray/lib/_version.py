"""Comparison of version strings."""

import re

__all__ = ['NumpyVersion']


class NumpyVersion:
    """A version such as ``'1.8.0'``, ``'1.9.0rc1'`` or ``'1.9.0.dev-f16acvda'``.

    Compares with others and with strings: pre-releases (a, b, rc) come
    before the release, development versions before what they lead to.
    ValueError for other strings.

    Parameters
    ----------
    vstring : str
        A version, such as '1.9.0'.

    Examples
    --------
    >>> np.lib.NumpyVersion('1.9.0rc1') < '1.9.0'
    True
    """

    __module__ = "numpy.lib"

    def __init__(self, vstring):
        self.vstring = vstring
        main = re.match(r'\d+\.\d+\.\d+', vstring)
        if not main:
            raise ValueError(f"Not a valid numpy version string: {vstring!r}")
        self.version = main.group()
        self.major, self.minor, self.bugfix = map(int, self.version.split('.'))
        rest = vstring[main.end() :]
        before = re.match(r'(a|b|rc)\d', rest)
        self.pre_release = before.group() if before else ('' if 'dev' in rest else 'final')
        self.is_devversion = bool(re.search(r'\.dev', vstring))

    def _key(self):
        # As text: 'a1' < 'b1' < 'final' < 'rc1' would be wrong for the last,
        # so the release gets a letter behind.
        release = 'z' if self.pre_release == 'final' else self.pre_release
        return self.major, self.minor, self.bugfix, release, not self.is_devversion

    def _compare(self, other):
        """-1, 0 or 1."""
        if isinstance(other, str):
            other = NumpyVersion(other)
        elif not isinstance(other, NumpyVersion):
            raise ValueError(f"Invalid object to compare with NumpyVersion: {type(other)}.")
        mine, theirs = self._key(), other._key()
        return (mine > theirs) - (mine < theirs)

    def __lt__(self, other):
        return self._compare(other) < 0

    def __le__(self, other):
        return self._compare(other) <= 0

    def __eq__(self, other):
        return self._compare(other) == 0

    def __ne__(self, other):
        return self._compare(other) != 0

    def __gt__(self, other):
        return self._compare(other) > 0

    def __ge__(self, other):
        return self._compare(other) >= 0

    def __repr__(self):
        return f"NumpyVersion({self.vstring})"
