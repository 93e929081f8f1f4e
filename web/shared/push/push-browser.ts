/** What the browser itself has to say about push. */
import type { Language } from "../format.ts";
import { browserName, fromBase64Url, isApplePhone, toBase64Url, type PushFacts } from "./push-state.ts";

const script = "/push-worker.js";

export const pushFacts = (): PushFacts => ({
  secure: window.isSecureContext,
  worker: "serviceWorker" in navigator,
  push: "PushManager" in window && "Notification" in window,
  apple: isApplePhone(navigator.userAgent, navigator.maxTouchPoints),
  standalone: window.matchMedia("(display-mode: standalone)").matches,
  permission: "Notification" in window ? Notification.permission : "default",
});

/** SHA-256 of an address, hex: by it the server's list names a browser. */
async function markOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The mark of this browser's subscription; undefined while it has none. */
export async function ownMark(): Promise<string | undefined> {
  const worker = await navigator.serviceWorker.getRegistration("/");
  const subscription = await worker?.pushManager.getSubscription();
  return subscription === null || subscription === undefined ? undefined : markOf(subscription.endpoint);
}

export interface SubscriptionInput {
  readonly name: string;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly language: Language;
}

/** Asks the person, then the browser's push service. Rejects with a sentence of the browser's. `language`: of the pages. */
export async function subscribeHere(publicKey: string, language: Language): Promise<SubscriptionInput> {
  if ((await Notification.requestPermission()) !== "granted") throw new DeniedError();
  await navigator.serviceWorker.register(script, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  // one of another key (the site was set up anew) can't be used any more
  const key = before?.options.applicationServerKey;
  if (before !== null && (!key || toBase64Url(new Uint8Array(key)) !== publicKey)) await before.unsubscribe();
  const made = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromBase64Url(publicKey),
  });
  const { endpoint, keys } = made.toJSON();
  return {
    name: browserName(navigator.userAgent),
    endpoint: endpoint ?? "",
    keys: { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" },
    language,
  };
}

/** The person said no. */
export class DeniedError extends Error {}

/** Ends this browser's subscription with its push service; harmless where there is none. */
export async function unsubscribeHere(): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration("/");
  const subscription = await worker?.pushManager.getSubscription();
  await subscription?.unsubscribe();
}
