import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyRequest } from "fastify";
import { ZipFile } from "yazl";
import { numberParams } from "../../contract/common.ts";
import { dayParams, dayPictures, pictureDays, timedPictureParams } from "../../contract/timed-picture.ts";
import { dayOfText } from "../../kernel/local-time.ts";
import type { App } from "../app-types.ts";
import { guardPlayback } from "../auth/channel-rights.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

const tags = ["footage"];
/** They are of the past: who may not play a camera back does not see them. */
const config = { needs: "footage", channels: "checked" } as const;
const preHandler = guardPlayback;

/** Pictures that were taken by the clock; core puts them there. */
export function timedPictureRoutes(app: App, deps: ApiDeps): void {
  const folderOf = (...parts: readonly (string | number)[]) => join(deps.timedPictureFolder, ...parts.map(String));
  app.get(
    "/channels/:id/timed-pictures",
    {
      config,
      preHandler,
      schema: {
        tags,
        summary: "Days of which pictures by the clock are there",
        params: numberParams,
        response: { 200: pictureDays },
      },
    },
    async (request) => {
      const days = (await namesIn(folderOf(request.params.id))).filter((day) => dayOfText(day) !== undefined);
      const counted = days.map(async (day) => ({
        day,
        count: (await picturesIn(folderOf(request.params.id, day))).length,
      }));
      return (await Promise.all(counted)).toSorted((a, b) => (a.day < b.day ? 1 : -1));
    },
  );
  app.get(
    "/channels/:id/timed-pictures/:day",
    {
      config,
      preHandler,
      schema: { tags, summary: "The pictures of a day, in order", params: dayParams, response: { 200: dayPictures } },
    },
    async (request) => {
      const folder = folderOf(request.params.id, request.params.day);
      const sized = (await picturesIn(folder)).map(async (at) => ({
        at,
        bytes: await sizeOf(join(folder, `${at}.jpg`)),
      }));
      return Promise.all(sized);
    },
  );
  app.get(
    "/channels/:id/timed-pictures/:day/:at",
    {
      config,
      preHandler,
      schema: {
        tags,
        summary: "A picture that was taken by the clock, as JPEG",
        params: timedPictureParams,
        produces: ["image/jpeg"],
      },
    },
    async (request, reply) => {
      const { id, day, at } = request.params;
      const jpeg = await readFile(folderOf(id, day, `${at}.jpg`)).catch(() => fail("not-found", noSuch));
      return reply
        .type("image/jpeg")
        .header("cache-control", "private, max-age=86400")
        .header("content-disposition", `inline; filename="${fileName(id, at)}"`)
        .send(jpeg);
    },
  );
  zipRoute(app, deps, folderOf);
}

const noSuch = "There is no such picture.";

function zipRoute(app: App, deps: ApiDeps, folderOf: (...parts: readonly (string | number)[]) => string): void {
  app.get(
    "/channels/:id/timed-pictures/:day/all.zip",
    {
      config,
      preHandler,
      schema: { tags, summary: "All pictures of a day, as a ZIP", params: dayParams, produces: ["application/zip"] },
    },
    async (request, reply) => {
      const { id, day } = request.params;
      const folder = folderOf(id, day);
      const pictures = await picturesIn(folder);
      if (pictures.length === 0) fail("not-found", noSuch);
      await writeAudit(deps, request, {
        channel: id,
        from: pictures[0],
        to: pictures.at(-1),
        pictures: pictures.length,
      });
      const zip = new ZipFile();
      const bytes = new PassThrough();
      zip.on("error", (error: Error) => bytes.destroy(error));
      // whoever went away is no failure; a picture that the shelf took meanwhile ends the file where it is
      pipeline(zip.outputStream, bytes).catch((error: unknown) =>
        request.log.warn({ error: String(error), day }, "a ZIP of pictures was not finished"),
      );
      for (const at of pictures) {
        zip.addFile(join(folder, `${at}.jpg`), fileName(id, at), { compress: false, mtime: new Date(at) });
      }
      zip.end();
      return reply
        .type("application/zip")
        .header("cache-control", "private, no-store")
        .header("content-disposition", `attachment; filename="camera-${id}-${day}.zip"`)
        .send(bytes);
    },
  );
}

/** Reading goes on without core; then only the log has it. */
const writeAudit = ({ core }: ApiDeps, { login, log }: FastifyRequest, details: Record<string, unknown>) =>
  askCore({ core }, login, { kind: "audit", what: "footage", details }).then(
    () => undefined,
    () => log.warn({ ...details, by: login?.name }, "pictures taken while core is away"),
  );

const fileName = (channel: number, at: number): string =>
  `camera-${channel}-${new Date(at).toISOString().slice(0, 19).replaceAll(":", "")}Z.jpg`;

/** When each was taken, in order. */
const picturesIn = async (folder: string): Promise<number[]> =>
  (await namesIn(folder))
    .flatMap((name) => Number(/^(\d{1,15})\.jpg$/.exec(name)?.[1] ?? NaN))
    .filter((at) => !Number.isNaN(at))
    .toSorted((a, b) => a - b);

/** Nothing where none was taken, or all are gone. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });

/** 0 of one that was taken away meanwhile. */
const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
