import {
  cameraMakeList,
  cameraTest,
  cameraTestBody,
  cameraTestParams,
  makesAnswer,
  type CameraTestBody,
} from "../../contract/camera-test.ts";
import { addressesOf, withoutCredentials } from "../../contract/channel.ts";
import { done, hidden } from "../../contract/common.ts";
import type { ProbeRequest } from "../../messages/probe.ts";
import { unsealSite } from "../../store/secrets.ts";
import type { App } from "../app-types.ts";
import { askCore, fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import { testDesk } from "./desk.ts";

const tags = ["cameras"];
const configure = { needs: "configure" } as const;
const gone = "This test is over and forgotten. Start it again.";

/** *Test* of a camera before it is added or changed: one session, its steps, what was found, and a picture. */
export function cameraTestRoutes(app: App, deps: RouteDeps): void {
  const desk = testDesk({
    ...{ clock: deps.clock, probe: deps.probe },
    newId: () => Buffer.from(deps.random(16)).toString("hex"),
  });
  app.addHook("onClose", () => desk[Symbol.dispose]());

  app.get(
    "/camera-makes",
    {
      config: { needs: "read" },
      schema: { tags, summary: "List the makes whose stream addresses are known", response: { 200: cameraMakeList } },
    },
    () => makesAnswer,
  );

  app.post(
    "/camera-tests",
    {
      config: { ...configure, errors: ["too-many"] },
      schema: {
        tags,
        summary: "Test a camera",
        description: "Opens one session for 8 s at most. Read the answer's id until its state is not `running`.",
        body: cameraTestBody,
        response: { 201: cameraTest },
      },
    },
    async (request, reply) => {
      const probe = await probeRequest(deps, request.body);
      const details = { url: probe.url, username: probe.username };
      // a test goes on without core; then only the log says who asked
      await askCore(deps, request.login, { kind: "audit", what: "camera-test", details }).catch(() =>
        request.log.warn({ ...details, by: request.login?.name }, "camera tested while core is away"),
      );
      const test = desk.start(probe) ?? fail("too-many", "Other cameras are being tested. Try again in a few seconds.");
      return reply.status(201).send(test);
    },
  );

  app.get(
    "/camera-tests/:id",
    {
      config: configure,
      schema: {
        tags,
        summary: "How a test of a camera stands",
        params: cameraTestParams,
        response: { 200: cameraTest },
      },
    },
    (request) => desk.get(request.params.id) ?? fail("not-found", gone),
  );

  app.get(
    "/camera-tests/:id/picture.jpg",
    {
      config: configure,
      schema: {
        ...{ tags, summary: "The picture of a test, as JPEG", params: cameraTestParams },
        produces: ["image/jpeg"],
      },
    },
    (request, reply) => {
      const picture = desk.picture(request.params.id) ?? fail("not-found", "There is no picture of this test.");
      return reply.type("image/jpeg").header("cache-control", "no-store").send(Buffer.from(picture));
    },
  );

  app.delete(
    "/camera-tests/:id",
    { config: configure, schema: { tags, summary: "End a test", params: cameraTestParams, response: { 200: done } } },
    (request) => {
      desk.cancel(request.params.id);
      return { done: true as const };
    },
  );
}

/** The body as the recorder wants it. The stars stand for the password of a channel, at the host of that channel only. */
async function probeRequest(deps: RouteDeps, body: CameraTestBody): Promise<Omit<ProbeRequest, "withinMs">> {
  const { main, sub } = addressesOf(body);
  const address = body.stream === "main" ? main : (sub ?? fail("invalid", "There is no address of a sub stream."));
  const { url, ...inAddress } = withoutCredentials(address);
  const username = body.username ?? inAddress.username;
  const password = body.password ?? inAddress.password;
  const { anyway } = body;
  if (password !== hidden) return { url, username, password, anyway };
  const site = unsealSite(deps.sealer, await deps.reads.config());
  const known =
    site.channels.find((row) => row.channel === body.channel) ??
    fail("invalid", `"${hidden}" stands for the password of \`channel\`; send the password itself.`);
  if (![known.mainUrl, known.subUrl].some((other) => other !== undefined && hostIn(other) === hostIn(url)))
    fail("invalid", "The address leads to another host than before. Enter the password again.");
  return { url, username, password: known.password, anyway };
}

const hostIn = (url: string): string => new URL(url).hostname.toLowerCase();
