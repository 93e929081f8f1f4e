/** The configuration that was valid in a span, and the lines of core's journal that say so. */
import type { Receipt } from "../../domain/receipt.ts";
import { coreRecords, type CoreLine } from "../../messages/journal.ts";
import type { ConfigChange } from "../../messages/api.ts";
import { configKey } from "../../messages/config-rows.ts";
import { mapSecrets } from "../../store/secrets.ts";
import { journalLines } from "./journal-lines.ts";

export interface RuleVersion {
  readonly part: ConfigChange["part"];
  readonly id: number | string;
  /** The row without secrets, addresses and logins; absent: it was removed. */
  readonly value?: object;
  /** Valid from then on (wall time, ms), and where it stands: file, and order within it. */
  readonly journal: { readonly file: string; readonly seq: number; readonly boot: string; readonly wall: number };
}

export interface RulesAsked {
  readonly from: number;
  readonly to: number;
  readonly channels: readonly number[];
  readonly receipts: readonly Receipt[];
}

/** Of each row that had a say: what was valid at the beginning, and every later version up to the end. */
export async function rulesOf(journalFolder: string, asked: RulesAsked): Promise<readonly RuleVersion[]> {
  const versions = new Map<string, RuleVersion[]>();
  for await (const line of journalLines<CoreLine>(journalFolder, ".core.log", ['"kind":"config'])) {
    for (const { record, seq, boot, wall } of coreRecords([line.stamped])) {
      const journal = { file: line.file, seq, boot, wall };
      if (wall > asked.to) continue;
      if (record.kind === "config") {
        const { part } = record.change;
        const id = configKey(record.change);
        take(versions, { part, id, value: shown(record.change), journal }, asked.from);
      } else if (record.kind === "config-removed") {
        take(versions, { part: record.part as ConfigChange["part"], id: record.id, journal }, asked.from);
      }
    }
  }
  return concerned([...versions.values()].flat(), asked);
}

function take(versions: Map<string, RuleVersion[]>, version: RuleVersion, from: number): void {
  const key = `${version.part}:${version.id}`;
  const before = versions.get(key) ?? [];
  // of those before the span only the last one counts
  const kept = version.journal.wall <= from ? [] : before;
  versions.set(key, [...kept, version]);
}

const neverShown = ["username", "password", "mainUrl", "subUrl", "codes", "push", "evidenceKeys", "firstSteps"];

function shown(change: ConfigChange): object {
  const plain = mapSecrets(change, () => "").value;
  return Object.fromEntries(Object.entries(plain).filter(([name]) => !neverShown.includes(name)));
}

/** Rows that have to do with these channels and edges: others are nobody's business. */
function concerned(versions: readonly RuleVersion[], { channels, receipts }: RulesAsked): readonly RuleVersion[] {
  const inputs = new Set(receipts.map(({ edge }) => edge.input));
  const outputs = new Set(
    receipts.flatMap(({ actions }) =>
      actions.flatMap(({ target }) => (target.kind === "output" ? [target.output] : [])),
    ),
  );
  const numbers = { channel: new Set(channels), input: inputs, output: outputs };
  return versions.filter(({ part, id }) => {
    if (part === "site" || part === "schedule") return true;
    return (part === "channel" || part === "input" || part === "output") && numbers[part].has(Number(id));
  });
}
