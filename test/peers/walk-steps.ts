/** A walk test on a running Reed: what its ticks wait for, whom it does not call, and what stands in its record. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { receive, smtp } from "../../src/core/notify/test-receivers.ts";
import { picturesIn, wordsOf } from "../../src/testkit/pdf-words.ts";
import type { startCameraProgram } from "../../src/testkit/process.ts";
import type { BoardProgram } from "../support/board.ts";
import { recorded } from "../support/footage.ts";
import { until, type Api, type Json } from "../support/reed.ts";

export interface WalkSite {
  readonly api: Api;
  readonly board: BoardProgram;
  readonly cameras: Awaited<ReturnType<typeof startCameraProgram>>;
  readonly volume: string;
  /** The contact that is tripped; its contact on the board is the one before. */
  readonly input: number;
  readonly siren: number;
  /** The camera that is silent at the edge, and one that is not. */
  readonly stalled: number;
  readonly other: number;
}

/** Keeps what it gets and answers it only when it may. */
async function slowHook(): Promise<{ url: string; got: Json[]; answer: () => void } & AsyncDisposable> {
  const got: Json[] = [];
  const waiting: (() => void)[] = [];
  let open = false;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      got.push(JSON.parse(Buffer.concat(parts).toString()));
      if (open) response.end();
      else waiting.push(() => void response.end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    got,
    answer() {
      open = true;
      for (const end of waiting.splice(0)) end();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Hook = Awaited<ReturnType<typeof slowHook>>;

const rowNow = async (api: Api): Promise<Json> => (await api.get("walk-test")).running.rows[0];

/** Footage, relay and message, each by its kind. */
const ticksOf = ({ footage, relay, message }: Json): readonly string[] => [footage.kind, relay.kind, message.kind];

async function ticks(api: Api, expected: readonly string[]): Promise<Json> {
  let row: Json;
  await until(
    async () => {
      row = await rowNow(api);
      if (ticksOf(row).join() !== expected.join()) throw new Error(JSON.stringify(row));
      return true;
    },
    `the ticks are ${expected.join(", ")}`,
  );
  return row;
}

/** The contact is tripped while one camera sends nothing and the web hook does not answer; both come back one by one. */
async function trip({ api, board, cameras, volume, input, stalled }: WalkSite, hook: Hook): Promise<void> {
  assert.deepEqual(ticksOf(await rowNow(api)), ["untripped", "untripped", "untripped"]);
  await cameras.send({ do: "stall", camera: stalled });
  await board.send({ do: "set", contact: input - 1, to: "closed" });
  const early = await ticks(api, ["waiting", "proved", "waiting"]);
  assert.equal(early.verdict, "waiting");
  assert.equal(hook.got.length, 1);
  assert.equal(hook.got[0].test, true, "a program that gets it shall do nothing");
  hook.answer();
  await ticks(api, ["waiting", "proved", "proved"]);
  const before = recorded(volume, stalled).at(-1) ?? 0;
  await cameras.send({ do: "up", camera: stalled });
  const row = await ticks(api, ["proved", "proved", "proved"]);
  const after = recorded(volume, stalled).at(-1) ?? 0;
  assert.ok(after > before, `the tick came with frame ${after} on the disk, after ${before}`);
  assert.equal(row.verdict, "proved");
}

async function recordOf(api: Api, walkId: string): Promise<{ pdf: Buffer; report: Json }> {
  let pdf: Buffer = Buffer.alloc(0);
  await until(async () => {
    pdf = await api.bytes(`walk-test/records/${walkId}/record.pdf`);
    return true;
  }, "the record is made");
  return { pdf, report: await api.get(`walk-test/records/${walkId}`) };
}

export async function walkTest(site: WalkSite): Promise<void> {
  const { api, board, input, siren, stalled, other } = site;
  await using hook = await slowHook();
  await using mail = await receive(smtp());
  const common = { enabled: true, snapshot: true };
  const made = [
    await api.post("notifiers", { ...common, name: "Central", kind: "webhook", url: hook.url, secret: "" }),
    await api.post("notifiers", {
      ...{ ...common, name: "Family", kind: "email", host: "127.0.0.1", port: mail.port, security: "none" },
      ...{ username: "reed", password: "a-password", from: "reed@shop.example", to: ["ann@shop.example"] },
    }),
  ];
  const notifiers = made.map((row: Json) => row.notifier as number);
  await api.patch(`inputs/${input}`, { name: "Back door", outputs: [{ output: siren, holdS: 20 }], notifiers });
  const { walkId } = await api.post("walk-test", { inputs: [input], minutes: 5 });
  await trip(site, hook);
  await until(
    async () => ((await board.send({ do: "status" })) as { relays: boolean[] }).relays[siren - 1] === false,
    "the siren got a pulse and no twenty seconds",
  );
  await board.send({ do: "set", contact: input - 1, to: "open" });
  await until(async () => (await api.get(`inputs/${input}`)).live.active === false, "the contact is at rest");
  await api.remove("walk-test");
  const { pdf, report } = await recordOf(api, walkId);
  assert.match(pdf.toString("latin1"), /^%PDF-1[^]*%%EOF\s*$/);
  assert.equal(report.proved, 1);
  const words = wordsOf(pdf);
  for (const name of ["Back door", "Yard", "Hall", "Siren", "Central", "Family"])
    assert.ok(words.includes(name), words);
  assert.equal(picturesIn(pdf), [stalled, other].length, "a picture per camera");
  assert.equal(mail.taken, 0, "no mail to anybody");
  assert.ok(mail.connections > 0, "the mail server was asked to log in");
  assert.ok(hook.got.every((message) => message.test === true));
  const { receipts } = await api.get(`receipts?input=${input}&limit=10`);
  const walked = (receipts as Json[]).filter((receipt) => receipt.edge.walk === walkId);
  assert.ok(walked.length > 0 && walked.every((receipt) => receipt.alarmId === undefined), "it is no alarm");
  await api.patch(`inputs/${input}`, { name: `Window ${input}`, outputs: [], notifiers: [] });
}
