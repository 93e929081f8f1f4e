import type { App } from "../app-types.ts";
import type { RouteDeps } from "../ports.ts";
import { keyRoutes } from "./key-routes.ts";
import { meRoutes } from "./me-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { userRoutes } from "./user-routes.ts";

/** Who is logged in, users, sessions and keys. Registered behind the gate. */
export function accountRoutes(app: App, deps: RouteDeps): void {
  meRoutes(app, deps);
  sessionRoutes(app, deps);
  userRoutes(app, deps);
  keyRoutes(app, deps);
}
