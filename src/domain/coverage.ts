/**
 * What a configuration can't do, found before the alarm: which input reaches which camera, output and receiver, and
 * what stands in the way. The cells come from `linkage.ts` itself, as for an armed site; the findings are what no
 * single edge shows.
 */
import { instant, wallTime } from "../kernel/time.ts";
import { armingOf, isBurglarZone, zoneOf } from "./arming.ts";
import { detectionFindings } from "./coverage-detection.ts";
import { unusedFindings, zoneFindings } from "./coverage-zones.ts";
import { ptzFindings, type PresetFact } from "./coverage-ptz.ts";
import { linkageActions } from "./linkage.ts";
import { inputPoints } from "./board-points.ts";
import { behaviourOf } from "./output-settings.ts";
import { privateModes, recordsOnAlarmOnly } from "./recording-rule.ts";
import type { ActionTarget, Edge } from "./receipt.ts";
import type { AlarmInputSettings, SiteConfig } from "./site-config.ts";

/** What the recorder says of channels, and what only the running site knows. */
export interface CoverageFacts {
  /** Channels whose ring holds less than the time from one key frame to the next. */
  readonly shortRings: readonly number[];
  /** What cameras that an alarm turns said of their presets; those that were not asked are not among them. */
  readonly presets?: readonly PresetFact[];
}

export const findingKinds = [
  "input-unwired",
  "input-board-off",
  "input-no-camera",
  "camera-missing",
  "camera-off",
  "recording-off",
  "private-in-modes",
  "camera-never-recorded",
  "ring-short",
  "output-missing",
  "output-board-off",
  "output-forced-off",
  "output-claimed-twice",
  "notifier-missing",
  "notifier-off",
  "nobody-told",
  "zone-acts-on-nothing",
  "never-armed",
  "mode-missing",
  "schedule-missing",
  "schedule-never",
  "always-scheduled",
  "start-without-end",
  "auto-arm-never",
  "cameras-all-off",
  "follower-alone",
  "no-entry-delay",
  "hazard-when-armed-only",
  "hold-past-bound",
  "schedule-unused",
  "siren-unused",
  "sounds-on-pages-only",
  "ptz-not-set-up",
  "ptz-preset-unknown",
  "ptz-silent",
  "ptz-claimed-twice",
  "detection-camera-off",
  "detection-unheard",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** `red`: something that is set up will not happen as it stands there. `orange`: it will, perhaps not as it was meant. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: "red" | "orange";
  readonly input?: number;
  readonly channel?: number;
  readonly output?: number;
  readonly notifier?: number;
  readonly board?: number;
  readonly schedule?: number;
  /** Names and numbers of the sentence. */
  readonly words: Readonly<Record<string, string>>;
}

export interface CoverageCell {
  readonly target: ActionTarget;
  /** Why it will not happen although the input is linked to it; absent: it will. */
  readonly blocked?: string;
}

export interface CoverageRow {
  readonly input: number;
  readonly enabled: boolean;
  /** Modes in which its outputs and messages act; `always` also while disarmed. */
  readonly acts: "always" | "never" | readonly string[];
  readonly schedule?: number;
  readonly cells: readonly CoverageCell[];
}

export interface Coverage {
  readonly rows: readonly CoverageRow[];
  readonly findings: readonly Finding[];
}

/** The matrix and everything that is wrong with it, the worst first. */
export function coverageOf(config: SiteConfig, facts: CoverageFacts): Coverage {
  const findings = [
    ...config.inputs
      .filter(({ enabled }) => enabled)
      .flatMap((input) => [...findingsOfInput(config, input), ...zoneFindings(config, input)]),
    ...findingsOfChannels(config, facts),
    ...findingsOfOutputs(config),
    ...findingsOfSite(config),
    ...unusedFindings(config),
    ...ptzFindings(config, facts.presets ?? []),
    ...detectionFindings(config),
  ];
  return {
    rows: config.inputs.map((input) => rowOf(config, input)),
    findings: findings.toSorted((a, b) => (a.severity === b.severity ? 0 : a.severity === "red" ? -1 : 1)),
  };
}

/** Where its edges act: by its zone, and by the modes that there are. */
function actsIn(config: SiteConfig, input: AlarmInputSettings): CoverageRow["acts"] {
  const zone = zoneOf(input);
  if (zone === "24h-audible" || zone === "24h-silent") return "always";
  if (!isBurglarZone(zone)) return "never";
  const modes = armingOf(config).modes.map(({ mode }) => mode);
  const armedIn = modes.filter((mode) => input.modes === undefined || input.modes.includes(mode));
  return armedIn.length === 0 ? "never" : armedIn;
}

