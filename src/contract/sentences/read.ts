import type { Sentences } from "./sentence.ts";

interface Pattern {
  readonly form: RegExp;
  readonly names: readonly string[];
  readonly other: string;
  /** The smaller, the earlier it is tried. */
  readonly order: number;
}

const placeholder = /\{(\w+)\}/g;
/** Placeholders that stand for a number. */
const numbers = /^(s|n|ms|ago|days|hours|percent|channel|output|notifier|unit)$/;
/** What a placeholder may be: a number, a word without a space, or anything. */
function valueForm(name: string): string {
  if (numbers.test(name)) return "([\\d.]+)";
  return /^(host|port|tool|chip)$/.test(name) ? "(\\S+)" : "(.+?)";
}

const full = (text: string): boolean => text.endsWith(".");
/** Whoever shows a sentence inside another one takes its full stop away. */
const bare = (text: string): string => (full(text) ? text.slice(0, -1) : text);

/**
 * A sentence around another one is tried before the one inside it, and before those that would take a part of the one
 * inside for a name; of two that fit, the one that fixes more letters is meant.
 */
function orderOf(english: string): number {
  const fixed = english.replaceAll(placeholder, "").length;
  const around = english.includes("{why}");
  if (around && !english.startsWith("{")) return 1000 * freeIn(english) - fixed - 100_000;
  return /: \{why\}\.?$/.test(english) ? -fixed - 1000 : -fixed;
}

/** Placeholders that may be anything, beside the sentence inside. */
const freeIn = (english: string): number =>
  [...english.matchAll(placeholder)].filter(([, name = ""]) => name !== "why" && valueForm(name) === "(.+?)").length;

function patternOf([english, other]: readonly [string, string]): Pattern {
  const escaped = bare(english).replaceAll(/[\\^$.*+?()[\]|]/g, "\\$&");
  const source = escaped.replaceAll(placeholder, (_, name: string) => valueForm(name));
  return {
    form: new RegExp(`^${source}$`, "su"),
    names: [...english.matchAll(placeholder)].map(([, name = ""]) => name),
    other: bare(other),
    order: orderOf(english),
  };
}

/**
 * The name of something that was raised, as a receipt has it: what somebody called it and, after a colon, perhaps a title
 * that is a sentence of ours. Names stay as they are.
 *
 * @param read says a sentence in the other language; undefined for what is none
 */
export function nameRead(name: string, read: (text: string) => string | undefined): string {
  for (let at = name.indexOf(": "); at >= 0; at = name.indexOf(": ", at + 1)) {
    const title = read(name.slice(at + 2));
    if (title !== undefined) return `${name.slice(0, at)}: ${title}`;
  }
  return name;
}

/** Texts that are remembered; what is shown on a page is far less. */
const mostKnown = 5000;
/** Sentences inside one another, as far as ours go: a device's words could nest them without end. */
const deepest = 4;

/**
 * Reads an English sentence of the server back into its form and its words, and says it in the other language;
 * undefined when no form fits.
 *
 * @param words small words that a sentence has where its placeholder's name begins with `is`, "or", "and" and the
 *   decimal point
 */
export function createReader(
  sentences: Sentences,
  words: Readonly<Record<string, string>>,
): (text: string) => string | undefined {
  let patterns: readonly Pattern[] | undefined;
  const known = new Map<string, string | undefined>();
  const wordFor = (name: string, value: string): string => {
    if (name === "s") return value.replace(".", words["."] ?? ".");
    if (name.startsWith("is")) return words[value] ?? value;
    if (name === "anyOf") return value.replaceAll(" or ", ` ${words["or"] ?? "or"} `);
    if (name === "allOf") return value.replaceAll(" and ", ` ${words["and"] ?? "and"} `);
    return value;
  };
  /** A form that fits, but has a sentence inside that nobody knows, is taken when no other fits. */
  const read = (text: string, depth: number): string | undefined => {
    patterns ??= Object.entries(sentences)
      .map(patternOf)
      .sort((a, b) => a.order - b.order);
    const plain = bare(text);
    let partly: string | undefined;
    for (const { form, names, other } of patterns) {
      const found = form.exec(plain);
      if (found === null) continue;
      const why = found[names.indexOf("why") + 1] ?? "";
      const inside = names.includes("why") ? translate(why, depth + 1) : why;
      const values = new Map(
        names.map((name, index) => {
          const value = found[index + 1] ?? "";
          if (name === "titled") return [name, nameRead(value, (title) => translate(title, depth + 1))];
          return [name, name === "why" ? (inside ?? why) : wordFor(name, value)];
        }),
      );
      const filled = other.replaceAll(placeholder, (_, name: string) => values.get(name) ?? "");
      const said = full(text) ? `${filled}.` : filled;
      if (inside !== undefined) return said;
      partly ??= said;
    }
    return partly;
  };
  /** Every level is read once: `{why}` forms that fit in several ways come to the same sentences inside. */
  const translate = (text: string, depth: number): string | undefined => {
    if (depth > deepest) return undefined;
    const key = `${depth} ${text}`;
    if (known.has(key)) return known.get(key);
    const said = read(text, depth);
    if (known.size >= mostKnown) known.clear();
    known.set(key, said);
    return said;
  };
  return (text) => translate(text, 0);
}
