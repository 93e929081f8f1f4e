import { notice } from "../../contract/state.ts";

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 10vh auto; padding: 0 1rem; color-scheme: light dark }
  label, button, output { display: block; margin: 0.75rem 0 }
  input { display: block; font: inherit; width: 100%; max-width: 22rem; padding: 0.4rem; box-sizing: border-box }
  button { font: inherit; padding: 0.4rem 1.2rem }
  small { opacity: 0.75 }`;

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}
</style>
${body}
<p><small>${notice}</small></p>
</html>
`;

const form = (path: string, button: string, password: string) => `<form data-path="${path}">
<label>Name <input name="name" required autocomplete="username" autofocus></label>
<label>Password <input name="password" type="password" required ${password}></label>
<button>${button}</button>
<output role="alert"></output>
</form>
<script src="/front.js"></script>`;

export const homePage = page(
  "Reed",
  `<h1>Reed</h1>
<p>A network video recorder that starts from the wired alarm contact: a contact opens, the chosen cameras have footage
from before it, relays switch, and a receipt says what was recorded, or why it was not.</p>
<p>Everything is done over HTTP for now. <a href="/login">Log in</a>; then <a href="/api/docs">/api/docs</a> lists what
there is, and <a href="/api/openapi.json">/api/openapi.json</a> says it to programs, which send an API key. On a new
installation the address that Reed printed at its start creates the administrator.</p>`,
);

export const setupPage = page(
  "Reed: administrator",
  `<h1>Create the administrator</h1>
<p>This works once, with the address that Reed printed at its start. At least 10 characters, not the name; a sentence is
easier to keep than a riddle.</p>
${form("/api/setup", "Create", 'minlength="10" autocomplete="new-password"')}`,
);

export const loginPage = page(
  "Reed: log in",
  `<h1>Log in</h1>
${form("/api/login", "Log in", 'autocomplete="current-password"')}`,
);

/** Sends the form as JSON, with the token of the address where there is one, and goes on to the documentation. */
export const frontScript = `const form = document.querySelector("form");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = form.querySelector("output");
  const token = new URLSearchParams(location.search).get("token");
  const body = { ...Object.fromEntries(new FormData(form)), ...(token === null ? {} : { token }) };
  try {
    const response = await fetch(form.dataset.path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) location.assign("/api/docs");
    else answer.textContent = (await response.json()).error.message;
  } catch {
    answer.textContent = "Reed did not answer. Is it running?";
  }
});
`;
