/** The map of the pages. A page is a feature's `page.tsx`, loaded when somebody goes there. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { inboxSearch } from "../features/alarms/model/inbox-search.ts";
import { NotFound } from "../shared/ui/not-found.tsx";
import { PageSkeleton } from "../shared/ui/page-skeleton.tsx";
import { RouteFailure } from "../shared/ui/route-failure.tsx";
import { Shell } from "./shell.tsx";

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  /** `link`: a display's one-time link; `ended`: somebody was logged in here until now. */
  validateSearch: (search: Record<string, unknown>): { next?: string; link?: string; ended?: boolean } => {
    const [next, link] = [text(search["next"]), text(search["link"])];
    return {
      ...(next === undefined ? {} : { next }),
      ...(link === undefined ? {} : { link }),
      ...(search["ended"] === true ? { ended: true } : {}),
    };
  },
  component: lazyRouteComponent(() => import("../features/login/page.tsx")),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: (search: Record<string, unknown>): { token?: string; step?: string } => {
    const [token, step] = [text(search["token"]), text(search["step"])];
    return { ...(token === undefined ? {} : { token }), ...(step === undefined ? {} : { step }) };
  },
  component: lazyRouteComponent(() => import("../features/first-start/page.tsx")),
});

/** Everything that has the navigation and the top bar around it. */
const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => redirect({ to: "/live", throw: true }),
});

const live = createRoute({
  getParentRoute: () => shell,
  path: "/live",
  component: lazyRouteComponent(() => import("../features/live/page.tsx")),
});

const alarms = createRoute({
  getParentRoute: () => shell,
  path: "/alarms/{-$alarm}",
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import("../features/alarms/page.tsx")),
});

const playback = createRoute({
  getParentRoute: () => shell,
  path: "/playback",
  /** `at`: milliseconds since 1970; `channels`: numbers with commas; `onward`: from a gap to the next footage. */
  validateSearch: (search: Record<string, unknown>): { at?: number; channels?: string; onward?: true } => {
    const at = Number(search["at"]);
    const listed = search["channels"];
    const channels = typeof listed === "number" ? String(listed) : text(listed);
    const onward = search["onward"] === true ? { onward: true as const } : {};
    return { ...(at > 0 ? { at } : {}), ...(channels === undefined ? {} : { channels }), ...onward };
  },
  component: lazyRouteComponent(() => import("../features/playback/page.tsx")),
});

const cameras = createRoute({
  getParentRoute: () => shell,
  path: "/cameras/{-$channel}",
  component: lazyRouteComponent(() => import("../features/cameras/page.tsx")),
});

const pictures = createRoute({
  getParentRoute: () => shell,
  path: "/pictures",
  component: lazyRouteComponent(() => import("../features/pictures/page.tsx")),
});

const recording = createRoute({
  getParentRoute: () => shell,
  path: "/recording",
  component: lazyRouteComponent(() => import("../features/recording/page.tsx")),
});

const detection = createRoute({
  getParentRoute: () => shell,
  path: "/detection/{-$channel}",
  component: lazyRouteComponent(() => import("../features/detection/page.tsx")),
});

const models = createRoute({
  getParentRoute: () => shell,
  path: "/models",
  component: lazyRouteComponent(() => import("../features/models/page.tsx")),
});

const aiRules = createRoute({
  getParentRoute: () => shell,
  path: "/ai-rules/{-$channel}",
  component: lazyRouteComponent(() => import("../features/ai-rules/page.tsx")),
});

const alarmIn = createRoute({
  getParentRoute: () => shell,
  path: "/alarm-in/{-$input}",
  component: lazyRouteComponent(() => import("../features/alarm-in/page.tsx")),
});

const alarmOut = createRoute({
  getParentRoute: () => shell,
  path: "/alarm-out/{-$output}",
  component: lazyRouteComponent(() => import("../features/alarm-out/page.tsx")),
});

const arming = createRoute({
  getParentRoute: () => shell,
  path: "/arming",
  component: lazyRouteComponent(() => import("../features/arming/page.tsx")),
});

const boards = createRoute({
  getParentRoute: () => shell,
  path: "/boards/{-$board}",
  component: lazyRouteComponent(() => import("../features/boards/page.tsx")),
});

const storage = createRoute({
  getParentRoute: () => shell,
  path: "/storage",
  component: lazyRouteComponent(() => import("../features/storage/page.tsx")),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: "/people/{-$section}",
  component: lazyRouteComponent(() => import("../features/people/page.tsx")),
});

const system = createRoute({
  getParentRoute: () => shell,
  path: "/system/{-$section}",
  component: lazyRouteComponent(() => import("../features/system/page.tsx")),
});

const walkTest = createRoute({
  getParentRoute: () => shell,
  path: "/walk-test",
  component: lazyRouteComponent(() => import("../features/walk-test/page.tsx")),
});

const schedules = createRoute({
  getParentRoute: () => shell,
  path: "/schedules/{-$schedule}",
  component: lazyRouteComponent(() => import("../features/schedules/page.tsx")),
});

const simulator = createRoute({
  getParentRoute: () => shell,
  path: "/simulator",
  component: lazyRouteComponent(() => import("../features/simulator/page.tsx")),
});

const coverage = createRoute({
  getParentRoute: () => shell,
  path: "/coverage",
  component: lazyRouteComponent(() => import("../features/coverage/page.tsx")),
});

const setUp = [
  cameras,
  pictures,
  recording,
  detection,
  aiRules,
  models,
  alarmIn,
  alarmOut,
  arming,
  walkTest,
  schedules,
  simulator,
  coverage,
  boards,
  storage,
  people,
  system,
];
const pages = [home, live, alarms, playback, ...setUp];

export const router = createRouter({
  routeTree: root.addChildren([login, setup, shell.addChildren(pages)]),
  defaultPreload: "intent",
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: RouteFailure,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
