"""Files in memory, for one run: `open()` and what `os` says about files.

At the beginning there is a working directory that holds the program, and an empty `/tmp`. Nothing of it takes time.
"""

import io
import posixpath
import time
from _environment import program as _program

_DIRECTORY, _FILE = 0o040755, 0o100644
_here = '/sandbox'


class stat_result:
    """What `os.stat` knows of a file or directory."""

    def __init__(self, mode, size, modified):
        self.st_mode, self.st_size, self.st_nlink = mode, size, 1
        self.st_mtime = self.st_atime = self.st_ctime = modified
        self.st_uid = self.st_gid = self.st_dev = self.st_ino = 0


class _Node:
    def __init__(self, data=None):
        self.data = data
        self.modified = time.time()

    def stat(self):
        if self.data is None:
            return stat_result(_DIRECTORY, 4096, self.modified)
        return stat_result(_FILE, len(self.data), self.modified)


def _new_tree():
    name, source = _program()
    return {'/': _Node(), _here: _Node(), '/tmp': _Node(), f'{_here}/{name}': _Node(bytearray(source.encode()))}


_tree = _new_tree()


def _text(path):
    import os
    return os.fsdecode(path)


def _whole(path):
    return posixpath.normpath(posixpath.join(_here, _text(path)))


def _find(path):
    node = _tree.get(_whole(path)) if _text(path) else None
    if node is None:
        raise FileNotFoundError(2, 'No such file or directory', path)
    if node.data is not None and _text(path).endswith('/'):
        raise NotADirectoryError(20, 'Not a directory', path)
    return node


def _find_directory(path):
    node = _find(path)
    if node.data is not None:
        raise NotADirectoryError(20, 'Not a directory', path)
    return _whole(path)


def _place(path):
    """The whole path of something that may be made there."""
    whole = _whole(path)
    above = _tree.get(posixpath.dirname(whole))
    if above is None or not _text(path):
        raise FileNotFoundError(2, 'No such file or directory', path)
    if above.data is not None:
        raise NotADirectoryError(20, 'Not a directory', path)
    return whole


def _below(whole):
    return whole.rstrip('/') + '/'


# What `os` says.

def stat(path, *, dir_fd=None, follow_symlinks=True):
    return _find(path).stat()


def lstat(path, *, dir_fd=None):
    return _find(path).stat()


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    return _whole(path) in _tree


def getcwd():
    return _here


def chdir(path):
    global _here
    _here = _find_directory(path)


def listdir(path='.'):
    start = _below(_find_directory(path))
    return [whole[len(start):] for whole in _tree
            if whole.startswith(start) and whole != start and '/' not in whole[len(start):]]


class DirEntry:
    def __init__(self, folder, name):
        self.name, self.path = name, posixpath.join(folder, name)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

    def is_dir(self, *, follow_symlinks=True):
        return _find(self.path).data is None

    def is_file(self, *, follow_symlinks=True):
        return not self.is_dir()

    def is_symlink(self):
        return False

    def stat(self, *, follow_symlinks=True):
        return stat(self.path)


