"""Files by name: local or remote, plain or compressed.

Remote files are downloaded once, into a folder that is removed with the
`DataSource` unless the caller named one.
"""

import os
from contextlib import suppress

from .._utils import set_module

_open = open


def _check_mode(mode, encoding, newline):
    """Refuse modes and options that contradict each other."""
    if 't' in mode:
        if 'b' in mode:
            raise ValueError(f"Invalid mode: {mode!r}")
        return
    if encoding is not None:
        raise ValueError("Argument 'encoding' not supported in binary mode")
    if newline is not None:
        raise ValueError("Argument 'newline' not supported in binary mode")


class _FileOpeners:
    """The `open` function for each file name ending; '' is a plain file.

    Decompressors are imported when they are first asked for, and missing
    ones are left out.
    """

    _MODULES = {'.bz2': 'bz2', '.gz': 'gzip', '.xz': 'lzma', '.lzma': 'lzma'}

    def __init__(self):
        self._openers = None

    def _load(self):
        if self._openers is None:
            import importlib

            openers = {None: _open}
            for ending, module in self._MODULES.items():
                with suppress(ImportError):
                    openers[ending] = importlib.import_module(module).open
            self._openers = openers
        return self._openers

    def keys(self):
        """The endings that can be opened, None among them."""
        return list(self._load())

    def __getitem__(self, key):
        return self._load()[key]


_file_openers = _FileOpeners()


def open(path, mode='r', destpath=os.curdir, encoding=None, newline=None):
    """Open `path`, a file or a URL, decompressing by the ending of its name.

    A remote file is downloaded into `destpath` (None: a temporary folder).
    FileNotFoundError if there is no such file.

    >>> import os
    >>> np.lib._datasource.open(os.devnull).read()
    ''
    """
    return DataSource(destpath).open(path, mode, encoding=encoding, newline=newline)


