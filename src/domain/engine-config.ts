/** A new configuration: inputs, outputs and boards are brought in line with it without making edges. */
import type { Draft } from "./engine-draft.ts";
import { change, endTrouble, setInput, setOutput, settle, without } from "./engine-draft.ts";
import { keepMode } from "./engine-arming.ts";
import { dropBoard } from "./engine-boards.ts";
import { forceMode } from "./engine-forced.ts";
import { forgetSensor } from "./engine-sensors.ts";
import { forgetLoop, lookAtLoop } from "./engine-loops.ts";
import { forgetOutput } from "./engine-wear.ts";
import { feedInput } from "./engine-inputs.ts";
import { newInput, newOutput, pointKey } from "./engine-state.ts";
import type { AlarmInputSettings, AlarmOutputSettings } from "./site-config.ts";

export function onConfigChanged(draft: Draft): void {
  const { config } = draft.env;
  draft.by = "configuration";
  keepMode(draft);
  for (const board of draft.state.boards.keys()) {
    if (!config.boards.some((settings) => settings.board === board && settings.enabled)) dropBoard(draft, board);
  }
  for (const input of draft.state.inputs.keys()) {
    if (!config.inputs.some((settings) => settings.input === input)) dropInput(draft, input);
  }
  for (const settings of config.inputs) putInput(draft, settings);
  for (const output of draft.state.outputs.keys()) {
    if (!config.outputs.some((settings) => settings.output === output)) dropOutput(draft, output);
  }
  for (const settings of config.outputs) putOutput(draft, settings);
}

function dropInput(draft: Draft, input: number): void {
  feedInput(draft, input, { kind: "disable" });
  for (const key of [`open:${input}`, `swinger:${input}`]) endTrouble(draft, key);
  forgetSensor(draft, input);
  forgetLoop(draft, input);
  change(draft, { inputs: without(draft.state.inputs, input), alarms: without(draft.state.alarms, input) });
}

/** Another contact, or another meaning of it, is another input: what it held ends, its level now is a state. */
function putInput(draft: Draft, settings: AlarmInputSettings): void {
  const before = draft.state.inputs.get(settings.input);
  const same =
    before !== undefined &&
    before.settings.board === settings.board &&
    before.settings.point === settings.point &&
    before.settings.type === settings.type;
  if (same) {
    setInput(draft, { ...before, settings });
    if (before.settings.enabled !== settings.enabled) {
      feedInput(draft, settings.input, { kind: settings.enabled ? "enable" : "disable" });
      if (settings.enabled) lookAtLoop(draft, settings.input);
      else forgetLoop(draft, settings.input);
    }
    return;
  }
  if (before !== undefined) dropInput(draft, settings.input);
  setInput(draft, newInput(settings, undefined, draft.now));
  draft.changedInputs.add(settings.input);
  lookAtLoop(draft, settings.input);
  const level = draft.state.levels.get(pointKey(settings.board, settings.point));
  if (level === undefined) return;
  feedInput(draft, settings.input, { kind: "level", report: { level, at: draft.now.instant, how: "state" } });
}

function dropOutput(draft: Draft, output: number): void {
  const entry = draft.state.outputs.get(output);
  if (entry === undefined) return;
  const { board, point, restState } = entry.settings;
  draft.commands.push({ kind: "want-output", output, board, point, state: restState });
  for (const { eventId, actionId } of entry.waiting) {
    settle(draft, eventId, actionId, { kind: "failed", reason: "its output was removed" });
  }
  change(draft, { outputs: without(draft.state.outputs, output) });
  for (const about of ["output", "feedback", "forced", "relay"]) endTrouble(draft, `${about}:${output}`);
  forgetOutput(draft, entry);
}

function putOutput(draft: Draft, settings: AlarmOutputSettings): void {
  const before = draft.state.outputs.get(settings.output);
  const moved =
    before !== undefined && (before.settings.board !== settings.board || before.settings.point !== settings.point);
  if (moved) dropOutput(draft, settings.output);
  draft.changedOutputs.add(settings.output);
  if (before !== undefined && !moved) {
    const entry = { ...before, settings };
    setOutput(draft, entry);
    if (before.mode !== settings.mode) forceMode(draft, entry, settings.mode);
    return;
  }
  const entry = newOutput(settings, draft.now);
  setOutput(draft, entry);
  if (settings.mode !== "auto") forceMode(draft, entry, settings.mode);
  draft.resend.add(settings.output);
}