function rowOf(config: SiteConfig, input: AlarmInputSettings): CoverageRow {
  const { schedule } = input.linkage;
  return {
    ...{ input: input.input, enabled: input.enabled, acts: actsIn(config, input) },
    ...(schedule === undefined ? {} : { schedule }),
    cells: linkageActions(input.linkage, sampleEdge(input), {
      config,
      verdict: zoneOf(input) === "24h-silent" ? { kind: "acts", silent: true } : { kind: "acts" },
      newId: () => "",
    }).map(({ target, outcome }) => ({
      target,
      ...(outcome?.kind === "failed" ? { blocked: outcome.reason } : {}),
      ...(outcome?.kind === "suppressed" ? { blocked: outcome.gate } : {}),
    })),
  };
}

function sampleEdge({ input, name }: AlarmInputSettings): Edge {
  const at = { bootId: "", instant: instant(0), wall: wallTime(0) };
  return { eventId: "", input, inputName: name, kind: "raised", at, decidedAt: at };
}

function findingsOfInput(config: SiteConfig, input: AlarmInputSettings): Finding[] {
  const about = { input: input.input };
  const words = { input: input.name };
  const board = config.boards.find((one) => one.board === input.board);
  const found: Finding[] = [];
  const red = (kind: FindingKind, more: Partial<Finding> = {}) =>
    found.push({ kind, severity: "red", ...about, ...more, words: { ...words, ...more.words } });
  if (board === undefined || !inputPoints(board.driver).includes(input.point)) red("input-unwired");
  else if (!board.enabled) red("input-board-off", { board: board.board, words: { board: board.name } });
  if (input.linkage.recordChannels.length === 0 && zoneOf(input) !== "key-switch") red("input-no-camera");
  return [...found, ...targetsOf(config, input), ...gatesOf(config, input), ...endsOf(config, input)];
}

/** Cameras, outputs and receivers that it is linked to and that can't do their part. */
function targetsOf(config: SiteConfig, { input, name, linkage }: AlarmInputSettings): Finding[] {
  const red = (kind: FindingKind, more: Partial<Finding>): Finding => ({
    ...{ kind, severity: "red", input, ...more },
    words: { input: name, ...more.words },
  });
  const cameras = linkage.recordChannels.flatMap((channel) => {
    const row = config.channels.find((one) => one.channel === channel);
    const words = { camera: row?.name ?? String(channel) };
    if (row === undefined) return [red("camera-missing", { channel, words })];
    if (!row.enabled) return [red("camera-off", { channel, words })];
    if (row.recordMode === "off") return [red("recording-off", { channel, words })];
    const modes = privateModes(config, row);
    return modes === "" ? [] : [red("private-in-modes", { channel, words: { ...words, modes } })];
  });
  const outputs = linkage.outputs.flatMap(({ output }) => {
    const row = config.outputs.find((one) => one.output === output);
    const board = config.boards.find((one) => one.board === row?.board);
    const words = { output: row?.name ?? String(output), board: board?.name ?? "" };
    if (row === undefined) return [red("output-missing", { output, words })];
    if (board?.enabled !== true) return [red("output-board-off", { output, board: row.board, words })];
    return row.mode === "off" ? [red("output-forced-off", { output, words })] : [];
  });
  const notifiers = linkage.notifiers.flatMap((notifier) => {
    const row = config.notifiers.find((one) => one.notifier === notifier);
    const words = { notifier: row?.name ?? String(notifier) };
    if (row === undefined) return [red("notifier-missing", { notifier, words })];
    return row.enabled ? [] : [red("notifier-off", { notifier, words })];
  });
  return [...cameras, ...outputs, ...notifiers];
}

