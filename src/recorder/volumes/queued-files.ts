import type { Files } from "../ports.ts";

type Run = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * The files of a volume with each operation as a job of its queue: the deadline is for one operation, so that work of
 * many (reading a segment through, checking what a crash left) may take as long as a slow disk needs.
 * A descriptor that comes only after its job was given up is closed, and the file that it made is removed; closing
 * itself does not wait in the queue.
 */
export function queuedFiles(files: Files, run: Run): Files {
  return {
    ...files,
    async open(path, mode) {
      let givenUp = false;
      const opening = run(async () => {
        const fd = await files.open(path, mode);
        if (givenUp) {
          await files.close(fd);
          if (mode === "create") await files.remove(path);
        }
        return fd;
      });
      return opening.catch((error: unknown) => {
        givenUp = true;
        throw error;
      });
    },
    writev: (fd, parts, position) => run(() => files.writev(fd, parts, position)),
    read: (fd, into, position) => run(() => files.read(fd, into, position)),
    dataSync: (fd) => run(() => files.dataSync(fd)),
    truncate: (fd, size) => run(() => files.truncate(fd, size)),
    makeFolder: (path, within) => run(() => files.makeFolder(path, within)),
    facts: (path) => run(() => files.facts(path)),
    remove: (path) => run(() => files.remove(path)),
  };
}
