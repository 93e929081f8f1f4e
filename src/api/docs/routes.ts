import swaggerUi from "@fastify/swagger-ui";
import type { App } from "../app-types.ts";

/** The documentation, for whoever is logged in. */
export async function docsRoutes(app: App): Promise<void> {
  const config = { needs: ["read", "metrics"], channels: "none" } as const;
  app.get("/openapi.json", { config, schema: { hide: true } }, () => app.swagger());
  await app.register(async (docs) => {
    // the plugin's own routes do not say what they need
    docs.addHook("onRoute", (route) => {
      route.config = { ...route.config, ...config };
    });
    await docs.register(swaggerUi, { routePrefix: "/docs", indexPrefix: app.prefix, staticCSP: true });
  });
}
