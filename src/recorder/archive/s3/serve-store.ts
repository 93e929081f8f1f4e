import { BucketError } from "../../../bucket/port.ts";
import type { ArchiveStore } from "./store.ts";
import type { BucketEnd, StoreAsk, StoreStart } from "./wire.ts";

/** `sent` is to be told of bytes that go out. */
export type OpenStoreHere = (start: StoreStart, sent: (bytes: number) => void) => Promise<ArchiveStore>;

/** `moved` is said no oftener than this, ms. */
const toldEvery = 500;

interface Session {
  readonly store: Promise<ArchiveStore>;
  readonly running: Set<Promise<void>>;
  /** Of the copy that runs; there is one at a time. */
  sent(bytes: number): void;
}

/**
 * Answers recorders, whose connections are given one after the other. There is one store at a time: what a connection
 * (or a `start` before) had asked for is broken off and has ended before the next store is opened.
 */
export function storeServer(open: OpenStoreHere): (line: BucketEnd) => void {
  let current: Session | undefined;
  let ended = Promise.resolve();
  const end = () => {
    const session = current;
    current = undefined;
    if (session !== undefined) ended = ended.then(() => endSession(session));
  };
  return (line) => {
    let own: Session | undefined;
    line.onClose(() => {
      if (own !== undefined && own === current) end();
    });
    line.onMessage((message) => {
      if (message.kind === "start") {
        end();
        const { start } = message;
        const session: Session = {
          store: ended.then(() => open(start, (bytes) => session.sent(bytes))),
          running: new Set(),
          sent: () => undefined,
        };
        // who asks hears of it
        session.store.catch(() => undefined);
        own = current = session;
      } else if (own !== undefined) {
        const done = answer(line, own, message).finally(() => own?.running.delete(done));
        own.running.add(done);
      }
    });
  };
}

async function endSession({ store, running }: Session): Promise<void> {
  const [opened] = await Promise.allSettled([store]);
  if (opened.status === "fulfilled") await opened.value[Symbol.asyncDispose]();
  await Promise.all(running);
}

async function answer(line: BucketEnd, session: Session, asked: { id: number; ask: StoreAsk }): Promise<void> {
  const { id, ask } = asked;
  try {
    const store = await session.store;
    const value = await (ask.kind === "copy" ? copy(line, session, { id, store, job: ask.job }) : small(store, ask));
    line.send({ kind: "done", id, value });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    line.send({ kind: "failed", id, message, ...(error instanceof BucketError ? { trouble: error.kind } : {}) });
  }
}

function small(store: ArchiveStore, ask: Exclude<StoreAsk, { kind: "copy" }>): Promise<unknown> {
  switch (ask.kind) {
    case "read":
      return store.read(ask.name);
    case "write":
      return store.write(ask.name, ask.text);
    case "remove":
      return store.remove(ask.name);
    case "rowOf":
      return store.rowOf(ask.name);
    case "list":
      return store.list(ask.after);
  }
}

type Copy = { readonly id: number; readonly store: ArchiveStore } & Pick<Extract<StoreAsk, { kind: "copy" }>, "job">;

function copy(line: BucketEnd, session: Session, { id, store, job }: Copy): Promise<void> {
  let bytes = 0;
  let telling: NodeJS.Timeout | undefined;
  const say = () => {
    telling = undefined;
    line.send({ kind: "moved", id, bytes });
    bytes = 0;
  };
  session.sent = (more) => {
    bytes += more;
    telling ??= setTimeout(say, toldEvery);
  };
  return store
    .copy(job, () => session.sent(0))
    .finally(() => {
      clearTimeout(telling);
      session.sent = () => undefined;
      say();
    });
}
