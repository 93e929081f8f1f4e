/** A small site for tests: two boards of four contacts and two relays, four cameras, one webhook, one software door. */
import type {
  AlarmInputSettings,
  AlarmOutputSettings,
  BoardSettings,
  ChannelSettings,
  Linkage,
  SiteConfig,
} from "../site-config.ts";

export const channel = (number: number, part: Partial<ChannelSettings> = {}): ChannelSettings => ({
  channel: number,
  name: `Camera ${number}`,
  enabled: true,
  mainUrl: `rtsp://camera-${number}/main`,
  username: "",
  password: "",
  audio: false,
  recordMode: "continuous",
  preRecordS: 10,
  ...part,
});

export const linkage = (part: Partial<Linkage> = {}): Linkage => ({
  recordChannels: [1, 2],
  postRecordS: 30,
  maxRecordS: 600,
  outputs: [{ output: 1, holdS: 10 }],
  notifiers: [1],
  ...part,
});

export const input = (number: number, part: Partial<AlarmInputSettings> = {}): AlarmInputSettings => ({
  input: number,
  name: `Door ${number}`,
  enabled: true,
  kind: "door",
  board: 1,
  point: number,
  type: "NC",
  debounceMs: 250,
  antiDitherS: 5,
  linkage: linkage(),
  ...part,
});

export const output = (number: number, part: Partial<AlarmOutputSettings> = {}): AlarmOutputSettings => ({
  output: number,
  name: `Relay ${number}`,
  kind: "siren",
  board: 1,
  point: number,
  mode: "auto",
  maxOnS: 180,
  restState: "off",
  ...part,
});

export const board = (number: number, part: Partial<BoardSettings> = {}): BoardSettings => ({
  board: number,
  name: `Board ${number}`,
  enabled: true,
  driver: { kind: "virtual", inputs: 4, outputs: 2 },
  ...part,
});

export const site = (part: Partial<SiteConfig> = {}): SiteConfig => ({
  site: { name: "Test", timeZone: "Europe/Berlin" },
  volumes: [],
  channels: [channel(1), channel(2), channel(3), channel(4)],
  boards: [
    board(1),
    board(2),
    board(3, { name: "Web", driver: { kind: "http-trigger", inputs: [{ point: 1, key: "k", maxS: 120 }] } }),
  ],
  inputs: [
    input(1),
    input(2, { linkage: linkage({ recordChannels: [2, 3] }) }),
    input(3, {
      board: 2,
      point: 1,
      type: "NO",
      linkage: linkage({ recordChannels: [4], outputs: [{ output: 2, holdS: 0 }] }),
    }),
    input(4, { name: "Script", board: 3, point: 1, linkage: linkage({ recordChannels: [1] }) }),
  ],
  outputs: [output(1), output(2, { board: 2, point: 1, kind: "light", maxOnS: 60 })],
  views: [],
  subscriptions: [],
  schedules: [],
  notifiers: [
    {
      notifier: 1,
      name: "Webhook",
      enabled: true,
      kind: "webhook",
      url: "http://example.test/",
      secret: "",
      snapshot: false,
    },
  ],
  ...part,
});
