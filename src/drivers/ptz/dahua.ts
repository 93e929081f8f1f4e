/** Presets by the CGI of Amcrest and Dahua (`ptz.cgi`; HTTP API 3.26 §7.1): text answers, Digest, cameras counted from 1. */
import { err, ok } from "../../kernel/result.ts";
import type { PtzPreset } from "../../domain/ptz-settings.ts";
import type { PtzDriver } from "./driver.ts";
import { askWithLogin, refusal, type Answered } from "../camera-http.ts";

const cgi = (query: string): string => `/cgi-bin/ptz.cgi?${query}`;

export const goToPath = (input: number, preset: number): string =>
  cgi(`action=start&channel=${input}&code=GotoPreset&arg1=0&arg2=${preset}&arg3=0`);
export const presetsPath = (input: number): string => cgi(`action=getPresets&channel=${input}`);

export function dahuaPtz(): PtzDriver {
  return {
    async goTo(camera, preset, signal) {
      const answer = await askWithLogin(camera, { method: "GET", path: goToPath(camera.input, preset) }, signal);
      if (!answer.ok) return answer;
      if (answer.value.status === 200 && answer.value.text.trim() === "OK") return ok(undefined);
      return err(why(answer.value, `preset ${preset}`));
    },
    async presets(camera, signal) {
      const answer = await askWithLogin(camera, { method: "GET", path: presetsPath(camera.input) }, signal);
      if (!answer.ok) return answer;
      return answer.value.status === 200 ? ok(presetsIn(answer.value.text)) : err(why(answer.value, "its presets"));
    },
  };
}

/** `Error` with 400 is all that it says: no such preset, or a camera that does not move. */
function why(answer: Answered, what: string): string {
  const said = answer.text.replace(/\s+/g, " ").trim().slice(0, 80);
  return (
    refusal(answer) ??
    `the camera answered ${answer.status}${said === "" ? "" : ` (${said})`} to ${what}: it has no such preset, or does not move`
  );
}

/** Lines `presets[0].Index=1` and `presets[0].Name=Door`, in any order; a preset without an index is none. */
export function presetsIn(text: string): readonly PtzPreset[] {
  const found = new Map<string, { preset?: number; name: string }>();
  for (const [, at = "", key, value = ""] of text.matchAll(/^presets\[(\d+)\]\.(Index|Name)=(.*)$/gim)) {
    const one = found.get(at) ?? { name: "" };
    if (key?.toLowerCase() === "index") one.preset = Number(value.trim());
    else one.name = value.trim().slice(0, 100);
    found.set(at, one);
  }
  return [...found.values()].flatMap(({ preset, name }) =>
    preset !== undefined && Number.isInteger(preset) && preset >= 1 && preset <= 255 ? [{ preset, name }] : [],
  );
}
