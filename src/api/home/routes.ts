import { notice } from "../../contract/state.ts";
import type { App } from "../app-types.ts";

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reed</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 10vh auto; padding: 0 1rem; color-scheme: light dark }
  code { font-size: 0.95em }
  small { opacity: 0.75 }
</style>
<h1>Reed</h1>
<p>A network video recorder that starts from the wired alarm contact: a contact opens, the chosen cameras have footage
from before it, relays switch, and a receipt says what was recorded, or why it was not.</p>
<p>Everything is done over HTTP for now. Log in with <code>POST /api/login</code> or send an API key; then
<a href="/api/docs">/api/docs</a> lists what there is, and <a href="/api/openapi.json">/api/openapi.json</a> says it to
programs. On a new installation the first-start address that Reed printed creates the administrator
(<code>POST /api/setup</code>).</p>
<p><small>${notice}</small></p>
</html>
`;

/** What this is and where to go on; the pages come later. */
export function homeRoute(app: App): void {
  app.get("/", { schema: { hide: true } }, (_, reply) => reply.type("text/html; charset=utf-8").send(page));
}
