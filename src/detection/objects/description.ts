import { modelKinds, pixelFits, pixelOrders, type ModelDescription } from "../../domain/detection/object-model.ts";

const mostLabels = 1000;

/** Reads the text of a description; throws a sentence that says which word is wrong. */
export function readDescription(text: string): ModelDescription {
  const value = parsed(text);
  const known = [
    ...["kind", "width", "height", "order", "mean", "deviation", "fit", "fill"],
    ...["labels", "name", "licence", "source"],
  ];
  const stranger = Object.keys(value).find((key) => !known.includes(key));
  if (stranger !== undefined) throw new Error(`the description has "${stranger}"; it may have ${known.join(", ")}`);
  const pixels = {
    ...choice(value, "order", pixelOrders),
    ...three(value, "mean", -1000),
    ...three(value, "deviation", 1e-6),
    ...choice(value, "fit", pixelFits),
    ...number(value, "fill", 0, 255),
  };
  return {
    ...words(value, "name"),
    ...choice(value, "kind", modelKinds),
    ...number(value, "width", 32, 1920),
    ...number(value, "height", 32, 1920),
    ...(Object.keys(pixels).length === 0 ? {} : { pixels }),
    ...labels(value),
    ...words(value, "licence"),
    ...words(value, "source"),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error("the description is no JSON", { cause: error });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("the description has to be a JSON object");
  return value as Fields;
}

function choice<K extends string, T extends string>(fields: Fields, key: K, of: readonly T[]): { [name in K]?: T } {
  const value = fields[key];
  if (value === undefined) return {};
  const found = of.find((one) => one === value);
  if (found === undefined) throw new Error(`"${key}" in the description has to be one of ${of.join(", ")}`);
  return { [key]: found } as { [name in K]?: T };
}

function number<K extends string>(fields: Fields, key: K, least: number, most: number): { [name in K]?: number } {
  const value = fields[key];
  if (value === undefined) return {};
  if (typeof value !== "number" || !(value >= least && value <= most))
    throw new Error(`"${key}" in the description has to be a number from ${least} to ${most}`);
  return { [key]: value } as { [name in K]?: number };
}

function three<K extends string>(
  fields: Fields,
  key: K,
  least: number,
): { [name in K]?: readonly [number, number, number] } {
  const value = fields[key];
  if (value === undefined) return {};
  const isRight =
    Array.isArray(value) && value.length === 3 && value.every((one) => typeof one === "number" && one >= least);
  if (!isRight) throw new Error(`"${key}" in the description has to be three numbers, of 0–255 pixels`);
  return { [key]: value } as unknown as { [name in K]?: readonly [number, number, number] };
}

function labels(fields: Fields): { labels?: readonly string[] } {
  const value = fields["labels"];
  if (value === undefined) return {};
  const isRight =
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= mostLabels &&
    value.every((one) => typeof one === "string" && one.length <= 60);
  if (!isRight) throw new Error('"labels" in the description has to be a list of names, in the order of the classes');
  return { labels: value as readonly string[] };
}

function words<K extends string>(fields: Fields, key: K): { [name in K]?: string } {
  const value = fields[key];
  if (value === undefined) return {};
  if (typeof value !== "string" || value.length > 500) throw new Error(`"${key}" in the description has to be text`);
  return { [key]: value } as { [name in K]?: string };
}
