/**
 * What a camera of Amcrest or Dahua has and has switched on, out of its configuration tables (`configManager.cgi`,
 * lines `table.Name[0].Key=value`). A table that it has not, or keeps to itself, tells nothing.
 */
import type { CameraOffer, OfferedRule } from "../../domain/detection/camera-said.ts";
import { oneLine } from "../../domain/message-title.ts";
import type { OwnThing } from "../../domain/detection/own-settings.ts";
import { mostRules } from "../../domain/detection/rules.ts";
import { isRule } from "./dahua-codes.ts";

export const tableNames = [
  ...(["MotionDetect", "BlindDetect", "LossDetect", "MovedDetect", "AudioDetect"] as const),
  ...(["SmartMotionDetect", "VideoAnalyseRule"] as const),
] as const;
export type TableName = (typeof tableNames)[number];
export type Tables = { readonly [Name in TableName]?: string };

/** Lines of an answer that are read at most. */
const mostLines = 4000;

type Rows = ReadonlyMap<string, string>;

/** `table.MotionDetect[0].Enable=true` of camera 1 as `Enable`. */
function rowsOf(text: string | undefined, name: TableName, input: number): Rows | undefined {
  if (text === undefined) return undefined;
  const begin = `${name}[${input - 1}]`;
  const rows = new Map<string, string>();
  for (const line of text.split(/\r?\n/, mostLines)) {
    const at = line.indexOf("=");
    const key = line.slice(0, Math.max(0, at)).replace(/^table\./, "");
    if (key.startsWith(begin)) rows.set(key.slice(begin.length).replace(/^\./, ""), line.slice(at + 1).trim());
  }
  return rows.size === 0 ? undefined : rows;
}

const isOn = (rows: Rows, key: string): boolean => rows.get(key)?.toLowerCase() === "true";

/** What the tables say of the camera with this number (from 1). */
export function offerOf(tables: Tables, input: number): CameraOffer {
  const of = (name: TableName) => rowsOf(tables[name], name, input);
  const things = new Map<OwnThing, boolean>();
  const single = { MotionDetect: "motion", BlindDetect: "tamper", LossDetect: "videoLoss", MovedDetect: "sceneChange" };
  for (const [table, thing] of Object.entries(single) as [TableName, OwnThing][]) {
    const rows = of(table);
    if (rows?.has("Enable") === true) things.set(thing, isOn(rows, "Enable"));
  }
  const audio = of("AudioDetect");
  if (audio?.has("AnomalyDetect") === true) things.set("audioLoss", isOn(audio, "AnomalyDetect"));
  if (audio?.has("MutationDetect") === true) things.set("audioRise", isOn(audio, "MutationDetect"));
  const smart = of("SmartMotionDetect");
  if (smart?.has("Enable") === true) {
    things.set("human", isOn(smart, "Enable") && isOn(smart, "ObjectTypes.Human"));
    things.set("vehicle", isOn(smart, "Enable") && isOn(smart, "ObjectTypes.Vehicle"));
  }
  return { things, rules: rulesOf(of("VideoAnalyseRule")) };
}

/** Those that are switched on and have a name. */
function rulesOf(rows: Rows | undefined): readonly OfferedRule[] {
  if (rows === undefined) return [];
  return Array.from({ length: mostRules * 2 }, (_, at) => `[${at}].`).flatMap((row): OfferedRule[] => {
    const [name, code] = [oneLine(rows.get(`${row}Name`) ?? ""), rows.get(`${row}Type`) ?? ""];
    if (name === "" || !isOn(rows, `${row}Enable`)) return [];
    return isRule(code) ? [{ name, code }] : [];
  });
}