@set_module('numpy.lib.npyio')
class DataSource:
    """Opens local and remote files; downloads go to the folder `destpath`.

    With ``destpath=None`` the folder is temporary and goes with the object.

    Parameters
    ----------
    destpath : str or path, optional
        The folder for files that are fetched; None takes one that is removed in the end.

    Examples
    --------
    >>> np.lib.npyio.DataSource().exists('/no/such/file')
    False
    """

    def __init__(self, destpath=os.curdir):
        self._istmpdest = destpath is None
        if self._istmpdest:
            import tempfile

            self._destpath = tempfile.mkdtemp()
        else:
            self._destpath = os.path.abspath(destpath)

    def __del__(self):
        if getattr(self, '_istmpdest', False):
            import shutil

            shutil.rmtree(self._destpath, ignore_errors=True)

    def _iszip(self, filename):
        """Whether the name ends as a compressed file's does."""
        return os.path.splitext(filename)[1] in _file_openers.keys()

    def _iswritemode(self, mode):
        return any(letter in 'w+' for letter in mode)

    def _splitzipext(self, filename):
        """The name and its ending, if that means compression, else None."""
        if self._iszip(filename):
            return os.path.splitext(filename)
        return filename, None

    def _possible_names(self, filename):
        """The name itself, and with each ending of a compressed file."""
        names = [filename]
        if not self._iszip(filename):
            names += [filename + ending for ending in _file_openers.keys() if ending]
        return names

    def _isurl(self, path):
        from urllib.parse import urlparse

        parts = urlparse(path)
        return bool(parts.scheme and parts.netloc)

    def _cache(self, path):
        """Fetch the file at a URL into the folder; its local name."""
        import shutil
        from urllib.request import urlopen

        local = self.abspath(path)
        os.makedirs(os.path.dirname(local), exist_ok=True)
        if self._isurl(path):
            with urlopen(path) as remote, _open(local, 'wb') as copy:
                shutil.copyfileobj(remote, copy)
        else:
            shutil.copyfile(path, local)
        return local

    def _findfile(self, path):
        """The local name of an existing file, fetched if need be, or None."""
        if not self._isurl(path):
            candidates = self._possible_names(path)
            candidates += self._possible_names(self.abspath(path))
        else:
            candidates = self._possible_names(self.abspath(path))
            candidates += self._possible_names(path)
        for name in candidates:
            if self.exists(name):
                return self._cache(name) if self._isurl(name) else name
        return None

    def abspath(self, path):
        """Where `path` is, or would be, in the folder of this source.

        Parameters
        ----------
        path : str
            A path or a URL.

        Returns
        -------
        str.

        Examples
        --------
        >>> np.lib.npyio.DataSource(".").abspath("no_such_file").endswith("no_such_file")
        True
        """
        from urllib.parse import urlparse

        # A path given in full needs no folder in front.
        parts = path.split(self._destpath, 2)
        if len(parts) > 1:
            path = parts[1]
        parsed = urlparse(path)
        return os.path.join(
            self._destpath, self._sanitize_relative_path(parsed.netloc), self._sanitize_relative_path(parsed.path)
        )

    def _sanitize_relative_path(self, path):
        """`path` without anything that could lead out of the folder."""
        previous = None
        path = os.path.normpath(path)
        while path != previous:
            previous = path
            for leading in (os.sep, '/', os.pardir + os.sep, '../', os.pardir, '..'):
                path = path.removeprefix(leading)
            path = os.path.splitdrive(path)[1]
        return '' if path == os.curdir else path

    def exists(self, path):
        """Whether `path` is a file here, in the folder, or behind a URL.

        Parameters
        ----------
        path : str
            A path or a URL.

        Returns
        -------
        bool.

        Examples
        --------
        >>> np.lib.npyio.DataSource(".").exists("no_such_file")
        False
        """
        if os.path.exists(path):
            return True
        from urllib.error import URLError
        from urllib.request import urlopen

        if os.path.exists(self.abspath(path)):
            return True
        if self._isurl(path):
            try:
                urlopen(path).close()
            except URLError:
                return False
            return True
        return False

    def open(self, path, mode='r', encoding=None, newline=None):
        """Open the file at `path`; see the function `open`.

        Parameters
        ----------
        path : str
            A path or a URL; compressed files are unpacked.
        mode : str, optional
            As of `open`.
        encoding : str, optional
            Of text.
        newline : str, optional
            As of `open`.

        Returns
        -------
        open file.

        Examples
        --------
        >>> np.savetxt("numbers.txt", [1, 2], fmt="%d")
        >>> with np.lib.npyio.DataSource(".").open("numbers.txt") as file:
        ...     file.read().split()
        ['1', '2']
        """
        if self._isurl(path) and self._iswritemode(mode):
            raise ValueError("URLs are not writeable")
        if 'b' in mode:
            _check_mode(mode, encoding, newline)
        found = self._findfile(path)
        if found is None:
            raise FileNotFoundError(f"{path} not found.")
        ending = self._splitzipext(found)[1]
        if ending == '.bz2':
            mode = mode.replace('+', '')
        opener = _file_openers[ending]
        if ending and 't' not in mode and 'b' not in mode:
            # Compressed files are bytes unless text is asked for.
            return opener(found, mode=mode)
        return opener(found, mode=mode, encoding=encoding, newline=newline)


class Repository(DataSource):
    """A `DataSource` whose paths are relative to a base URL or folder.

    >>> import sharray.lib._datasource as source
    >>> source.Repository('/no/such/folder').exists('file')
    False
    """

    def __init__(self, baseurl, destpath=os.curdir):
        super().__init__(destpath=destpath)
        self._baseurl = baseurl

    def _fullpath(self, path):
        """`path` with the base in front, unless it is there."""
        if len(path.split(self._baseurl, 2)) > 1:
            return path
        return os.path.join(self._baseurl, path)

    def _findfile(self, path):
        return super()._findfile(self._fullpath(path))

    def abspath(self, path):
        """Where `path` is, or would be, in the local folder."""
        return super().abspath(self._fullpath(path))

    def exists(self, path):
        """Whether there is such a file below the base."""
        return super().exists(self._fullpath(path))

    def open(self, path, mode='r', encoding=None, newline=None):
        """Open a file below the base."""
        return super().open(self._fullpath(path), mode, encoding=encoding, newline=newline)

    def listdir(self):
        """The files in the base folder; NotImplementedError for a URL."""
        if self._isurl(self._baseurl):
            raise NotImplementedError("Directory listing of URLs, not supported yet.")
        return os.listdir(self._baseurl)
