/** Keys of the site that Reed makes by itself: for web push, and for evidence packs. */
import { ok } from "../kernel/result.ts";
import { assertNever } from "../kernel/machine.ts";
import type { Clock, WallTime } from "../kernel/time.ts";
import { restoredKeys } from "../domain/evidence-key.ts";
import type { PushKeys } from "../domain/push-settings.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { Command, ConfigChange } from "../messages/api.ts";
import type { Answer } from "./commands.ts";
import { newEvidenceKey, withNewKey } from "./evidence-key.ts";

export interface KeyDeps {
  readonly clock: Clock;
  readonly site: { config(): SiteConfig };
  newPushKeys(): PushKeys;
}

type Put = (change: ConfigChange) => Promise<Answer>;
export type KeyCommand = Extract<Command, { kind: "push-key" | "new-evidence-key" }>;

export function siteKeys(deps: KeyDeps, command: KeyCommand, put: Put): Promise<Answer> {
  switch (command.kind) {
    case "push-key":
      return pushKey(deps, put);
    case "new-evidence-key":
      return newSigningKey(deps, put);
    default:
      return assertNever(command);
  }
}

/** Made once: with another key every browser would have to subscribe again. */
async function pushKey(deps: KeyDeps, put: Put): Promise<Answer> {
  const { site } = deps.site.config();
  const push = site.push ?? deps.newPushKeys();
  if (site.push === undefined) {
    const answer = await put({ part: "site", value: { ...site, push } });
    if (!answer.ok) return answer;
  }
  return ok({ publicKey: push.publicKey });
}

async function newSigningKey(deps: KeyDeps, put: Put): Promise<Answer> {
  const made = newEvidenceKey(deps.clock.wall());
  const answer = await put(withNewKey(deps.site.config(), made));
  return answer.ok ? ok({ fingerprint: made.fingerprint }) : answer;
}

/** A backup's rows, so that no public key that is known here is forgotten by them. */
export const keepingKeys = (rows: readonly ConfigChange[], now: SiteConfig, at: WallTime): readonly ConfigChange[] =>
  rows.map((row) => {
    if (row.part !== "site") return row;
    const { evidenceKeys: old, ...value } = row.value;
    const evidenceKeys = restoredKeys(now.site.evidenceKeys, old, at);
    return { part: "site", value: { ...value, ...(evidenceKeys === undefined ? {} : { evidenceKeys }) } };
  });
