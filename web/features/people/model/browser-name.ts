const browsers = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\/|Chromium\//, "Chrome"],
  [/Safari\//, "Safari"],
  [/curl\//, "curl"],
] as const;

const systems = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

const first = (rows: readonly (readonly [RegExp, string])[], agent: string) =>
  rows.find(([pattern]) => pattern.test(agent))?.[1];

/** "Firefox, Windows" of what a browser says of itself (User-Agent); what is not known is given as it came, shortened. */
export function browserName(agent: string): string {
  const known = [first(browsers, agent), first(systems, agent)].filter((part) => part !== undefined);
  return known.length > 0 ? known.join(", ") : agent.slice(0, 40);
}
