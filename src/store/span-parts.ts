import { sql } from "kysely";
import { days, hours } from "../kernel/time.ts";
import type { Direct } from "./database.ts";

/** What runs are summed by, ms: a year is read from one of these, however many runs it has. */
export const partUnits = [hours(1), days(1)] as const;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Less is left of a part by rounding only, ms. */
const nothingMs = 1;

/** Adds a piece of time to what the runs of a channel and cause cover, or takes it away. */
export function coverParts(
  db: Direct,
  { channel, cause }: { readonly channel: number; readonly cause: string },
  piece: Range,
  sign: 1 | -1,
): void {
  for (const unit of partUnits) {
    for (let part = Math.floor(piece.from / unit); part * unit < piece.to; part++) {
      const covered = Math.min(piece.to, (part + 1) * unit) - Math.max(piece.from, part * unit);
      const query = db.build.insertInto("span_part").values({ channel, cause, unit, part, covered: sign * covered });
      const sum = sql<number>`span_part.covered + excluded.covered`;
      db.run(query.onConflict((on) => on.columns(["channel", "cause", "unit", "part"]).doUpdateSet({ covered: sum })));
      if (sign < 0) dropEmpty(db, { channel, cause, unit, part });
    }
  }
}

function dropEmpty(db: Direct, at: { channel: number; cause: string; unit: number; part: number }): void {
  const of = db.build.deleteFrom("span_part").where("channel", "=", at.channel).where("cause", "=", at.cause);
  db.run(of.where("unit", "=", at.unit).where("part", "=", at.part).where("covered", "<", nothingMs));
}
