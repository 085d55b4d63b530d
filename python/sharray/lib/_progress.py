"""How far the reading of a large file has come, told on a terminal.

Long reads say nothing for minutes otherwise. Only files of more than
`SMALLEST` bytes are told of, and only where standard error is a terminal.
"""

import os
import sys
import time

__all__ = ['told']

# Bytes of the smallest file that is told of.
SMALLEST = 100_000_000
# Seconds between two reports.
PAUSE = 0.5


def told(file, name):
    """`file`, opened from the path `name` to read text, or a stand-in that tells how far it is read.

    Parameters
    ----------
    file : file open for reading text
    name : str
        Its path.

    Returns
    -------
    An object with `read` and lines to iterate over.

    Examples
    --------
    >>> import os
    >>> with open(os.devnull) as file:
    ...     told(file, os.devnull) is file
    True
    """
    try:
        size = os.stat(name).st_size
        watched = sys.stderr.isatty()
    except (OSError, ValueError, AttributeError):
        return file
    return _Told(file, name, size) if watched and size > SMALLEST else file


class _Told:
    """A text file that tells how far it is read."""

    def __init__(self, file, name, size):
        self._file = file
        self._name = os.path.basename(name)
        self._size = size
        self._began = time.monotonic()
        self._next = self._began + PAUSE
        self._width = 0
        self.encoding = getattr(file, 'encoding', None)

    def read(self, size=-1):
        """The next piece of text."""
        text = self._file.read(size)
        self._tell(len(text) == 0)
        return text

    def __iter__(self):
        for number, line in enumerate(self._file):
            if number % 1024 == 0:
                self._tell(False)
            yield line
        self._tell(True)

    def close(self):
        """Close the file, and take the report off the terminal."""
        self._tell(True)
        self._file.close()

    def _position(self):
        """Bytes read from the file itself, which may be compressed."""
        raw = self._file.buffer
        for name in ('raw', 'fileobj', '_fp'):
            raw = getattr(raw, name, raw)
        return raw.tell()

    def _tell(self, over):
        now = time.monotonic()
        if over:
            if self._width:
                self._show('')
                self._width = 0
            return
        if now < self._next:
            return
        self._next = now + PAUSE
        try:
            done = min(self._position() / self._size, 1.0)
        except (OSError, ValueError, AttributeError):
            return
        left = (now - self._began) * (1 - done) / done if done else 0
        self._show(f"{self._name}: {100 * done:.0f} % read, about {left:.0f} s left")

    def _show(self, text):
        try:
            sys.stderr.write('\r' + text.ljust(self._width) + ('' if text else '\r'))
            sys.stderr.flush()
        except (OSError, ValueError, AttributeError):
            return
        self._width = max(self._width, len(text))
