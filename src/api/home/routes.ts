import type { App } from "../app-types.ts";
import { frontScript, homePage, loginPage, setupPage } from "./page.ts";

/** What this is, the first administrator and the login, without any framework; the pages come later. */
export function homeRoute(app: App): void {
  const pages = { "/": homePage, "/setup": setupPage, "/login": loginPage };
  for (const [url, page] of Object.entries(pages)) {
    app.get(url, { schema: { hide: true } }, (_, reply) => reply.type("text/html; charset=utf-8").send(page));
  }
  app.get("/front.js", { schema: { hide: true } }, (_, reply) => reply.type("text/javascript").send(frontScript));
}
