/** The brokers of the site: one client each, started anew when its settings change. */
import type { MqttNotifierSettings } from "../../../domain/notifier-settings.ts";
import type { LiveEvent } from "../../../messages/api.ts";
import type { Message } from "../message.ts";
import type { Try } from "../ports.ts";
import { startBridge, type Bridge, type BridgeDeps } from "./bridge.ts";

export interface Bridges extends AsyncDisposable {
  send(target: MqttNotifierSettings, message: Message): Promise<Try>;
}

export interface BridgesDeps extends BridgeDeps {
  onEvent(handle: (seq: number, event: LiveEvent) => void): void;
}

/** Events that change nothing of what a broker is told. */
const silent: ReadonlySet<LiveEvent["kind"]> = new Set(["stats", "receipt", "process", "volume", "board"]);

/** Whatever of the site changes is looked at; only differences are published. */
export function startBridges(deps: BridgesDeps): Bridges {
  const running = new Map<number, { readonly settings: string; readonly bridge: Bridge }>();
  const ended: PromiseLike<void>[] = [];
  const end = (notifier: number) => {
    const bridge = running.get(notifier)?.bridge;
    running.delete(notifier);
    if (bridge !== undefined) ended.push(bridge[Symbol.asyncDispose]());
  };
  const configure = () => {
    const wanted = deps.config().notifiers.filter((one) => one.kind === "mqtt" && one.enabled);
    for (const notifier of running.keys()) if (!wanted.some((one) => one.notifier === notifier)) end(notifier);
    for (const target of wanted) {
      if (target.kind !== "mqtt") continue;
      const settings = JSON.stringify(target);
      if (running.get(target.notifier)?.settings === settings) continue;
      end(target.notifier);
      running.set(target.notifier, { settings, bridge: startBridge(deps, target) });
    }
  };
  deps.onEvent((_seq, event) => {
    if (event.kind === "config") configure();
    if (!silent.has(event.kind)) for (const { bridge } of running.values()) bridge.look();
  });
  configure();
  return {
    async send(target, message) {
      const bridge = running.get(target.notifier)?.bridge;
      return bridge === undefined ? { kind: "refused", why: `${target.name} is switched off` } : bridge.send(message);
    },
    async [Symbol.asyncDispose]() {
      for (const notifier of [...running.keys()]) end(notifier);
      await Promise.all(ended);
    },
  };
}
