/*
 * Shows what Reed pushes, and opens the alarm when it is touched. It keeps nothing and answers no requests: the pages
 * always come from Reed itself.
 */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let message = { title: "Reed", text: "", link: "/alarms" };
  try {
    message = { ...message, ...(event.data?.json() ?? {}) };
  } catch {
    // a browser takes the subscription away from a page that shows nothing
    message.text = event.data?.text() ?? "";
  }
  const options = {
    body: message.text,
    icon: "/reed-192.png",
    badge: "/reed-192.png",
    // the same event twice is one notice
    ...(message.event === undefined ? {} : { tag: message.event }),
    requireInteraction: message.urgency === "high" || message.urgency === "highest",
    silent: message.urgency === "low",
    data: { link: message.link },
  };
  event.waitUntil(tell(message, options));
});

/** At once without a picture; with it when it has come, unless the notice was put away meanwhile. */
async function tell(message, options) {
  if (message.quiet === true) return proveSilently(message, options);
  await self.registration.showNotification(message.title, options);
  const image = await pictureOf(message);
  if (image === undefined) return;
  const open = await self.registration.getNotifications({ tag: options.tag });
  if (open.length > 0) await self.registration.showNotification(message.title, { ...options, image, silent: true });
}

/** A browser wants to see a notice for each message: one without a sound, taken away at once. */
async function proveSilently(message, options) {
  const tag = "reed-test";
  await self.registration.showNotification(message.title, { ...options, tag, silent: true, requireInteraction: false });
  for (const notice of await self.registration.getNotifications({ tag })) notice.close();
}

const pictureLimitMs = 8000;
const mostPictureBytes = 2_000_000;

/** Asked for with the login of this browser; undefined where that is over, may not see it, or Reed is not reached. */
async function pictureOf({ picture, event }) {
  // only ever a picture of ours, and only where a notice can be replaced
  const ours = /^\/api\/(receipts\/[\w%-]+\/pictures\/\d+\/\d+|channels\/\d+\/objects\/\d+-\d+\/picture)$/;
  if (event === undefined || !ours.test(picture ?? "")) return undefined;
  try {
    const answer = await fetch(picture, { credentials: "same-origin", signal: AbortSignal.timeout(pictureLimitMs) });
    if (!answer.ok || answer.headers.get("content-type") !== "image/jpeg") return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (bytes.length > mostPictureBytes) return undefined;
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return `data:image/jpeg;base64,${btoa(text)}`;
  } catch {
    // the notice stands without it
    return undefined;
  }
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const link = String(event.notification.data?.link ?? "/alarms");
  // only ever a page of ours
  const url = new URL(link.startsWith("/") && !link.startsWith("//") ? link : "/alarms", self.location.origin).href;
  event.waitUntil(show(url));
});

async function show(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const [page] = pages;
  if (page === undefined) return self.clients.openWindow(url);
  await page.focus();
  // a page that this worker does not control can't be sent anywhere
  return page.navigate(url).catch(() => self.clients.openWindow(url));
}
