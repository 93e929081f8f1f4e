/** What is wrong with a field of a request, as a person says it: the schemas' own sentences, and one for each rule. */

/** As the schema library names it; members beside these belong to the code. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly [detail: string]: unknown;
}

/** The library's own sentences begin like this; ours with a small letter. */
const libraryOwn = /^(Invalid|Too small|Too big|Unrecognized)\b/;

const kinds: Readonly<Record<string, string>> = {
  string: "must be a text",
  number: "must be a number",
  int: "must be a whole number",
  boolean: "must be true or false",
  array: "must be a list",
  object: "must be an object",
  record: "must be an object",
};

const unitOf = (origin: unknown): string =>
  origin === "string" ? " characters" : origin === "array" || origin === "set" ? " entries" : "";

function bound(issue: Issue, limited: unknown, word: "at least" | "at most"): string {
  const unit = unitOf(issue["origin"]);
  const limit = String(limited);
  if (unit !== "")
    return limit === "1" && word === "at least" ? "must not be empty" : `must have ${word} ${limit}${unit}`;
  if (issue["inclusive"] === false) return `must be ${word === "at least" ? "more" : "less"} than ${limit}`;
  return `must be ${word} ${limit}`;
}

/** The sentence for one issue. */
export function issueWords(issue: Issue): string {
  const { code, message } = issue;
  if (!libraryOwn.test(message)) return message;
  if (message.endsWith("received undefined")) return "is missing";
  switch (code) {
    case "invalid_type":
      return kinds[String(issue["expected"])] ?? "is of another kind than it must be";
    case "invalid_value":
      return `must be one of: ${list(issue["values"])}`;
    case "too_small":
      return bound(issue, issue["minimum"], "at least");
    case "too_big":
      return bound(issue, issue["maximum"], "at most");
    case "not_multiple_of":
      return `must be a multiple of ${String(issue["divisor"])}`;
    case "unrecognized_keys":
      return `has members that are not known: ${list(issue["keys"])}`;
    case "invalid_union":
      return "fits none of the kinds that it may be";
    default:
      return "is not written as it must be";
  }
}

const list = (values: unknown): string => (Array.isArray(values) ? values.map(String).join(", ") : String(values));

/** `name: is missing; driver.host: …`; five at most. */
export const issuesWords = (issues: readonly Issue[]): string =>
  issues
    .slice(0, 5)
    .map((issue) => {
      const words = issueWords(issue);
      return issue.path.length === 0 ? words : `${issue.path.map(String).join(".")}: ${words}`;
    })
    .join("; ");
