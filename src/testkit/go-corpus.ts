import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../kernel/result.ts";

/** One argument of a fuzz target; strings come as their bytes, because Go's need not be valid UTF-8. */
export interface GoCorpusValue {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface GoCorpusInput {
  readonly file: string;
  readonly values: readonly GoCorpusValue[];
}

const simple: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  '"': 34,
  "'": 39,
};
const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\"']))|([^\\]+)/uy;
const utf8 = new TextEncoder();

/** The bytes of a Go interpreted string literal without its quotes (Go specification, "String literals"). */
export function unescapeGo(literal: string): Result<Uint8Array> {
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < literal.length) {
    escape.lastIndex = at;
    const match = escape.exec(literal);
    if (match === null) return err(`bad escape at ${at}: ${literal.slice(at, at + 12)}`);
    at = escape.lastIndex;
    const [, hex, short, long, octal, letter, plain] = match;
    if (hex !== undefined) parts.push(Uint8Array.of(parseInt(hex, 16)));
    else if (octal !== undefined) parts.push(Uint8Array.of(parseInt(octal, 8)));
    else if (letter !== undefined) parts.push(Uint8Array.of(simple[letter] ?? 0));
    else if (plain !== undefined) parts.push(utf8.encode(plain));
    else parts.push(utf8.encode(String.fromCodePoint(parseInt(short ?? long ?? "0", 16))));
  }
  return ok(Uint8Array.from(parts.flatMap((part) => [...part])));
}

/** Reads one file of `go test`'s fuzz corpus (`go test fuzz v1`): each line a value, `[]byte("…")`, `string("…")`, `int(1)`. */
export function readGoCorpus(text: string): Result<readonly GoCorpusValue[]> {
  const [head, ...lines] = text.split("\n");
  if (head?.trim() !== "go test fuzz v1") return err("not a Go fuzz corpus file");
  const values: GoCorpusValue[] = [];
  for (const line of lines.filter((candidate) => candidate.trim() !== "")) {
    const match = /^([^(]+)\((.*)\)\s*$/u.exec(line);
    const [, type = "", inner = ""] = match ?? [];
    if (match === null) return err(`not a value: ${line.slice(0, 40)}`);
    if (inner.startsWith("`")) values.push({ type, bytes: utf8.encode(inner.slice(1, -1)) });
    else if (inner.startsWith('"')) {
      const bytes = unescapeGo(inner.slice(1, -1));
      if (!bytes.ok) return bytes;
      values.push({ type, bytes: bytes.value });
    } else values.push({ type, bytes: utf8.encode(inner) });
  }
  return ok(values);
}

/** Every input of one fuzz target's folder; throws where a file can't be read, so that no input is left out quietly. */
export function goCorpus(folder: string): readonly GoCorpusInput[] {
  return readdirSync(folder).map((file) => {
    const values = readGoCorpus(readFileSync(join(folder, file), "utf8"));
    if (!values.ok) throw new Error(`${folder}/${file}: ${values.error}`);
    return { file, values: values.value };
  });
}
