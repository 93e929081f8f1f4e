import { z } from "zod";
import type { ConfigChange, ConfigPart } from "../messages/api.ts";
import { preferences, rights, role, scopes } from "./account.ts";
import { armingSettings, codeRows } from "./arming.ts";
import { boardBody, boardBodyOf, boardRow } from "./board.ts";
import { channelBody, channelBodyOf, channelRow } from "./channel.ts";
import { list, number, wall, without } from "./common.ts";
import { firstStepMarks } from "./first-steps.ts";
import { inputBody, inputBodyOf, inputRow } from "./input.ts";
import { notifierBody, notifierBodyOf, notifierRow } from "./notifier.ts";
import { outputBody, outputBodyOf, outputRow } from "./output.ts";
import { evidenceKeys } from "./evidence.ts";
import { pushKeys, subscriptionRowOf } from "./push.ts";
import { keepRules } from "./keep.ts";
import { fileSettings } from "./recording.ts";
import { modelId } from "../domain/detection/object-model.ts";
import { scheduleBody, scheduleBodyOf, scheduleRow, siteCalendar } from "./schedule.ts";
import { viewBody } from "./view.ts";
import { measuredSpeeds } from "./disk-speed.ts";
import { volumeGroups } from "./volume-group.ts";
import { siteBody, siteBodyOf, siteRow, volumeBody, volumeBodyOf, volumeRow } from "./volume.ts";

/** Bytes of a backup file: a site of hundreds of cameras stays far below. */
export const backupLimit = 8 * 1024 * 1024;

/** What this Reed writes and reads. A file with a higher number is of a newer Reed. */
export const backupVersion = 1;

export const passphrase = z
  .string()
  .min(10, "has at least 10 characters")
  .max(256)
  .describe("opens the backup; nobody can open it without");

const readableRow = z.object({ part: z.string(), value: z.record(z.string(), z.unknown()) });

/** scrypt (RFC 7914) makes the key, AES-256-GCM seals. All in base64 but the costs. */
const sealed = z.object({
  kdf: z.literal("scrypt"),
  n: z.number().int(),
  r: z.number().int(),
  p: z.number().int(),
  salt: z.base64(),
  nonce: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});

/** The file. What can be read in it has no secret; what is restored is the sealed part, which vouches for the rest. */
export const backupFile = z.object({
  format: z.literal("reed-backup"),
  version: z.number().int(),
  reed: z.string().describe("the version of Reed that made it"),
  madeAt: wall,
  site: z.string(),
  rows: list(readableRow),
  users: list(z.object({ name: z.string(), role: z.string() })),
  keys: list(z.object({ name: z.string(), scopes: list(z.string()) })),
  sealed,
});
export type BackupFile = z.output<typeof backupFile>;

/** What is looked at before anything else of a file: of a newer one nothing more is known. */
export const backupHead = z.object({ format: z.literal("reed-backup"), version: z.number().int() });

export const backupBody = z.strictObject({ passphrase }).meta({ examples: [{ passphrase: "a long sentence" }] });

export const restoreBody = z.strictObject({
  passphrase: z.string().max(256),
  backup: z.unknown().describe("the file, as it was downloaded"),
  volumes: z.boolean().default(false).describe("also the volumes of the backup; without it this machine keeps its own"),
});
export const restoreAnswer = z.object({
  rows: z.number().describe("of the configuration"),
  users: z.number(),
  keys: z.number(),
});

export type RestoreBody = z.input<typeof restoreBody>;
export type RestoreAnswer = z.output<typeof restoreAnswer>;

/** The sealed part, as it is believed after it was opened. */
export const backupContents = z.object({
  rows: list(z.object({ part: z.string(), value: z.unknown() })),
  users: list(
    z.object({
      name: z.string().min(1).max(64),
      role,
      createdAt: wall,
      passwordHash: z.string().max(500),
      rights: z.exactOptional(rights),
      preferences: z.exactOptional(preferences),
    }),
  ),
  keys: list(
    z.object({
      id: z.string().max(100),
      name: z.string().max(100),
      scopes: list(z.enum(scopes)),
      createdAt: wall,
      keyHash: z.string().max(200),
    }),
  ),
});
export type BackupContents = z.output<typeof backupContents>;

const numbered = z.looseObject({
  channel: z.exactOptional(number),
  board: z.exactOptional(number),
  input: z.exactOptional(number),
  output: z.exactOptional(number),
  notifier: z.exactOptional(number),
  view: z.exactOptional(number),
  schedule: z.exactOptional(number),
  subscription: z.exactOptional(number),
  id: z.exactOptional(z.string().min(1).max(100)),
});

const siteBeside = siteCalendar.extend({
  firstSteps: z.exactOptional(firstStepMarks),
  arming: z.exactOptional(armingSettings),
  codes: z.exactOptional(codeRows),
  push: z.exactOptional(pushKeys),
  keep: z.exactOptional(keepRules),
  volumeGroups: z.exactOptional(volumeGroups),
  measured: z.exactOptional(measuredSpeeds),
  evidenceKeys: z.exactOptional(evidenceKeys),
  files: z.exactOptional(fileSettings),
  model: z.exactOptional(z.string().regex(modelId)),
});

type Row<P extends ConfigPart> = Extract<ConfigChange, { part: P }>["value"];

/** Each row goes through the schema that the same row would come in by over the API, so that no file brings more. */
const readers: { readonly [P in ConfigPart]: (value: Row<P>, id: number | string) => Row<P> } = {
  site: (value) => {
    const beside = siteBeside.parse(value);
    return siteRow(siteBody.parse(siteBodyOf(value)), beside);
  },
  schedule: (value, id) => scheduleRow(scheduleBody.parse(scheduleBodyOf(value)), Number(id)),
  volume: (value, id) => volumeRow(volumeBody.parse(volumeBodyOf(value)), String(id)),
  channel: (value, id) => channelRow(channelBody.parse(channelBodyOf(value)), Number(id)),
  board: (value, id) => boardRow(boardBody.parse(boardBodyOf(value)), Number(id), () => ""),
  input: (value, id) => inputRow(inputBody.parse(inputBodyOf(value)), Number(id)),
  output: (value, id) => outputRow(outputBody.parse(outputBodyOf(value)), Number(id)),
  notifier: (value, id) => notifierRow(notifierBody.parse(notifierBodyOf(value)), Number(id)),
  subscription: (value, id) => subscriptionRowOf(value, Number(id)),
  view: (value, id) => {
    const { name, layout, channels } = viewBody.parse(without(value, "view", "owner"));
    return { view: Number(id), owner: z.string().max(100).parse(value.owner), name, layout, channels };
  },
};

export const backupParts = Object.keys(readers) as ConfigPart[];

const isPart = (part: string): part is ConfigPart => part in readers;

/** A row of an opened backup. Throws a `ZodError`, or an `Error` with a sentence, when it is none that this Reed knows. */
export function backupRow({ part, value }: { readonly part: string; readonly value?: unknown }): ConfigChange {
  if (!isPart(part)) throw new Error(`this Reed does not know a "${part}"`);
  const keys = numbered.parse(value);
  const id = part === "site" ? "site" : part === "volume" ? keys.id : keys[part];
  if (id === undefined) throw new Error(`a ${part} without its number`);
  // the reader checks the value; the pair is of one part
  const read = readers[part] as (value: unknown, id: number | string) => ConfigChange["value"];
  return { part, value: read(value, id) } as ConfigChange;
}
