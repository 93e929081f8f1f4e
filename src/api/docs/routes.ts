import swaggerUi from "@fastify/swagger-ui";
import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import type { App } from "../app-types.ts";

/** The document that is made from the schemas of all routes. */
export const openApi = (version: string): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: "3.1.0",
    info: {
      title: "Reed",
      version,
      description:
        "Everything that Reed does. Log in with `POST /api/login` (a cookie) or send an API key as " +
        "`Authorization: Bearer reed_…`. Times are milliseconds since 1970-01-01 UTC in answers; queries also take " +
        "ISO 8601. Errors are `{error: {code, message}}` with a sentence that says what to do. Two " +
        "WebSockets stand beside this: `/api/events` (a snapshot, then numbered changes, JSON) and " +
        "`/api/live/{channel}?track=video|audio` (a JSON `init` with the MIME type, then fragmented MP4 as binary).",
    },
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "reed_session" },
        key: { type: "http", scheme: "bearer" },
      },
    },
    security: [{ session: [] }, { key: [] }],
  },
  transform: jsonSchemaTransform,
});

/** The documentation, for whoever is logged in. */
export async function docsRoutes(app: App): Promise<void> {
  const config = { needs: ["read", "metrics"] } as const;
  app.get("/openapi.json", { config, schema: { hide: true } }, () => app.swagger());
  await app.register(async (docs) => {
    // the plugin's own routes do not say what they need
    docs.addHook("onRoute", (route) => {
      route.config = { ...route.config, ...config };
    });
    await docs.register(swaggerUi, { routePrefix: "/docs", indexPrefix: app.prefix, staticCSP: true });
  });
}
