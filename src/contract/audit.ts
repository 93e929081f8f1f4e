import { z } from "zod";
import { list, momentOf, wall } from "./common.ts";

/**
 * Kinds of lines of the audit log, by their `what`. A line that is in none of the lists is a change: something new that
 * is written down is never hidden by a filter that does not know it.
 */
export const auditKinds = {
  logins: ["login", "logout"],
  refused: ["login-refused", "setup-refused"],
  viewing: ["live", "playback"],
  export: ["footage", "export", "export-download", "export-removed", "backup"],
  operation: [
    ...["arm", "silence", "rest-outputs", "output-mode", "output-test", "trigger", "virtual-input"],
    ...["retry-camera", "notifier-test", "record", "record-stop"],
    ...[
      "acknowledge-alarm",
      "resolve-alarm",
      "lock-footage",
      "release-locks",
      "board-test",
      "bookmark",
      "remove-bookmark",
    ],
  ],
} as const;

export const auditKindNames = ["logins", "refused", "viewing", "export", "operation", "changes"] as const;
export type AuditKind = (typeof auditKindNames)[number];

const filter = {
  kind: z.enum(auditKindNames).optional().describe("of lines; absent: all"),
  person: z.string().min(1).max(100).optional().describe("who did it, or whose name was tried"),
  since: momentOf("only from this on").optional(),
  until: momentOf("only until this").optional(),
};

export const auditQuery = z.object({
  ...filter,
  before: z.coerce.number().int().min(1).optional().describe("id of the last row of the page before"),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe("the most of one answer"),
});

export const auditFileQuery = z.object(filter);

export const auditRow = z.object({
  id: z.number(),
  at: wall,
  actor: z.object({ kind: z.string(), name: z.string() }),
  what: z.string(),
  kind: z.enum(auditKindNames),
  details: z.unknown(),
});
export const auditList = list(auditRow);

/** What a kind means for the `what` of a line. */
export function whatsOf(kind: AuditKind): {
  readonly among?: readonly string[];
  readonly notAmong?: readonly string[];
} {
  return kind === "changes" ? { notAmong: Object.values(auditKinds).flat() } : { among: auditKinds[kind] };
}

export function kindOf(what: string): AuditKind {
  const known = Object.entries(auditKinds).find(([, whats]) => (whats as readonly string[]).includes(what));
  return known === undefined ? "changes" : (known[0] as AuditKind);
}
