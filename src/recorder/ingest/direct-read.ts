import { readSync } from "node:fs";
import type { Socket } from "node:net";

/**
 * Reads what a connected socket has, without the event loop: a socket that stops and starts listening for events costs
 * a wake-up for nothing and two calls of epoll_ctl each time, a direct read one call (`bench/README.md`).
 * Gives the number of bytes; 0 when events have to say what is the matter: nothing is there, the end, an error, or no
 * descriptor to be had (Windows).
 */
export function readDirectly(socket: Socket, into: Uint8Array): number {
  const fd = descriptorOf(socket);
  if (fd === undefined) return 0;
  try {
    return readSync(fd, into);
  } catch {
    // EAGAIN, ECONNRESET …: the socket's own events tell it
    return 0;
  }
}

/** Node keeps the descriptor in the handle below the socket; sockets that it made never block. */
function descriptorOf(socket: Socket): number | undefined {
  if (socket.destroyed) return undefined;
  const handle: unknown = Reflect.get(socket, "_handle");
  const fd = typeof handle === "object" && handle !== null && "fd" in handle ? handle.fd : undefined;
  return typeof fd === "number" && fd >= 0 ? fd : undefined;
}
