/** Commands that turn a camera by hand. */
import { err, ok, type Result } from "../kernel/result.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { Command, CommandError } from "../messages/api.ts";
import type { PtzDesk } from "./ptz-desk.ts";

interface PtzCommandDeps {
  readonly site: { config(): SiteConfig };
  readonly ptz: Pick<PtzDesk, "turn" | "presets">;
}

type PtzCommand = Extract<Command, { kind: "ptz-go" | "ptz-presets" }>;

/** Never rejects. */
export async function turnCamera(
  { site, ptz }: PtzCommandDeps,
  command: PtzCommand,
  audit: (details: unknown) => void,
): Promise<Result<unknown, CommandError>> {
  const { channel } = command;
  const row = site.config().channels.find((one) => one.channel === channel);
  if (row === undefined) return err({ code: "not-found", message: `there is no channel ${channel}` });
  if (row.ptz === undefined) return err({ code: "conflict", message: `"${row.name}" has no PTZ settings` });
  if (command.kind === "ptz-go") {
    audit({ channel, preset: command.preset });
    return ok(await ptz.turn(channel, command.preset));
  }
  const presets = await ptz.presets(channel);
  return presets.ok ? presets : err({ code: "unavailable", message: presets.error });
}
