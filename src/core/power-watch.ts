/**
 * The mains and the battery of every UPS: mains lost is a trouble at once and told; a battery that runs out stops Reed in
 * order while there is still time. Pure but for its outlets; what the UPS says comes as levels of its board.
 */
import { upsPoints, type WhenLow } from "../domain/ups.ts";
import { inLanguages, type Message, type Urgency } from "./notify/message.ts";
import { wordsOf } from "./notify/words.ts";
import type { BoardStatus } from "../messages/api.ts";
import type { BoardSettings, SiteConfig } from "../domain/site-config.ts";

export interface PowerDeps {
  config(): SiteConfig;
  raise(key: string, what: string): void;
  settle(key: string): void;
  /** Tells everybody who is told of troubles; resolves when the outcomes are known. */
  tell(message: Message): Promise<void>;
  /** Saves and stops everything; `power-off` also the machine. */
  shutDown(how: Exclude<WhenLow, "go-on">): void;
  /** Resolves after that many ms. */
  pause(ms: number): Promise<void>;
}

export interface PowerWatch {
  seen(status: BoardStatus): void;
  /** Boards that are gone have no trouble any more. */
  configured(): void;
}

/** How long the last message may take before the files are closed, ms. */
const lastWords = 10_000;

interface Known {
  readonly onBattery: boolean;
  readonly low: boolean;
  readonly replace: boolean;
}

const calm: Known = { onBattery: false, low: false, replace: false };

export function startPowerWatch(deps: PowerDeps): PowerWatch {
  const known = new Map<number, Known>();
  let ending = false;
  const say = (board: BoardSettings, what: string, urgency: Urgency): Promise<void> =>
    deps.tell({
      ...inLanguages(deps.config(), (its) => ({
        title: `${its.site.name}: ${wordsOf(its).said(what)}`,
        text: board.name,
      })),
      urgency,
      receipt: undefined,
      pictures: [],
    });
  const runOut = async (board: BoardSettings, how: WhenLow) => {
    const then = { "go-on": "", stop: "; Reed stops now", "power-off": "; Reed and this machine stop now" }[how];
    const told = say(board, `the battery is nearly empty${then}`, "highest");
    if (how === "go-on" || ending) return;
    ending = true;
    await Promise.race([told, deps.pause(lastWords)]);
    deps.shutDown(how);
  };
  const look = (board: BoardSettings, whenLow: WhenLow, now: Known) => {
    const before = known.get(board.board) ?? calm;
    known.set(board.board, now);
    const key = `power:${board.board}`;
    if (now.onBattery && !before.onBattery) {
      deps.raise(key, `${board.name}: the mains is lost, running on battery`);
      void say(board, "the mains is lost, running on battery", "high");
    }
    if (!now.onBattery && before.onBattery) {
      deps.settle(key);
      void say(board, "the mains is back", "normal");
    }
    if (now.low && !before.low) {
      deps.raise(`ups-low:${board.board}`, `${board.name}: the battery is nearly empty`);
      void runOut(board, whenLow);
    }
    if (!now.low && before.low) deps.settle(`ups-low:${board.board}`);
    if (now.replace && !before.replace)
      deps.raise(`ups:${board.board}`, `${board.name}: the battery wants to be replaced`);
    if (!now.replace && before.replace) deps.settle(`ups:${board.board}`);
  };
  return {
    seen({ board, points }) {
      const settings = deps.config().boards.find((one) => one.board === board);
      if (settings?.driver.kind !== "nut") return;
      const before = known.get(board) ?? calm;
      const is = (point: number, was: boolean) => {
        const level = points.find((one) => one.point === point)?.level;
        // a UPS that is out of sight has not come back to the mains
        return level === "closed" ? true : level === "open" ? false : was;
      };
      look(settings, settings.driver.whenLow, {
        onBattery: is(upsPoints.onBattery, before.onBattery),
        low: is(upsPoints.batteryLow, before.low),
        replace: is(upsPoints.replaceBattery, before.replace),
      });
    },
    configured() {
      for (const board of known.keys()) {
        const row = deps.config().boards.find((one) => one.board === board);
        if (row?.driver.kind === "nut" && row.enabled) continue;
        known.delete(board);
        for (const about of ["power", "ups-low", "ups"]) deps.settle(`${about}:${board}`);
      }
    },
  };
}