/** Rules that nothing can reach: by zone, mode or schedule. */
function gatesOf(config: SiteConfig, input: AlarmInputSettings): Finding[] {
  const { linkage, name } = input;
  const acts = linkage.outputs.length > 0 || linkage.notifiers.length > 0 || (linkage.ptz ?? []).length > 0;
  const red = (kind: FindingKind, more: Partial<Finding> = {}): Finding => ({
    ...{ kind, severity: "red", input: input.input, ...more },
    words: { input: name, ...more.words },
  });
  const zone = zoneOf(input);
  const known = armingOf(config).modes.map(({ mode }) => mode);
  const gone = (input.modes ?? []).filter((mode) => !known.includes(mode));
  const schedule = config.schedules.find((one) => one.schedule === linkage.schedule);
  const words = { schedule: schedule?.name ?? String(linkage.schedule) };
  const never = schedule !== undefined && [...schedule.week, schedule.holiday ?? []].every((row) => row.length === 0);
  return [
    ...(acts && (zone === "record-only" || zone === "key-switch") ? [red("zone-acts-on-nothing")] : []),
    ...(acts && isBurglarZone(zone) && actsIn(config, input) === "never" ? [red("never-armed")] : []),
    ...gone.map((mode) => red("mode-missing", { words: { mode } })),
    ...(linkage.schedule !== undefined && schedule === undefined ? [red("schedule-missing", { words })] : []),
    ...(acts && schedule !== undefined && actsIn(config, input) === "always"
      ? [red("always-scheduled", { schedule: schedule.schedule, words })]
      : []),
    ...(acts && never ? [red("schedule-never", { schedule: schedule.schedule, words })] : []),
  ];
}

/** A run over HTTP that nobody stops goes on longer than it is recorded. */
function endsOf(config: SiteConfig, { input, name, board, point, linkage }: AlarmInputSettings): Finding[] {
  const driver = config.boards.find((one) => one.board === board)?.driver;
  if (driver?.kind !== "http-trigger") return [];
  const maxS = driver.inputs.find((one) => one.point === point)?.maxS ?? 0;
  if (maxS <= linkage.maxRecordS) return [];
  const words = { input: name, runs: `${maxS} s`, records: `${linkage.maxRecordS} s` };
  return [{ kind: "start-without-end", severity: "red", input, board, words }];
}

function findingsOfChannels(config: SiteConfig, { shortRings }: CoverageFacts): Finding[] {
  const linked = new Set(
    config.inputs.filter(({ enabled }) => enabled).flatMap(({ linkage }) => linkage.recordChannels),
  );
  return config.channels
    .filter(({ enabled }) => enabled)
    .flatMap(({ channel, name, preRecordS, ...row }): Finding[] => [
      ...(recordsOnAlarmOnly(row) && !linked.has(channel)
        ? [{ kind: "camera-never-recorded", severity: "red", channel, words: { camera: name } } as const]
        : []),
      ...(shortRings.includes(channel) && linked.has(channel)
        ? [
            {
              ...({ kind: "ring-short", severity: "red", channel } as const),
              words: { camera: name, preRecord: `${preRecordS} s` },
            },
          ]
        : []),
    ]);
}

/** Inputs that want one output for different times: it stays on for the longest, which surprises the others. */
function findingsOfOutputs(config: SiteConfig): Finding[] {
  return config.outputs.flatMap((output): Finding[] => {
    if (behaviourOf(output).kind !== "follow") return [];
    const claims = config.inputs
      .filter(({ enabled }) => enabled)
      .flatMap(({ name, linkage }) =>
        linkage.outputs.filter((link) => link.output === output.output).map(({ holdS }) => ({ name, holdS })),
      );
    if (new Set(claims.map(({ holdS }) => holdS)).size < 2) return [];
    const says = claims.map(({ name, holdS }) => `${name} ${holdS} s`).join(", ");
    const words = { output: output.name, claims: says };
    return [{ kind: "output-claimed-twice", severity: "red", output: output.output, words }];
  });
}

function findingsOfSite(config: SiteConfig): Finding[] {
  const acting = config.inputs.filter((input) => input.enabled && actsIn(config, input) !== "never");
  const told = acting.some(({ linkage }) =>
    linkage.notifiers.some((one) => config.notifiers.some((row) => row.notifier === one && row.enabled)),
  );
  const { autoArm } = config.site;
  const schedule = config.schedules.find((one) => one.schedule === autoArm?.schedule);
  const first = JSON.stringify(schedule?.week[0]);
  const steady =
    schedule !== undefined &&
    (schedule.week.every((row) => row.length === 0) ||
      (first === JSON.stringify([{ fromMin: 0, toMin: 1440 }]) &&
        schedule.week.every((row) => JSON.stringify(row) === first)));
  return [
    ...(acting.length > 0 && !told ? [{ kind: "nobody-told", severity: "orange", words: {} } as const] : []),
    ...(steady
      ? [
          {
            ...({ kind: "auto-arm-never", severity: "red", schedule: schedule.schedule } as const),
            words: { schedule: schedule.name },
          },
        ]
      : []),
  ];
}
