import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../app-types.ts";
import { ApiFailure } from "../failure.ts";

const yearS = 365 * 24 * 3600;
/** Addresses that are for programs: what is not there is an error there, never a page. */
const forPrograms = /^\/(api|trigger|health|metrics)(\/|\?|$)/;

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Reed</title>
<h1>Reed</h1><p>The pages are not built. Start Reed with <code>npm start</code>, which builds them.</p></html>
`;

/**
 * The web pages: files of `webRoot` as they are, and its `index.html` for every address that a page may have, because
 * the pages find their way themselves. They hold no data, so nobody has to be logged in to load them.
 */
export async function webRoutes(app: App, webRoot: string): Promise<void> {
  const built = existsSync(join(webRoot, "index.html"));
  if (built) {
    await app.register(fastifyStatic, {
      root: webRoot,
      cacheControl: false,
      dotfiles: "ignore",
      // the build lays .br and .gz files beside what is worth it
      preCompressed: true,
      schemaHide: true,
      setHeaders: (reply, path) => {
        // names in assets/ carry the hash of what is in them
        const lasting = path.startsWith(join(webRoot, "assets"));
        void reply.header("cache-control", lasting ? `public, max-age=${yearS}, immutable` : "no-cache");
      },
    });
  }
  const page = built ? readFileSync(join(webRoot, "index.html"), "utf8") : notBuilt;
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    if (!asksForPage(request)) throw new ApiFailure("not-found");
    return reply.header("cache-control", "no-cache").type("text/html; charset=utf-8").send(page);
  });
}

/** A browser that goes to an address; a script, a picture or a program that misses something gets the error. */
function asksForPage(request: FastifyRequest): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (forPrograms.test(request.url) || request.url.startsWith("/assets/")) return false;
  return (request.headers.accept ?? "*/*").includes("text/html");
}
