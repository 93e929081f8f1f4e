/** Commands about alarms and the footage that is kept. */
import { ok, type Result } from "../kernel/result.ts";
import type { Command, CommandError } from "../messages/api.ts";
import type { AlarmDesk } from "./alarm-desk.ts";

type Kind = "acknowledge-alarm" | "resolve-alarm" | "lock-footage" | "release-locks" | "bookmark" | "remove-bookmark";

/** What people make of alarms and keep of the footage: journalled and on its way to the database when it returns. */
export function review(
  desk: AlarmDesk,
  command: Extract<Command, { kind: Kind }>,
  by: string,
  audit: (details: unknown) => void,
): Result<unknown, CommandError> {
  audit(Object.fromEntries(Object.entries(command).filter(([key]) => key !== "kind")));
  switch (command.kind) {
    case "acknowledge-alarm":
      desk.acknowledge(command.alarmId, by);
      return ok({});
    case "resolve-alarm":
      desk.resolve(command.alarmId, by, command.note);
      return ok({});
    case "release-locks":
      desk.release(command.ids, by);
      return ok({});
    case "lock-footage":
      return ok({ ids: desk.lock(command, by) });
    case "bookmark":
      return ok({ id: desk.bookmark(command, by) });
    case "remove-bookmark":
      desk.removeBookmark(command.id, by);
      return ok({});
  }
}
