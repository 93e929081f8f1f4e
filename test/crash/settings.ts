/** What a site of the crash tests is set to. */
import type { InputSetting, ModeSetting, OutputSetting } from "../verifier/evidence.ts";

export interface SiteOptions {
  readonly cameras: number;
  readonly boards: number;
  /** Of each board: the first half are doors (NC, 250 ms), the others buttons (NO, 100 ms). */
  readonly contacts: number;
  readonly relays: number;
  readonly preRecordS: number;
  readonly postRecordS: number;
  readonly maxRecordS: number;
  readonly maxOnS: number;
  readonly seed: number;
  /** Inputs of every zone type, and relays that are no sirens; else all are `instant` and sirens. */
  readonly zones?: boolean;
  /** With zones: a key switch a board, and swinger shutdowns. */
  readonly keys?: boolean;
}

/** Enough to be killed or tampered with many times. */
export const smallSite = (seed: number): SiteOptions => ({
  ...{ cameras: 2, boards: 1, contacts: 4, relays: 2 },
  ...{ preRecordS: 2, postRecordS: 1, maxRecordS: 10, maxOnS: 60, seed },
});

/** Delays are short: most edges of a run are near one. In `home` nobody leaves by the way out. */
export const modes: readonly ModeSetting[] = [
  { mode: "home", name: "Home", exitS: 0, entryS: 2 },
  { mode: "away", name: "Away", exitS: 3, entryS: 3 },
];
/** Of the inputs, again and again; every second one has an output. */
const zones = [
  ...["entry-exit", "follower", "instant", "24h-audible", "follower", "entry-exit"],
  ...["24h-silent", "instant", "entry-exit", "record-only", "24h-audible", "instant"],
];

/** A button of each board with zones is a key switch: one arms while it is turned, one at each press. */
const keys = [{ acts: "follow", mode: "away" }, { acts: "toggle" }] as const;
/** Some are left alone after their second alarm of an arming. */
const swingerAlarms = (i: number): number => (i % 3 === 2 ? 2 : 0);

/** What zones make of input `i`, from 0. */
function zoneOf(options: SiteOptions, i: number): Partial<InputSetting> & Pick<InputSetting, "notifiers"> {
  if (options.zones !== true) return { notifiers: [] };
  const common = { notifiers: [1], ...(options.keys === true ? { swingerAlarms: swingerAlarms(i) } : {}) };
  const isKey = options.keys === true && i % options.contacts === options.contacts - 1;
  const keySwitch = isKey ? keys[Math.floor(i / options.contacts)] : undefined;
  if (keySwitch !== undefined) return { ...common, zone: "key-switch", keySwitch };
  return { ...common, zone: zones[i % zones.length] ?? "instant", ...(i % 7 === 2 ? { modes: ["away"] } : {}) };
}

export const isDoor = ({ contacts }: SiteOptions, contact: number): boolean => contact < contacts / 2;

export function inputsOf(options: SiteOptions): InputSetting[] {
  const outputs = options.boards * options.relays;
  return Array.from({ length: options.boards * options.contacts }, (_, i) => {
    const contact = i % options.contacts;
    const door = isDoor(options, contact);
    const channels = [(i % options.cameras) + 1, ((i * 3 + 1) % options.cameras) + 1];
    return {
      input: i + 1,
      board: Math.floor(i / options.contacts) + 1,
      contact,
      type: door ? "NC" : "NO",
      debounceMs: door ? 250 : 100,
      postRecordS: options.postRecordS,
      maxRecordS: options.maxRecordS,
      antiDitherS: 2,
      ...zoneOf(options, i),
      recordChannels: [...new Set(i % 3 === 0 ? channels : channels.slice(0, 1))],
      outputs:
        outputs > 0 && i % 2 === 0 ? [{ output: (Math.floor(i / 2) % outputs) + 1, holdS: i % 4 === 0 ? 1 : 0 }] : [],
    };
  });
}

export const outputsOf = ({ boards, relays, maxOnS, zones }: SiteOptions): OutputSetting[] =>
  Array.from({ length: boards * relays }, (_, i) => ({
    output: i + 1,
    board: Math.floor(i / relays) + 1,
    relay: i % relays,
    maxOnS,
    kind: zones === true && i % 4 === 3 ? "light" : "siren",
  }));
