import { seenReceipt } from "../../domain/rights.ts";
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { numberParams } from "../../contract/common.ts";
import { footageQuery, receiptFootageQuery } from "../../contract/footage.ts";
import { eventParams } from "../../contract/receipt.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { App, Login } from "../app-types.ts";
import { guardChannel, limitedSentence } from "../auth/channel-rights.ts";
import { createSeldom } from "../audit/seldom.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps, FootageRequest } from "../ports.ts";
import { byteRange } from "./byte-range.ts";

interface Wanted extends FootageRequest {
  /** 1… of the runs of equal parameters. */
  readonly part: number;
  readonly eventId?: string;
}

const bytes =
  "Takes ranges of bytes. A camera that changed its settings in between makes several files: `X-Reed-Parts` says how " +
  "many, `part` picks one, `X-Reed-From` and `X-Reed-To` are its ends.";

/** Footage as MP4 files. They are put together for the request; a file on disk is never sent as it lies. */
export function footageRoutes(app: App, deps: ApiDeps): void {
  const seldom = createSeldom(deps.clock);
  const config = { needs: "footage", channels: "checked", errors: ["no-footage"] } as const;
  const tags = ["footage"];
  const produces = ["video/mp4"];
  app.get(
    "/channels/:id/footage.mp4",
    {
      config,
      schema: {
        tags,
        produces,
        summary: "Footage of a span from one channel, as MP4",
        description: bytes,
        params: numberParams,
        querystring: footageQuery,
      },
    },
    (request, reply) => {
      const { from, to, part, audio } = request.query;
      const wanted = { channel: request.params.id, fromMs: from, toMs: to, audio: audio === "true", part };
      return sendFootage({ ...deps, seldom }, request, reply, wanted);
    },
  );
  app.get(
    "/receipts/:eventId/footage.mp4",
    {
      config,
      schema: {
        tags,
        produces,
        summary: "Footage of one edge from one channel, as MP4",
        description: `From the pre-record to the post-record, as the receipt says. ${bytes}`,
        params: eventParams,
        querystring: receiptFootageQuery,
      },
    },
    async (request, reply) => {
      const { eventId } = request.params;
      const found = (await deps.reads.receipt(eventId)) ?? fail("not-found", `There is no receipt ${eventId}.`);
      const receipt = playedReceipt(request.login, found) ?? fail("forbidden", limitedSentence);
      const { channel, part, audio } = request.query;
      const bounds =
        boundsOf(receipt, channel) ?? fail("no-footage", "This receipt has no footage of that channel yet.");
      return sendFootage({ ...deps, seldom }, request, reply, { ...bounds, audio: audio === "true", part, eventId });
    },
  );
}

/** Only what may be played back is looked for in a receipt; who may all of it is told when there is none. */
function playedReceipt(login: Login | undefined, receipt: Receipt): Receipt | undefined {
  const { playback = [] } = login?.rights ?? {};
  return playback === "all" ? receipt : seenReceipt({ live: [], playback }, receipt);
}

/** What a receipt vouches for; while it is open, from the pre-record on. */
function boundsOf(receipt: Receipt, channel: number | undefined) {
  for (const { target, record } of receipt.actions) {
    if (target.kind !== "record" || (channel !== undefined && target.channel !== channel)) continue;
    const before = record?.preAchievedMs ?? target.preS * 1000;
    const fromMs = record?.from ?? receipt.edge.at.wall - before;
    const toMs = record?.to ?? receipt.edge.at.wall + 600_000;
    if (record?.answer !== "failed" || record.from !== undefined) return { channel: target.channel, fromMs, toMs };
  }
  return undefined;
}

type Deps = ApiDeps & { readonly seldom: ReturnType<typeof createSeldom> };

async function sendFootage(deps: Deps, request: FastifyRequest, reply: FastifyReply, wanted: Wanted) {
  guardChannel(request.login, wanted.channel, "playback");
  const footage = await deps.footage.open(wanted);
  const part = footage.parts[wanted.part - 1] ?? fail("no-footage");
  const range = byteRange(request.headers.range, part.bytes);
  if (range.kind === "unsatisfiable") {
    return reply.status(416).header("content-range", `bytes */${part.bytes}`).send();
  }
  await writeAudit(deps, request, wanted);
  const at = new Date(part.fromMs).toISOString().slice(0, 19).replaceAll(":", "");
  void reply
    .type("video/mp4")
    .header("accept-ranges", "bytes")
    .header("cache-control", "private, no-store")
    .header("content-length", range.end - range.start)
    .header("content-disposition", `inline; filename="channel-${wanted.channel}-${at}Z.mp4"`)
    .header("x-reed-parts", footage.parts.length)
    .header("x-reed-from", part.fromMs)
    .header("x-reed-to", part.toMs);
  if (range.kind === "part") {
    void reply.status(206).header("content-range", `bytes ${range.start}-${range.end - 1}/${part.bytes}`);
  }
  return reply.send(Readable.from(footage.read(part, range.start, range.end)));
}

/** Who took which footage, whatever the range of its bytes. Reading goes on without core; then only the log has it. */
async function writeAudit(deps: Deps, request: FastifyRequest, wanted: Wanted): Promise<void> {
  const { channel, fromMs, toMs, eventId, part } = wanted;
  const details = { channel, from: fromMs, to: toMs, ...(eventId === undefined ? {} : { eventId }) };
  const { login, log } = request;
  await deps.seldom(`${login?.kind} ${login?.name} ${JSON.stringify(details)} ${part}`, () =>
    askCore(deps, login, { kind: "audit", what: "footage", details }).then(
      () => undefined,
      () => log.warn({ ...details, by: login?.name }, "footage taken while core is away"),
    ),
  );
}
