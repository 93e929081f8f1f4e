/** What is written beside a model, as somebody fills it in. Pure. */
import type { ModelDescriptionBody } from "../../../../src/contract/model.ts";
import { modelId } from "../../../../src/domain/detection/object-model.ts";

export interface Fields {
  readonly name: string;
  readonly licence: string;
  readonly source: string;
  /** One a line, in the order of the classes. */
  readonly labels: string;
  /** What has no field, as it stands in the file: how pixels go in, how outputs are read. */
  readonly rest: ModelDescriptionBody;
}

export const noFields: Fields = { name: "", licence: "", source: "", labels: "", rest: {} };

export function fieldsOf(description: ModelDescriptionBody): Fields {
  const { name = "", licence = "", source = "", labels = [], ...rest } = description;
  return { name, licence, source, labels: labels.join("\n"), rest };
}

/** An empty field says nothing; an empty line between labels is a class without a name. */
export function descriptionOf({ name, licence, source, labels, rest }: Fields): ModelDescriptionBody {
  const lines = labels.trim() === "" ? [] : labels.replace(/\s+$/, "").split("\n");
  const words = { name: name.trim(), licence: licence.trim(), source: source.trim() };
  return {
    ...rest,
    ...(words.name === "" ? {} : { name: words.name }),
    ...(words.licence === "" ? {} : { licence: words.licence }),
    ...(words.source === "" ? {} : { source: words.source }),
    ...(lines.length === 0 ? {} : { labels: lines.map((line) => line.trim()) }),
  };
}

/** The fields that a description file fills in; undefined when it is no JSON object. The server checks each word. */
export function fieldsIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return isFillable(value) ? fieldsOf(value) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The fields as a description file makes them: it says what it says, and what it leaves out stays as somebody typed it.
 * Without a file what had no field is gone with it: nobody typed that.
 */
export function filledIn(typed: Fields, file: Fields = noFields): Fields {
  const { name, licence, source, labels, rest } = file;
  return {
    name: name === "" ? typed.name : name,
    licence: licence === "" ? typed.licence : licence,
    source: source === "" ? typed.source : source,
    labels: labels === "" ? typed.labels : labels,
    rest,
  };
}

/** What goes into the fields is text, and labels are a list of it. */
const isFillable = (value: object): value is ModelDescriptionBody =>
  Object.entries(value).every(([word, given]) => {
    if (word === "labels") return Array.isArray(given) && given.every((one) => typeof one === "string");
    return !["name", "licence", "source"].includes(word) || typeof given === "string";
  });

/** Why the server would not take an id, known before a large file is sent. */
export type IdProblem = "wrong" | "taken";

export function idProblem(id: string, models: readonly { readonly model: string }[]): IdProblem | undefined {
  if (!modelId.test(id)) return "wrong";
  return models.some(({ model }) => model === id) ? "taken" : undefined;
}

/** An id made of a file's name. */
export const idOf = (file: string): string =>
  file
    .replace(/\.onnx$/i, "")
    .replace(/[^a-zA-Z0-9._-]+/g, "-")
    .replace(/^[^a-zA-Z0-9]+/, "")
    .slice(0, 60);

/** A random UUID of 16 bytes (RFC 9562 §5.4): the browser makes none itself over plain HTTP. */
export function uploadId(bytes: Uint8Array): string {
  const hex = [...bytes]
    .map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
