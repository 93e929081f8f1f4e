/** The configuration while core runs: each change is journalled, stored and handed to everybody whom it concerns. */
import { ok, type Result } from "../kernel/result.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { CommandError, ConfigChange, ConfigPart } from "../messages/api.ts";
import type { CoreRecord } from "../messages/journal.ts";
import type { StoreIntent } from "../messages/store.ts";
import { withChange, withoutRow } from "./config-book.ts";
import { checkChange, checkRemoval } from "./config-check.ts";
import { planRestore } from "./config-restore.ts";
import type { ConfigSealer } from "./ports.ts";

type RemovablePart = Exclude<ConfigPart, "site">;

export interface SiteDeps {
  readonly sealer: ConfigSealer;
  journal(record: CoreRecord): void;
  store(intent: StoreIntent): void;
  /** The new configuration is in force. */
  changed(config: SiteConfig, part: ConfigPart): void;
  /** After `changed`: a row is gone, and no delta says so. */
  removed(): void;
}

export interface Site {
  config(): SiteConfig;
  /** Checks cross references, then puts the row. */
  put(change: ConfigChange): Result<undefined, CommandError>;
  /** Checks each on top of those before it, then puts all; when one can't be put, none is. */
  putAll(changes: readonly ConfigChange[]): Result<undefined, CommandError>;
  /** Replaces whole parts of the configuration at once; refused as a whole when one row does not fit the others. */
  restore(
    parts: readonly ConfigPart[],
    rows: readonly ConfigChange[],
    more: readonly StoreIntent[],
  ): Result<undefined, CommandError>;
  /** Refuses to remove what is linked. */
  remove(part: RemovablePart, id: number | string): Result<undefined, CommandError>;
}

/** Holds the configuration with its secrets in plain; what is written down is sealed. */
export function openSite(deps: SiteDeps, initial: SiteConfig): Site {
  let config = initial;
  const putAll = (changes: readonly ConfigChange[]): Result<undefined, CommandError> => {
    let next = config;
    for (const change of changes) {
      const checked = checkChange(next, change);
      if (!checked.ok) return checked;
      next = withChange(next, change);
    }
    config = next;
    const sealed = changes.map((change) => ({ kind: "config", change: deps.sealer.seal(change) }) as const);
    for (const record of sealed) deps.journal(record);
    const [only, ...more] = sealed;
    if (only !== undefined) deps.store(more.length === 0 ? only : { kind: "together", intents: sealed });
    for (const part of new Set(changes.map((change) => change.part))) deps.changed(config, part);
    return ok(undefined);
  };
  return {
    config: () => config,
    put: (change) => putAll([change]),
    putAll,
    restore(parts, rows, more) {
      const planned = planRestore(config, parts, rows);
      if (!planned.ok) return planned;
      config = planned.value.config;
      const intents = [
        ...planned.value.removed.map(({ part, id }) => ({ kind: "config-removed", part, id }) as const),
        ...rows.map((row) => ({ kind: "config", change: deps.sealer.seal(row) }) as const),
      ];
      for (const intent of intents) deps.journal(intent);
      deps.store({ kind: "together", intents: [...intents, ...more] });
      deps.changed(config, "site");
      deps.removed();
      return ok(undefined);
    },
    remove(part, id) {
      const checked = checkRemoval(config, part, id);
      if (!checked.ok) return checked;
      config = withoutRow(config, part, id);
      deps.journal({ kind: "config-removed", part, id });
      deps.store({ kind: "config-removed", part, id });
      deps.changed(config, part);
      deps.removed();
      return checked;
    },
  };
}
