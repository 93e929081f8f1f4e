/** What the broker may ask of Reed: only what its settings allow. Pure. */
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { MqttNotifierSettings } from "../../../domain/notifier-settings.ts";
import type { Command } from "../../../messages/api.ts";
import { alarmSetTopic, outputSetTopic } from "./topics.ts";

type Settings = Pick<MqttNotifierSettings, "topic" | "outputs" | "arming">;

/** Filters that a client of these settings subscribes to: nothing where nothing is allowed. */
export const commandTopics = ({ topic, outputs, arming }: Settings): string[] => [
  ...outputs.map((output) => outputSetTopic(topic, output)),
  ...(arming === "none" ? [] : [alarmSetTopic(topic)]),
];

/** The command of a message; or why it is left alone. A retained one is none: it was meant for another time. */
export function commandOf(
  settings: Settings,
  message: { readonly topic: string; readonly payload: string; readonly retained: boolean },
): Result<Command> {
  const { topic, payload, retained } = message;
  if (retained) return err("it was retained: it was meant for another time");
  const output = settings.outputs.find((one) => outputSetTopic(settings.topic, one) === topic);
  if (output !== undefined) {
    if (payload !== "ON" && payload !== "OFF") return err("an output is switched by ON or OFF");
    return ok({ kind: "output-mode", output, mode: payload === "ON" ? "on" : "auto" });
  }
  if (topic === alarmSetTopic(settings.topic)) return armingOf(settings, payload);
  return err("nothing is asked for there");
}

function armingOf({ arming }: Settings, payload: string): Result<Command> {
  if (arming === "none") return err("arming from the broker is not allowed");
  if (payload === "DISARM") {
    return arming === "arm-and-disarm"
      ? ok({ kind: "arm", armed: false })
      : err("disarming from the broker is not allowed");
  }
  const mode = /^ARM_(HOME|NIGHT|AWAY|VACATION)$/.exec(payload)?.[1];
  return mode === undefined
    ? err("the alarm knows ARM_HOME, ARM_NIGHT, ARM_AWAY and DISARM")
    : ok({ kind: "arm", armed: true, mode: mode.toLowerCase() });
}
