import type { AccessUnit } from "../../media/types.ts";

/** Takes units while it is called; what it keeps it retains. */
export type UnitReader = (unit: AccessUnit) => void;

/** One producer (a channel's ingest), many readers, called in the order they came. */
export interface Hub {
  publish(unit: AccessUnit): void;
  /** For who listens, and for nobody else. */
  whisper(unit: AccessUnit): void;
  /** Returns the function that ends it. */
  read(reader: UnitReader, listens?: boolean): () => void;
  readonly readers: number;
}

export function createHub(): Hub {
  let readers: readonly UnitReader[] = [];
  let listeners: readonly UnitReader[] = [];
  return {
    publish(unit) {
      for (const reader of readers) reader(unit);
    },
    whisper(unit) {
      for (const listener of listeners) listener(unit);
    },
    read(reader, listens = false) {
      readers = [...readers, reader];
      if (listens) listeners = [...listeners, reader];
      return () => {
        readers = readers.filter((other) => other !== reader);
        listeners = listeners.filter((other) => other !== reader);
      };
    },
    get readers() {
      return readers.length;
    },
  };
}
