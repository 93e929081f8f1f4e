import { isLimited, maySee, type Viewing } from "../../domain/rights.ts";
import type { FastifyRequest } from "fastify";
import { numberParams } from "../../contract/common.ts";
import type { Login } from "../app-types.ts";
import { ApiFailure } from "../failure.ts";

type Route = { readonly channels?: "none" | "checked" };

/** A login that sees some channels only gets into those routes that have said what they do about it. */
export const mayEnter = (login: Login, route: Route): boolean =>
  !isLimited(login.rights) || route.channels !== undefined;

export const limitedSentence = "This login may see some of the cameras only, and this is about all of them.";

/** Refuses what a login may not see of a channel. */
export function guardChannel(login: Login | undefined, channel: number, viewing: Viewing): void {
  if (login !== undefined && maySee(login.rights, channel, viewing)) return;
  const what = viewing === "live" ? "live" : "recorded";
  throw new ApiFailure("forbidden", `This login may not see ${what} pictures of channel ${channel}.`);
}

/** The same of each of them. */
export function guardChannels(login: Login | undefined, channels: readonly number[], viewing: Viewing): void {
  for (const channel of channels) guardChannel(login, channel, viewing);
}

/** `preHandler` of routes below `/channels/:id/` that give footage: refuses before anything is opened. */
export function guardPlayback(request: FastifyRequest, _: unknown, go: () => void): void {
  guardChannel(request.login, numberParams.parse(request.params).id, "playback");
  go();
}