class scandir:
    def __init__(self, path='.'):
        self._entries = iter([DirEntry(path, name) for name in listdir(path)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        self._entries = iter(())


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = _text(top)
    try:
        entries = list(scandir(top))
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    folders = [entry.name for entry in entries if entry.is_dir()]
    found = top, folders, [entry.name for entry in entries if entry.is_file()]
    if topdown:
        yield found
    for name in folders:
        yield from walk(posixpath.join(top, name), topdown, onerror)
    if not topdown:
        yield found


def mkdir(path, mode=0o777, *, dir_fd=None):
    whole = _place(path)
    if whole in _tree:
        raise FileExistsError(17, 'File exists', path)
    _tree[whole] = _Node()


def makedirs(name, mode=0o777, exist_ok=False):
    whole = _whole(name)
    above = posixpath.dirname(whole)
    if above not in _tree:
        makedirs(above, exist_ok=True)
    if not (exist_ok and whole in _tree and _tree[whole].data is None):
        mkdir(name)


def rmdir(path, *, dir_fd=None):
    whole = _find_directory(path)
    if listdir(path):
        raise OSError(39, 'Directory not empty', path)
    del _tree[whole]


def remove(path, *, dir_fd=None):
    if _find(path).data is None:
        raise IsADirectoryError(21, 'Is a directory', path)
    del _tree[_whole(path)]


unlink = remove


def replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    node, old, new = _find(src), _whole(src), _place(dst)
    known = _tree.get(new)
    if known is not None and (known.data is None) != (node.data is None):
        if node.data is None:
            raise NotADirectoryError(20, 'Not a directory', src, None, dst)
        raise IsADirectoryError(21, 'Is a directory', src, None, dst)
    if known is not None and known.data is None and new != old and listdir(dst):
        raise OSError(39, 'Directory not empty', src, None, dst)
    start = _below(old)
    for whole in [whole for whole in _tree if whole == old or whole.startswith(start)]:
        _tree[new + whole[len(old):]] = _tree.pop(whole)


rename = replace


# What `open` gives.

class FileIO(io.RawIOBase):
    """One opened file: a place in its bytes."""

    def __init__(self, name, mode):
        super().__init__()
        self.name, self.mode = name, mode
        plus = '+' in mode
        self._reads, self._writes = 'r' in mode or plus, 'r' not in mode or plus
        whole = _whole(name)
        node = _tree.get(whole)
        if 'r' in mode:
            node = _find(name)
        elif 'x' in mode and node is not None:
            raise FileExistsError(17, 'File exists', name)
        if node is None:
            node = _tree[_place(name)] = _Node(bytearray())
        if node.data is None:
            raise IsADirectoryError(21, 'Is a directory', name)
        if 'w' in mode:
            node.data.clear()
        self._node, self._at = node, 0
        if 'a' in mode:
            self._at = len(node.data)

    def readable(self):
        return self._reads

    def writable(self):
        return self._writes

    def seekable(self):
        return True

    def readinto(self, buffer):
        if not self._reads:
            raise io.UnsupportedOperation('File not open for reading')
        part = self._node.data[self._at:self._at + len(buffer)]
        buffer[:len(part)] = part
        self._at += len(part)
        return len(part)

    def write(self, data):
        if not self._writes:
            raise io.UnsupportedOperation('File not open for writing')
        data, held = bytes(data), self._node.data
        if 'a' in self.mode:
            self._at = len(held)
        held.extend(bytes(max(0, self._at - len(held))))
        held[self._at:self._at + len(data)] = data
        self._at += len(data)
        self._node.modified = time.time()
        return len(data)

    def seek(self, offset, whence=0):
        at = offset + (0, self._at, len(self._node.data))[whence]
        if at < 0:
            raise OSError(22, 'Invalid argument')
        self._at = at
        return at

    def tell(self):
        return self._at

    def truncate(self, size=None):
        size, data = self._at if size is None else size, self._node.data
        del data[size:]
        data.extend(bytes(size - len(data)))
        return size


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if isinstance(file, int) or opener is not None:
        raise NotImplementedError('open() takes a path here: there are no file descriptors')
    _text(file)
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    if set(mode) - set('rwaxbt+') or len(set(mode)) != len(mode):
        raise ValueError(f'invalid mode: {mode!r}')
    if 'b' in mode and 't' in mode:
        raise ValueError("can't have text and binary mode at once")
    if sum(letter in 'rwax' for letter in mode) != 1:
        raise ValueError('must have exactly one of create/read/write/append mode')
    binary = 'b' in mode
    for name, value in ('encoding', encoding), ('errors', errors), ('newline', newline):
        if binary and value is not None:
            raise ValueError(f"binary mode doesn't take {'a' if name[0] == 'n' else 'an'} {name} argument")
    if buffering == 0 and not binary:
        raise ValueError("can't have unbuffered text I/O")
    raw = FileIO(file, mode.replace('t', '').replace('b', ''))
    if buffering == 0:
        return raw
    kind = io.BufferedRandom if '+' in mode else io.BufferedReader if 'r' in mode else io.BufferedWriter
    buffer = kind(raw, buffering if buffering > 1 else io.DEFAULT_BUFFER_SIZE)
    if binary:
        return buffer
    text = io.TextIOWrapper(buffer, encoding or 'UTF-8', errors, newline, line_buffering=buffering == 1)
    text.mode = mode
    return text
