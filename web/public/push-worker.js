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
  event.waitUntil(self.registration.showNotification(message.title, options));
});

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
