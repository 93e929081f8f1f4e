/**
 * Messages that did not arrive: kept as a file each, so that they outlive a restart and somebody can look at them and
 * send them again. The oldest go when there are too many.
 */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  /** Kept, or written anew. A disk that refuses is logged: the letter is listed until the next start. */
  put(letter: KeptLetter): void;
  remove(id: string): void;
  onChange(told: (count: number) => void): void;
}

export const mostLetters = 200;

export function openDeadLetters(folder: string, log: Log): DeadLetters {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = new Map(readAll(folder, log).map((one) => [one.letter.id, one]));
  let tell: (count: number) => void = () => undefined;
  const drop = (id: string) => {
    kept.delete(id);
    rmSync(fileOf(folder, id), { force: true });
  };
  return {
    list: () => [...kept.values()].map(({ letter }) => letter).reverse(),
    get: (id) => kept.get(id),
    put(one) {
      kept.set(one.letter.id, one);
      for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - mostLetters))) drop(id);
      try {
        write(folder, one);
      } catch (error) {
        log.error({ error: String(error) }, "a message that did not arrive could not be kept");
      }
      tell(kept.size);
    },
    remove(id) {
      drop(id);
      tell(kept.size);
    },
    onChange(told) {
      tell = told;
      told(kept.size);
    },
  };
}

const fileOf = (folder: string, id: string): string => join(folder, `${id}.json`);

function write(folder: string, { letter, message }: KeptLetter): void {
  const pictures = message.pictures.map(({ name, jpeg }) => ({ name, jpeg: Buffer.from(jpeg).toString("base64") }));
  const file = fileOf(folder, letter.id);
  writeFileSync(`${file}.new`, JSON.stringify({ letter, message: { ...message, pictures } }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
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
