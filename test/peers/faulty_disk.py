"""A disk that fails as it is told: Debian's fusepy over a folder. `faulty_disk.py FOLDER MOUNT`, then lines on stdin.

A line is a fault, empty: none. `hang` nothing ends until the next line; `slow` each operation takes 50 ms; `write-fails`,
`sync-fails` EIO; `short` half of the bytes of footage are written; `read-only` EROFS. Each line is answered by "ok".
"""

import errno
import os
import sys
import threading
import time

from fusepy import FUSE, FuseOSError, Operations

fault = ""
changed = threading.Condition()


def failing(name, code):
    if fault == name:
        raise FuseOSError(code)


class Disk(Operations):
    def __init__(self, folder):
        self.folder = folder

    def __call__(self, operation, *args):
        with changed:
            while fault == "hang":
                changed.wait()
        if fault == "slow":
            time.sleep(0.05)
        return super().__call__(operation, *args)

    def at(self, path):
        return os.path.join(self.folder, path.lstrip("/"))

    def access(self, path, mode):
        if mode & os.W_OK:
            failing("read-only", errno.EROFS)
        return 0

    def getattr(self, path, fh=None):
        try:
            facts = os.lstat(self.at(path))
        except OSError as error:
            raise FuseOSError(error.errno)
        names = ("st_mode", "st_ino", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime", "st_ctime")
        return {name: getattr(facts, name) for name in names}

    def readdir(self, path, fh):
        return [".", ".."] + os.listdir(self.at(path))

    def statfs(self, path):
        facts = os.statvfs(self.at(path))
        names = ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_favail", "f_ffree", "f_files", "f_frsize", "f_namemax")
        return {name: getattr(facts, name) for name in names}

    def mkdir(self, path, mode):
        failing("read-only", errno.EROFS)
        os.mkdir(self.at(path), mode)

    def rmdir(self, path):
        failing("read-only", errno.EROFS)
        os.rmdir(self.at(path))

    def unlink(self, path):
        failing("read-only", errno.EROFS)
        os.unlink(self.at(path))

    def rename(self, old, new):
        failing("read-only", errno.EROFS)
        os.rename(self.at(old), self.at(new))

    def chmod(self, path, mode):
        os.chmod(self.at(path), mode)

    def open(self, path, flags):
        if flags & (os.O_WRONLY | os.O_RDWR):
            failing("read-only", errno.EROFS)
        return os.open(self.at(path), flags & ~os.O_APPEND)

    def create(self, path, mode, fi=None):
        failing("read-only", errno.EROFS)
        return os.open(self.at(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def read(self, path, length, offset, fh):
        return os.pread(fh, length, offset)

    def write(self, path, data, offset, fh):
        failing("read-only", errno.EROFS)
        failing("write-fails", errno.EIO)
        if fault == "short" and path.endswith(".mp4"):
            data = data[: len(data) // 2]
        return os.pwrite(fh, data, offset)

    def truncate(self, path, length, fh=None):
        failing("read-only", errno.EROFS)
        os.truncate(self.at(path), length)

    def fsync(self, path, datasync, fh):
        failing("sync-fails", errno.EIO)
        os.fdatasync(fh) if datasync else os.fsync(fh)

    def fsyncdir(self, path, datasync, fh):
        failing("sync-fails", errno.EIO)

    def flush(self, path, fh):
        return 0

    def release(self, path, fh):
        os.close(fh)


def listen():
    global fault
    for line in sys.stdin:
        with changed:
            fault = line.strip()
            changed.notify_all()
        print("ok", flush=True)


threading.Thread(target=listen, daemon=True).start()
FUSE(Disk(sys.argv[1]), sys.argv[2], foreground=True, allow_other=False, fsname="reed-faulty", attr_timeout=0, entry_timeout=0)
