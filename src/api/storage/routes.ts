import * as contract from "../../contract/storage.ts";
import type { StorageAnswer } from "../../contract/storage.ts";
import { after, seconds, type Instant } from "../../kernel/time.ts";
import type { StoredSegment } from "../../store/read-storage.ts";
import type { StoredHour } from "../../store/stored-hours.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { App } from "../app-types.ts";
import type { ApiDeps } from "../ports.ts";
import { groupRoutes } from "./group-routes.ts";
import { keepRoutes } from "./keep-routes.ts";
import { answerOf, measureRoute } from "./measure-route.ts";
import { storageAnswer } from "./storage-answer.ts";

/** All hours are read for an answer, so it is done no oftener than this. */
const countedFor = seconds(30);
/** The oldest segments that are looked at for the one that goes next: before it may be protected ones. */
const mostOldest = 500;

interface Counted {
  readonly until: Instant;
  readonly hours: readonly StoredHour[];
  readonly oldest: ReadonlyMap<string, readonly StoredSegment[]>;
  readonly unreviewed: ReadonlyMap<string, number>;
}

/** Each once, the oldest first. */
const inOrder = (segments: readonly StoredSegment[]): StoredSegment[] =>
  [...new Map(segments.map((segment) => [segment.id, segment])).values()].sort((a, b) => a.from - b.from);

/** How the volumes are filled, and whether a folder could be one. */
export function storageRoutes(app: App, deps: ApiDeps): void {
  const tags = ["system"];
  let counted: Counted | undefined;
  const count = async ({ volumes: rows, channels, site }: SiteConfig): Promise<Counted> => {
    const volumes = rows.map((volume) => volume.id);
    const now = deps.clock.now();
    if (counted !== undefined && now < counted.until && volumes.every((id) => counted?.oldest.has(id))) return counted;
    const hours = await deps.reads.storedHours();
    const oldest = new Map<string, readonly StoredSegment[]>();
    // where cameras have days of their own, what goes next need not be among the oldest of all
    const apart = site.keep === undefined || site.keep.length === 0 ? [] : channels.map((row) => row.channel);
    for (const id of volumes) {
      const found = await deps.reads.oldestSegments(id, mostOldest);
      for (const channel of apart) found.push(...(await deps.reads.oldestOfChannel(id, channel, mostOldest)));
      oldest.set(id, inOrder(found));
    }
    counted = {
      until: after(now, countedFor),
      hours,
      oldest,
      unreviewed: await deps.reads.unreviewedBytes(await deps.reads.channelsWithFootage()),
    };
    return counted;
  };
  const speedOf = ({ site }: SiteConfig, id: string) => {
    const speed = site.measured?.find(({ volume }) => volume === id);
    return speed === undefined ? {} : { speed: answerOf(deps, speed) };
  };
  const withMedium = async <V extends StorageAnswer["volumes"][number]>(volume: V) => {
    // of one in a bucket only the journal lies here
    if (volume.archive?.bucket !== undefined) return volume;
    const medium = await deps.machine.medium(volume.live?.path ?? volume.path);
    return medium === undefined ? volume : { ...volume, medium };
  };
  app.get(
    "/storage",
    {
      config: { needs: "read" },
      schema: {
        tags,
        summary: "Read how the volumes are filled, how long they last and what goes next",
        response: { 200: contract.storage },
      },
    },
    async () => {
      const config = await deps.reads.config();
      const stored = await count(config);
      const states = deps.core.live()?.state.volumes ?? [];
      const locks = await deps.reads.locks();
      const answer = storageAnswer({ config, ...stored, states, locks, now: deps.clock.wall() });
      const volumes = await Promise.all(
        answer.volumes.map((volume) => ({ ...volume, ...speedOf(config, volume.id) })).map(withMedium),
      );
      return { ...answer, volumes };
    },
  );
  keepRoutes(app, deps);
  groupRoutes(app, deps);
  measureRoute(app, deps);
  app.get(
    "/storage/folder",
    {
      config: { needs: "configure" },
      schema: {
        tags,
        summary: "Look whether a folder could be a volume",
        description: "Changes nothing.",
        querystring: contract.folderQuery,
        response: { 200: contract.folder },
      },
    },
    async (request) => {
      const { path } = request.query;
      const { volumes } = await deps.reads.config();
      if (volumes.some((volume) => volume.path === path)) {
        return { path, fits: false, problem: "This folder is a volume already.", warnings: [] };
      }
      const look = await deps.machine.folder(path);
      const medium = look.fits ? await deps.machine.medium(path) : undefined;
      return { path, ...look, ...(medium === undefined ? {} : { medium }) };
    },
  );
}
