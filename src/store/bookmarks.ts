/** Bookmarks as rows; each record can be applied again without harm. */
import type { Kysely } from "kysely";
import type { Bookmark } from "../domain/bookmark.ts";
import { wallTime } from "../kernel/time.ts";
import type { BookmarkRecord } from "../messages/journal.ts";
import type { Direct } from "./database.ts";
import type { Tables } from "./schema.ts";

export interface BookmarkReads {
  /** Those that touch the span (wall time, ms), in their order. */
  bookmarks(span: { readonly from: number; readonly to: number }): Promise<Bookmark[]>;
  bookmark(id: string): Promise<Bookmark | undefined>;
}

export function applyBookmark(db: Direct, record: BookmarkRecord): void {
  if (record.kind === "bookmark-removed") {
    db.run(db.build.deleteFrom("bookmark").where("id", "=", record.id));
    return;
  }
  const { id, channels, at, to, note, by, madeAt } = record.bookmark;
  const row = { id, at, end: to ?? at, channels: JSON.stringify(channels), note, by, made_at: madeAt };
  db.run(
    db.build
      .insertInto("bookmark")
      .values(row)
      .onConflict((on) => on.column("id").doNothing()),
  );
}

/** More are not shown at once. */
const mostShown = 1000;

export const bookmarkReads = (db: Kysely<Tables>): BookmarkReads => ({
  async bookmarks({ from, to }) {
    const rows = db.selectFrom("bookmark").selectAll().where("at", "<", to).where("end", ">=", from);
    return (await rows.orderBy("at").orderBy("id").limit(mostShown).execute()).map(bookmarkOf);
  },
  async bookmark(id) {
    const row = await db.selectFrom("bookmark").selectAll().where("id", "=", id).executeTakeFirst();
    return row === undefined ? undefined : bookmarkOf(row);
  },
});

const bookmarkOf = ({ id, at, end, channels, note, by, made_at }: Tables["bookmark"]): Bookmark => ({
  ...{ id, channels: JSON.parse(channels) as number[], at: wallTime(at) },
  ...(end > at ? { to: wallTime(end) } : {}),
  ...{ note, by, madeAt: wallTime(made_at) },
});
