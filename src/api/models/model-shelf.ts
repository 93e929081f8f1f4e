/** The models on disk: what is known of each is kept beside it until its file or its description becomes another one. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open as openFolder, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { modelDescription, type ModelDescriptionBody } from "../../contract/model.ts";
import { modelId, shippedModel } from "../../domain/detection/object-model.ts";
import type { ModelFacts } from "../../messages/models.ts";
import { descriptionOf, modelFile, modelStamp } from "../../platform/model-files.ts";
import { fail } from "../failure.ts";
import type { AskModel } from "./model-child.ts";
import type { TakenUpload } from "./uploads.ts";

/** What was found out about a model when it was opened last. */
export interface KnownModel {
  readonly stamp: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly description: ModelDescriptionBody;
  readonly facts?: ModelFacts;
  readonly fault?: string;
}

export interface ModelShelf {
  /** Reed's own first, then the others by id. */
  ids(): Promise<readonly string[]>;
  /** Undefined when there is no such model. A fault is an answer, never a rejection. */
  known(id: string): Promise<KnownModel | undefined>;
  /** What stands beside it; undefined: nothing. */
  descriptionText(id: string): Promise<string | undefined>;
  /** Opens and times it again. */
  measure(id: string): Promise<KnownModel | undefined>;
  /** Opens an uploaded file with this description and, if it can be used and is still wanted, puts both in their place. Rejects with a sentence. */
  add(id: string, upload: Pick<TakenUpload, "file" | "wanted">, description: ModelDescriptionBody): Promise<void>;
  /** The same for a model that is there. */
  describe(id: string, description: ModelDescriptionBody): Promise<void>;
  remove(id: string): Promise<void>;
}

/** What can be said of Reed's own, which has no description beside it. */
const shippedDescription: ModelDescriptionBody = {
  name: "NanoDet",
  licence: "Apache-2.0",
  source: "https://github.com/RangiLyu/nanodet",
};

export function modelShelf(folder: string, ask: AskModel): ModelShelf {
  const memory = new Map<string, KnownModel>();
  const noted = (id: string): string => join(folder, `${id}.known.json`);

  /** Who asks while a model is being opened waits for the same answer. */
  const looking = new Map<string, Promise<KnownModel>>();
  const descriptionText = (id: string): Promise<string | undefined> =>
    id === shippedModel ? Promise.resolve(undefined) : readText(descriptionOf(modelFile(folder, id)));
  const look = (id: string, file: string, stamp: string): Promise<KnownModel> => {
    const key = `${id} ${stamp}`;
    const running = looking.get(key) ?? lookAt(id, file, stamp).finally(() => looking.delete(key));
    looking.set(key, running);
    return running;
  };
  const lookAt = async (id: string, file: string, stamp: string): Promise<KnownModel> => {
    const text = await descriptionText(id);
    const base = { stamp, bytes: (await stat(file)).size, sha256: await sha256(file) };
    const description = id === shippedModel ? shippedDescription : descriptionIn(text);
    const known = await open(ask, file, text).then(
      (facts): KnownModel => ({ ...base, description, facts }),
      (error: unknown): KnownModel => ({ ...base, description, fault: sentenceOf(error) }),
    );
    await keep(id, known);
    return known;
  };
  const keep = async (id: string, known: KnownModel): Promise<void> => {
    memory.set(id, known);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(noted(id), JSON.stringify(known));
  };
  const remembered = async (id: string): Promise<KnownModel | undefined> => {
    const text = memory.has(id) ? undefined : await readText(noted(id));
    return memory.get(id) ?? (text === undefined ? undefined : knownIn(text));
  };
  return {
    async ids() {
      const names = await readdir(folder).catch((): string[] => []);
      const own = names.flatMap((name) => {
        const id = name.endsWith(".onnx") ? name.slice(0, -".onnx".length) : "";
        return modelId.test(id) && id !== shippedModel ? [id] : [];
      });
      return [shippedModel, ...own.sort()];
    },
    async known(id) {
      const file = modelFile(folder, id);
      const stamp = modelStamp(file);
      if (stamp === undefined) return undefined;
      const known = await remembered(id);
      if (known?.stamp !== stamp) return look(id, file, stamp);
      memory.set(id, known);
      return known;
    },
    descriptionText,
    async measure(id) {
      const file = modelFile(folder, id);
      const stamp = modelStamp(file);
      return stamp === undefined ? undefined : look(id, file, stamp);
    },
    async add(id, upload, description) {
      const text = textOf(description);
      await open(ask, upload.file, text);
      if (!upload.wanted) fail("conflict", "This upload has ended. Begin another one.");
      const file = modelFile(folder, id);
      await writeWhole(descriptionOf(file), text);
      await rename(upload.file, file);
      await syncFolder(folder);
    },
    async describe(id, description) {
      const [file, text] = [modelFile(folder, id), textOf(description)];
      await open(ask, file, text);
      await writeWhole(descriptionOf(file), text);
    },
    async remove(id) {
      memory.delete(id);
      const file = modelFile(folder, id);
      for (const path of [file, descriptionOf(file), noted(id)]) await rm(path, { force: true });
    },
  };
}

async function open(ask: AskModel, file: string, description: string | undefined) {
  const said = await ask({ kind: "check", file, ...(description === undefined ? {} : { description }) });
  if (said.kind !== "checked") throw new Error("the model was not looked at");
  return said.facts;
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const textOf = (description: ModelDescriptionBody): string => `${JSON.stringify(description, null, 2)}\n`;

/** One that somebody wrote by hand may be wrong: opening the model says how. */
function descriptionIn(text: string | undefined): ModelDescriptionBody {
  try {
    return modelDescription.parse(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}

/** What cannot be read is found out again. */
function knownIn(text: string): KnownModel | undefined {
  try {
    return JSON.parse(text) as KnownModel;
  } catch {
    return undefined;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whole or not at all. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text, { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
}

async function syncFolder(path: string): Promise<void> {
  const handle = await openFolder(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
