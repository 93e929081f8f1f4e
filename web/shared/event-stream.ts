/** The second door: one WebSocket for what happens, shared by the whole page. */
import { useSyncExternalStore } from "react";
import type { EventMessage } from "../../src/contract/streams.ts";
import type { LiveEvent, LiveState } from "../../src/messages/api.ts";
import { withEvent } from "../../src/messages/live-fold.ts";

/** `offline`: the page does not reach Reed; `core-away`: Reed answers, but its alarm process is being started again. */
export type LinkState = "connecting" | "online" | "core-away" | "offline";

export interface LiveStore {
  readonly link: LinkState;
  /** Undefined until the first snapshot; kept (and old) while the link is down. */
  readonly state: LiveState | undefined;
}

const firstPauseMs = 500;
const longestPauseMs = 10_000;

let store: LiveStore = { link: "connecting", state: undefined };
let socket: WebSocket | undefined;
let pauseMs = firstPauseMs;
let timer: ReturnType<typeof setTimeout> | undefined;
let wanted = false;
const watchers = new Set<() => void>();
const listeners = new Set<(event: LiveEvent) => void>();
const endListeners = new Set<(code: number) => void>();

function change(next: Partial<LiveStore>): void {
  store = { ...store, ...next };
  for (const watcher of watchers) watcher();
}

function take(message: EventMessage): void {
  switch (message.kind) {
    case "snapshot":
      change({ link: "online", state: message.state });
      return;
    case "core-away":
      change({ link: "core-away" });
      return;
    case "event": {
      const state = store.state === undefined ? undefined : withEvent(store.state, message.event);
      if (state !== store.state) change({ state });
      for (const listener of listeners) listener(message.event);
    }
  }
}

function connect(): void {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const opened = new WebSocket(`${scheme}//${location.host}/api/events`);
  socket = opened;
  opened.addEventListener("message", (event: MessageEvent<string>) => {
    pauseMs = firstPauseMs;
    take(JSON.parse(event.data) as EventMessage);
  });
  opened.addEventListener("close", ({ code }) => {
    if (socket !== opened) return;
    socket = undefined;
    for (const listener of endListeners) listener(code);
    if (!wanted) return;
    change({ link: "offline" });
    timer = setTimeout(connect, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  });
}

/** Opens the stream (once) and keeps it open; the returned function ends it, e.g. at logout. */
export function startEventStream(): () => void {
  wanted = true;
  if (socket === undefined && timer === undefined) connect();
  return () => {
    wanted = false;
    clearTimeout(timer);
    timer = undefined;
    socket?.close();
    socket = undefined;
    change({ link: "connecting", state: undefined });
  };
}

const watch = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Part of what is true now; undefined until the first snapshot. `select` gives a row or list as it is, never a new one. */
export function useLive<T>(select: (state: LiveState) => T): T | undefined {
  return useSyncExternalStore(watch, () => (store.state === undefined ? undefined : select(store.state)));
}

export const useLink = (): LinkState => useSyncExternalStore(watch, () => store.link);

/** Every event as it comes; the returned function ends it. */
export function onLiveEvent(listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Told with the code when the server or the network ends the stream (`closeCodes`); it is opened again by itself. */
export function onStreamEnd(listener: (code: number) => void): () => void {
  endListeners.add(listener);
  return () => endListeners.delete(listener);
}
