/** Cameras that an alarm turns, as far as it can be said before: what can't be reached, and what fights over a camera. */
import type { Finding, FindingKind } from "./coverage.ts";
import type { AlarmInputSettings, ChannelSettings, SiteConfig } from "./site-config.ts";

/** What a camera answered when it was asked for its presets; `why`: that it did not, and the reason. */
export type PresetFact =
  | { readonly channel: number; readonly presets: readonly number[] }
  | { readonly channel: number; readonly why: string };

/** Channels that inputs turn, are on and can be asked. */
export function turnedChannels(config: SiteConfig): readonly number[] {
  const linked = new Set(acting(config).flatMap(({ linkage }) => (linkage.ptz ?? []).map(({ channel }) => channel)));
  return config.channels.filter((row) => linked.has(row.channel) && canTurn(row)).map(({ channel }) => channel);
}

const acting = ({ inputs }: SiteConfig): readonly AlarmInputSettings[] => inputs.filter(({ enabled }) => enabled);
const canTurn = ({ enabled, ptz }: ChannelSettings): boolean => enabled && ptz !== undefined;

export const ptzFindings = (config: SiteConfig, facts: readonly PresetFact[]): Finding[] => [
  ...acting(config).flatMap((input) => linksOf(config, input, facts)),
  ...facts.flatMap((fact) => silentOf(config, fact)),
  ...config.channels.flatMap((row) => claimsOf(config, row)),
];

/** Links that will not turn their camera: it can't be turned, or it has no such preset. */
function linksOf(
  config: SiteConfig,
  { input, name, linkage }: AlarmInputSettings,
  facts: readonly PresetFact[],
): Finding[] {
  return (linkage.ptz ?? []).flatMap(({ channel, preset, back }): Finding[] => {
    const row = config.channels.find((one) => one.channel === channel);
    const words = { input: name, camera: row?.name ?? String(channel) };
    const red = (kind: FindingKind, more: Readonly<Record<string, string>> = {}): Finding => ({
      ...{ kind, severity: "red", input, channel },
      words: { ...words, ...more },
    });
    if (row === undefined || !canTurn(row)) return [red("ptz-not-set-up")];
    const fact = facts.find((one) => one.channel === channel);
    // a camera that tells none may have some all the same
    if (fact === undefined || !("presets" in fact) || fact.presets.length === 0) return [];
    const known = fact.presets.join(", ");
    const asked = back === undefined ? [preset] : [preset, back];
    return asked
      .filter((one) => !fact.presets.includes(one))
      .map((one) => red("ptz-preset-unknown", { preset: String(one), known }));
  });
}

function silentOf(config: SiteConfig, fact: PresetFact): Finding[] {
  if (!("why" in fact)) return [];
  const { channel, why } = fact;
  const camera = config.channels.find((one) => one.channel === channel)?.name ?? String(channel);
  return [{ kind: "ptz-silent", severity: "orange", channel, words: { camera, why } }];
}

/** One camera can look at one place: the last alarm has it. */
function claimsOf(config: SiteConfig, { channel, name }: ChannelSettings): Finding[] {
  const claims = acting(config).flatMap((input) =>
    (input.linkage.ptz ?? [])
      .filter((link) => link.channel === channel)
      .map(({ preset }) => ({ by: input.name, preset })),
  );
  if (new Set(claims.map(({ preset }) => preset)).size < 2) return [];
  const says = claims.map(({ by, preset }) => `${by} ${preset}`).join(", ");
  return [{ kind: "ptz-claimed-twice", severity: "orange", channel, words: { camera: name, claims: says } }];
}
