import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import swagger from "@fastify/swagger";
import websocket from "@fastify/websocket";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyContextConfig } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { frontRoutes } from "./accounts/front-routes.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { alarmRoutes } from "./alarms/routes.ts";
import type { App } from "./app-types.ts";
import { armingRoutes } from "./arming/routes.ts";
import { auditRoutes } from "./audit/routes.ts";
import { addGate, standingOf } from "./auth/gate.ts";
import { openSockets } from "./auth/open-sockets.ts";
import { autoArmRoutes } from "./auto-arm/routes.ts";
import { backupRoutes } from "./backup/routes.ts";
import { boardProfileRoutes } from "./boards/profile-routes.ts";
import { boardRoutes } from "./boards/routes.ts";
import { bookmarkRoutes } from "./bookmarks/routes.ts";
import { cameraTestRoutes } from "./camera-tests/routes.ts";
import { channelRoutes } from "./channels/routes.ts";
import { openApi } from "./docs/open-api.ts";
import { docsRoutes } from "./docs/routes.ts";
import { eventRoutes } from "./events/routes.ts";
import { answerFailure } from "./failure.ts";
import { firstStepRoutes } from "./first-steps/routes.ts";
import { foresightRoutes } from "./foresight/routes.ts";
import { evidenceRoutes } from "./evidence/routes.ts";
import { exportRoutes } from "./exports/routes.ts";
import { footageRoutes } from "./footage/routes.ts";
import { inputRoutes } from "./inputs/routes.ts";
import { keyFrameRoutes } from "./key-frames/routes.ts";
import { liveRoutes } from "./live/routes.ts";
import { lockRoutes } from "./locks/routes.ts";
import { metricsRoute } from "./metrics/routes.ts";
import { modelRoutes } from "./models/routes.ts";
import { motionRoutes } from "./motion/routes.ts";
import { objectRoutes } from "./objects/routes.ts";
import { notifierRoutes } from "./notifiers/routes.ts";
import { outputRoutes } from "./outputs/routes.ts";
import { pictureRoutes } from "./pictures/routes.ts";
import { playbackRoutes } from "./playback/routes.ts";
import type { ApiDeps } from "./ports.ts";
import { alarmPictureRoutes } from "./alarm-pictures/routes.ts";
import { timedPictureRoutes } from "./timed-pictures/routes.ts";
import { ptzRoutes } from "./channels/ptz-routes.ts";
import { pushRoutes } from "./push/routes.ts";
import { receiptRoutes } from "./receipts/routes.ts";
import { recordingRoutes } from "./recording/routes.ts";
import { scheduleRoutes } from "./schedules/routes.ts";
import { siteRoutes } from "./site/routes.ts";
import { healthRoute, stateRoutes } from "./state/routes.ts";
import { storageRoutes } from "./storage/routes.ts";
import { systemRoutes } from "./system/routes.ts";
import { timelineRoutes } from "./timeline/routes.ts";
import { triggerRoutes } from "./trigger/routes.ts";
import { viewRoutes } from "./views/routes.ts";
import { volumeRoutes } from "./volumes/routes.ts";
import { walkTestRoutes } from "./walk-test/routes.ts";
import { webRoutes } from "./web/routes.ts";

/** Bytes that a request may send: no body of ours comes near. */
const bodyLimit = 1024 * 1024;

/** More than any house has; beyond it new ones are refused, so that file descriptors are left for footage. */
const mostConnections = 1000;

const behindTheGate = [
  accountRoutes,
  alarmRoutes,
  armingRoutes,
  auditRoutes,
  autoArmRoutes,
  backupRoutes,
  boardProfileRoutes,
  boardRoutes,
  bookmarkRoutes,
  cameraTestRoutes,
  channelRoutes,
  eventRoutes,
  firstStepRoutes,
  evidenceRoutes,
  exportRoutes,
  footageRoutes,
  foresightRoutes,
  inputRoutes,
  keyFrameRoutes,
  liveRoutes,
  lockRoutes,
  modelRoutes,
  motionRoutes,
  objectRoutes,
  notifierRoutes,
  outputRoutes,
  pictureRoutes,
  ptzRoutes,
  pushRoutes,
  playbackRoutes,
  alarmPictureRoutes,
  timedPictureRoutes,
  receiptRoutes,
  recordingRoutes,
  scheduleRoutes,
  siteRoutes,
  stateRoutes,
  storageRoutes,
  systemRoutes,
  timelineRoutes,
  viewRoutes,
  volumeRoutes,
  walkTestRoutes,
];

export type SeeRoute = (route: {
  readonly method: string | string[];
  readonly url: string;
  readonly config?: FastifyContextConfig;
}) => void;

/**
 * The whole HTTP server, not yet listening. All that is not a login, a trigger or `/health` stands behind the gate.
 * `seeRoute` is told of every route that there is.
 */
export async function buildApp(deps: ApiDeps, seeRoute: SeeRoute = () => undefined): Promise<App> {
  const logger: FastifyBaseLogger = deps.log;
  const app: App = Fastify({
    // the log never has addresses of requests: a trigger's key can stand in one
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    forceCloseConnections: true,
    // milliseconds for a whole request to arrive: who dribbles bytes holds no connection for long
    requestTimeout: 30_000,
    // long enough for any key in a path
    routerOptions: { maxParamLength: 1000 },
  }).withTypeProvider<ZodTypeProvider>();
  app.server.maxConnections = mostConnections;
  app.addHook("onRoute", seeRoute);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerFailure);
  app.decorateRequest("login", undefined);
  await app.register(helmet, {
    // plain HTTP in the house must go on working
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      directives: {
        "upgrade-insecure-requests": null,
        // the players feed video elements from memory
        "media-src": ["'self'", "blob:"],
        "img-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'", "blob:"],
      },
    },
  });
  await app.register(cookie);
  await app.register(swagger, openApi(deps.version));
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } });
  const sockets = openSockets(deps.clock, (login) => standingOf(deps, login));
  app.addHook("onClose", () => sockets[Symbol.dispose]());
  healthRoute(app, deps);
  frontRoutes(app, deps);
  await app.register((scope: App) => triggerRoutes(scope, deps));
  await app.register(async (scope: App) => {
    addGate(scope, deps);
    metricsRoute(scope, deps);
    await scope.register(
      async (api: App) => {
        for (const routes of behindTheGate) routes(api, { ...deps, sockets });
        await docsRoutes(api);
      },
      { prefix: "/api" },
    );
  });
  await webRoutes(app, deps.webRoot);
  return app;
}
