/** What a professional sees at once in zones, delays, sirens and schedules: it is set up, and not as it was meant. */
import { armingOf, isArmedIn, isBurglarZone, zoneOf } from "./arming.ts";
import type { Finding } from "./coverage.ts";
import { behaviourOf } from "./output-settings.ts";
import { schedulesOf } from "./recording-rule.ts";
import type { AlarmInputSettings, InputKind, OutputKind, SiteConfig } from "./site-config.ts";

/** What has to be told whether somebody is at home or not. */
const hazards: readonly InputKind[] = ["smoke", "water", "panic"];

const actsOn = ({ linkage }: AlarmInputSettings): boolean => linkage.outputs.length > 0 || linkage.notifiers.length > 0;

/** Names of the modes in which the input is armed and something is true of the mode. */
const modesIn = (config: SiteConfig, input: AlarmInputSettings, which: (mode: string) => boolean): string =>
  armingOf(config)
    .modes.filter(({ mode }) => isArmedIn(input, mode) && which(mode))
    .map(({ name }) => name)
    .join(", ");

/** Of one input that is switched on. */
export function zoneFindings(config: SiteConfig, input: AlarmInputSettings): Finding[] {
  const zone = zoneOf(input);
  const wayIn = config.inputs.filter((one) => one.enabled && zoneOf(one) === "entry-exit");
  const { modes } = armingOf(config);
  const alone = zone === "follower" ? modesIn(config, input, (mode) => !wayIn.some((one) => isArmedIn(one, mode))) : "";
  const atOnce =
    zone === "entry-exit" && actsOn(input)
      ? modesIn(config, input, (mode) => modes.find((one) => one.mode === mode)?.entryS === 0)
      : "";
  const orange = (kind: Finding["kind"], words: Finding["words"] = {}): Finding => ({
    ...{ kind, severity: "orange", input: input.input },
    words: { input: input.name, ...words },
  });
  return [
    ...(noCameraLeft(config, input) ? [{ ...orange("cameras-all-off"), severity: "red" } satisfies Finding] : []),
    ...(alone === "" ? [] : [orange("follower-alone", { modes: alone })]),
    ...(atOnce === "" ? [] : [orange("no-entry-delay", { modes: atOnce })]),
    ...(hazards.includes(input.kind) && isBurglarZone(zone) ? [orange("hazard-when-armed-only")] : []),
    ...(soundsOnPagesOnly(config, input) ? [orange("sounds-on-pages-only")] : []),
    ...heldTooLong(config, input),
  ];
}

/** It is linked to more than one camera, and none of them can record: there will be no footage at all. */
function noCameraLeft(config: SiteConfig, { linkage }: AlarmInputSettings): boolean {
  const able = (channel: number) =>
    config.channels.some((one) => one.channel === channel && one.enabled && one.recordMode !== "off");
  return linkage.recordChannels.length > 1 && !linkage.recordChannels.some(able);
}

/** Outputs that may be heard; nobody knows what hangs on a general one. */
const heard: readonly OutputKind[] = ["siren", "buzzer", "general"];

/** A page that is closed, muted or not allowed to play is no sounder: an alarm that is meant to be heard needs a real one. */
function soundsOnPagesOnly(config: SiteConfig, { linkage }: AlarmInputSettings): boolean {
  const { page, outputs } = linkage;
  if (page === undefined || (page.sound === "off" && page.voice === "")) return false;
  const kindOf = (output: number) => config.outputs.find((one) => one.output === output)?.kind;
  return !outputs.some(({ output }) => {
    const kind = kindOf(output);
    return kind !== undefined && heard.includes(kind);
  });
}

/** A hold time that is longer than the output may be on at all. */
function heldTooLong(config: SiteConfig, { input, name, linkage }: AlarmInputSettings): Finding[] {
  return linkage.outputs.flatMap(({ output, holdS }): Finding[] => {
    const row = config.outputs.find((one) => one.output === output);
    if (row === undefined || behaviourOf(row).kind !== "follow" || holdS <= row.maxOnS) return [];
    const words = { input: name, output: row.name, holds: `${holdS} s`, most: `${row.maxOnS} s` };
    return [{ kind: "hold-past-bound", severity: "orange", input, output, words }];
  });
}

/** Schedules and sirens that are there for nothing. */
export function unusedFindings(config: SiteConfig): Finding[] {
  // what is switched off for now still has its use
  const { inputs } = config;
  const { autoArm } = config.site;
  const schedules = config.schedules
    .filter(({ schedule }) => autoArm?.schedule !== schedule)
    .filter(({ schedule }) => !inputs.some(({ linkage }) => linkage.schedule === schedule))
    .filter(({ schedule }) => !config.channels.some((channel) => schedulesOf(channel).includes(schedule)))
    .map(({ schedule, name }): Finding => {
      return { kind: "schedule-unused", severity: "orange", schedule, words: { schedule: name } };
    });
  const sirens = config.outputs
    .filter(({ kind }) => kind === "siren" || kind === "strobe")
    .filter(({ output }) => !inputs.some(({ linkage }) => linkage.outputs.some((link) => link.output === output)))
    .map(({ output, name }): Finding => {
      return { kind: "siren-unused", severity: "orange", output, words: { output: name } };
    });
  return [...schedules, ...sirens];
}
