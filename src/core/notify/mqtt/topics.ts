/** What is true now, as retained topics of a broker. Pure. */
import { disarmedMode } from "../../../domain/arming.ts";
import type { MqttNotifierSettings } from "../../../domain/notifier-settings.ts";
import type { SiteConfig } from "../../../domain/site-config.ts";
import type { LiveState } from "../../../messages/api.ts";

export type Topics = ReadonlyMap<string, string>;

export const availabilityTopic = (base: string): string => `${base}/availability`;
export const messageTopic = (base: string): string => `${base}/message`;
/** Messages of a walk test: whoever acts on messages does not hear them. */
export const testTopic = (base: string): string => `${base}/test`;
export const pictureTopic = (base: string): string => `${base}/picture`;
export const inputTopic = (base: string, input: number): string => `${base}/input/${input}/state`;
export const outputTopic = (base: string, output: number): string => `${base}/output/${output}/state`;
export const outputSetTopic = (base: string, output: number): string => `${base}/output/${output}/set`;
export const alarmTopic = (base: string): string => `${base}/alarm/state`;
export const alarmSetTopic = (base: string): string => `${base}/alarm/set`;
export const channelTopic = (base: string, channel: number): string => `${base}/camera/${channel}/connectivity`;
export const troubleTopic = (base: string): string => `${base}/troubles/state`;
export const troubleListTopic = (base: string): string => `${base}/troubles/list`;
export const alarmCountTopic = (base: string): string => `${base}/alarms/unacknowledged`;

/** Home Assistant takes this as "unknown". */
const unknown = "None";
const onOff = (on: boolean): string => (on ? "ON" : "OFF");

/** Every topic of that is true now; a topic that is not among them any more is cleared. */
export function stateTopics(
  config: SiteConfig,
  state: LiveState,
  { topic }: Pick<MqttNotifierSettings, "topic">,
): Topics {
  const inputs = config.inputs
    .filter(({ enabled }) => enabled)
    .map(({ input }): [string, string] => {
      const live = state.inputs.find((one) => one.input === input);
      return [inputTopic(topic, input), live === undefined || live.active === "unknown" ? unknown : onOff(live.active)];
    });
  const outputs = config.outputs.map(({ output, restState }): [string, string] => {
    const live = state.outputs.find((one) => one.output === output);
    // what the board says, or what it was told where it says nothing; "on" is active, whatever the relay rests in
    const relay = live === undefined || live.readBack === "unknown" ? live?.commanded : live.readBack;
    return [
      outputTopic(topic, output),
      relay === undefined || relay === "unknown" ? unknown : onOff(relay !== restState),
    ];
  });
  const channels = config.channels
    .filter(({ enabled }) => enabled)
    .map(({ channel }): [string, string] => {
      const live = state.channels.find((one) => one.channel === channel);
      return [channelTopic(topic, channel), onOff(live?.state === "live")];
    });
  const troubles = state.troubles.map(({ key, what, since }) => ({ key, what, since: new Date(since).toISOString() }));
  return new Map([
    ...inputs,
    ...outputs,
    ...channels,
    [alarmTopic(topic), alarmState(state)],
    [alarmCountTopic(topic), String(state.alarms.unacknowledged)],
    [troubleTopic(topic), onOff(troubles.length > 0)],
    [troubleListTopic(topic), JSON.stringify({ count: troubles.length, troubles })],
  ]);
}

/** The states of Home Assistant's alarm panel, by the names of our modes. */
const panelStates: Readonly<Record<string, string>> = {
  disarmed: "disarmed",
  home: "armed_home",
  night: "armed_night",
  away: "armed_away",
  vacation: "armed_vacation",
};

/** `triggered` while armed and an alarm is there that nobody has acknowledged. */
export function alarmState(state: LiveState): string {
  const { mode, exitUntil, entry } = state.arming;
  if (mode === disarmedMode) return "disarmed";
  if (exitUntil !== undefined) return "arming";
  if (entry !== undefined) return "pending";
  if (state.alarms.unacknowledged > 0) return "triggered";
  return panelStates[mode] ?? "armed_custom_bypass";
}

/** Topics whose value is another than before, and those that are gone (empty, which clears what was retained). */
export function changedTopics(before: Topics, now: Topics): [string, string][] {
  const changed = [...now].filter(([topic, value]) => before.get(topic) !== value);
  const gone = [...before.keys()].filter((topic) => !now.has(topic)).map((topic): [string, string] => [topic, ""]);
  return [...changed, ...gone];
}
