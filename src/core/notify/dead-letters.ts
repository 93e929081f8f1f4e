/**
 * Messages that did not arrive: kept as a file each, so that they outlive a restart and somebody can look at them and
 * send them again. The oldest go when there are too many.
 */
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DeadLetter } from "../../messages/dead-letter.ts";
import type { Log } from "../../platform/log.ts";
import type { Message } from "./message.ts";

export interface KeptLetter {
  readonly letter: DeadLetter;
  readonly message: Message;
}

export interface DeadLetters {
  /** The newest first. */
  list(): readonly DeadLetter[];
  get(id: string): KeptLetter | undefined;
  /**
   * Kept, or written anew; resolves when the disk has it. A disk that refuses is logged and nothing is rejected: the
   * letter is listed until the next start.
   */
  put(letter: KeptLetter): Promise<void>;
  /** Off the list at once; resolves when the disk has followed. */
  remove(id: string): Promise<void>;
  onChange(told: (count: number) => void): void;
}

export const mostLetters = 200;

export function openDeadLetters(folder: string, log: Log): DeadLetters {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = new Map(readAll(folder, log).map((one) => [one.letter.id, one]));
  let tell: (count: number) => void = () => undefined;
  let last: Promise<void> = Promise.resolve();
  /** One after the other: what is removed while it is written is gone afterwards. */
  const onDisk = (failure: string, work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error: unknown) => log.error({ error: String(error) }, failure));
    return last;
  };
  const drop = (id: string) => {
    kept.delete(id);
    const gone = "a message that did not arrive could not be removed from the disk";
    return onDisk(gone, () => rm(fileOf(folder, id), { force: true }));
  };
  return {
    list: () => [...kept.values()].map(({ letter }) => letter).reverse(),
    get: (id) => kept.get(id),
    put(one) {
      kept.set(one.letter.id, one);
      for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - mostLetters))) void drop(id);
      const written = onDisk("a message that did not arrive could not be kept", () => write(folder, one));
      tell(kept.size);
      return written;
    },
    remove(id) {
      const gone = drop(id);
      tell(kept.size);
      return gone;
    },
    onChange(told) {
      tell = told;
      told(kept.size);
    },
  };
}

const fileOf = (folder: string, id: string): string => join(folder, `${id}.json`);

/** In pieces, one a picture: whoever makes twenty megabytes of text in one go holds up an alarm. */
async function write(folder: string, { letter, message }: KeptLetter): Promise<void> {
  const { pictures, ...rest } = message;
  const file = fileOf(folder, letter.id);
  const handle = await open(`${file}.new`, "w", 0o600);
  try {
    await handle.writeFile(`{"letter":${JSON.stringify(letter)},"message":{"pictures":[`);
    for (const [nth, { name, jpeg }] of pictures.entries()) {
      const picture = { name, jpeg: Buffer.from(jpeg).toString("base64") };
      await handle.writeFile(`${nth === 0 ? "" : ","}${JSON.stringify(picture)}`);
    }
    await handle.writeFile(`],${JSON.stringify(rest).slice(1)}}`);
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

type Written = Omit<KeptLetter, "message"> & {
  readonly message: Omit<Message, "pictures"> & {
    readonly pictures: readonly { readonly name: string; readonly jpeg: string }[];
  };
};

/** In the order in which they came: their names are UUIDv7. A file that can't be read is left out and logged. */
function readAll(folder: string, log: Log): KeptLetter[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.sort().flatMap((name) => {
    try {
      const { letter, message } = JSON.parse(readFileSync(join(folder, name), "utf8")) as Written;
      const pictures = message.pictures.map((one) => ({ name: one.name, jpeg: Buffer.from(one.jpeg, "base64") }));
      return [{ letter, message: { ...message, receipt: message.receipt, pictures } }];
    } catch (error) {
      log.warn({ name, error: String(error) }, "a kept message can't be read");
      return [];
    }
  });
}
