/** What a restore makes of the configuration, checked as a whole before anything of it is done. Pure. */
import { err, ok, type Result } from "../kernel/result.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { CommandError, ConfigChange, ConfigPart } from "../messages/api.ts";
import { configKey, configParts, configRows } from "../messages/config-rows.ts";
import { hasRow, withChange } from "./config-book.ts";
import { checkChange } from "./config-check.ts";

type RowPart = Exclude<ConfigPart, "site">;

export interface PlannedRestore {
  readonly config: SiteConfig;
  /** Rows of now that are not in it. */
  readonly removed: readonly { readonly part: RowPart; readonly id: number | string }[];
}

/** Replaces `parts` by `rows`. Rows of other parts, references to what is not there and two of one thing are refused. */
export function planRestore(
  now: SiteConfig,
  parts: readonly ConfigPart[],
  rows: readonly ConfigChange[],
): Result<PlannedRestore, CommandError> {
  const stray = rows.find((row) => !parts.includes(row.part));
  if (stray !== undefined) return invalid(`the backup has a ${stray.part} that is not to be restored`);
  let config = parts.reduce((left, part) => (part === "site" ? left : { ...left, [`${part}s`]: [] }), now);
  for (const row of rows.toSorted((a, b) => place(a) - place(b))) {
    const checked = checkChange(config, row);
    if (!checked.ok) return err({ ...checked.error, message: `the backup does not fit: ${checked.error.message}` });
    config = withChange(config, row);
  }
  if (config.volumes.length === 0) return invalid("the backup has no volume; restore it without volumes");
  const dangling = config.inputs.find((input) => !checkChange(config, { part: "input", value: input }).ok);
  if (dangling !== undefined) return invalid(`input "${dangling.name}" refers to something that would be gone`);
  const blind = config.boards.find(
    (board) => board.driver.kind === "video-detection" && !checkChange(config, { part: "board", value: board }).ok,
  );
  if (blind !== undefined) return invalid(`board "${blind.name}" looks at a camera that would be gone`);
  const planless = config.channels.find((channel) => !checkChange(config, { part: "channel", value: channel }).ok);
  if (planless !== undefined) return invalid(`camera "${planless.name}" records by a schedule that would be gone`);
  if (!checkChange(config, { part: "site", value: config.site }).ok)
    return invalid("the site arms by a schedule that would be gone");
  const removed = configRows(now).flatMap((row) => {
    const id = configKey(row);
    return row.part === "site" || hasRow(config, row.part, id) ? [] : [{ part: row.part, id }];
  });
  return ok({ config, removed });
}

const place = (row: ConfigChange) => configParts.indexOf(row.part);

const invalid = (message: string) => err<CommandError>({ code: "invalid", message });
