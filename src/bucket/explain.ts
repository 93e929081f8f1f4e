import type { BucketSettings } from "../domain/bucket-settings.ts";
import { BucketError } from "./port.ts";

type Where = Pick<BucketSettings, "endpoint" | "bucket" | "region" | "pathStyle">;

/** Names of errors as S3 servers send them (and a few of proxies before them), in plain words. */
const refusals: Readonly<Record<string, (where: Where) => string>> = {
  InvalidAccessKeyId: () => "The server does not know this access key.",
  SignatureDoesNotMatch: () => "The secret key does not belong to this access key.",
  AccessDenied: ({ bucket }) => `This access key may not do that in the bucket ${bucket}.`,
  AllAccessDisabled: ({ bucket }) => `This access key may not do that in the bucket ${bucket}.`,
  ExpiredToken: () => "The access key has run out.",
  NoSuchBucket: ({ bucket }) => `There is no bucket ${bucket}. Make it first, or correct its name.`,
  PermanentRedirect: ({ bucket, region }) =>
    `The bucket ${bucket} lies in another region than ${region}, or at another address.`,
  AuthorizationHeaderMalformed: ({ region }) => `The server expects another region than ${region}.`,
  RequestTimeTooSkewed: () => "The clock of this machine and the server's differ by too much. Set the clock.",
  QuotaExceeded: () => "The store is full.",
  XMinioStorageFull: () => "The store is full.",
  EntityTooLarge: () => "The server does not take objects of this size.",
  BadDigest: () => "What arrived is not what was sent; it is sent again.",
  XAmzContentChecksumMismatch: () => "What arrived is not what was sent; it is sent again.",
  ObjectLocked: () => "The bucket keeps its objects locked; nothing can be deleted there yet.",
  SlowDown: () => "The server is busy.",
  ServiceUnavailable: () => "The server is busy.",
  NotImplemented: () => "The server does not know this request; it may be no whole S3 server.",
};

const passing = new Set(["SlowDown", "ServiceUnavailable", "BadDigest", "XAmzContentChecksumMismatch"]);

const absences: Readonly<Record<string, (where: Where) => string>> = {
  ENOTFOUND: (where) => `The name ${hostOf(where)} is not known. Check the address and the DNS server.`,
  EAI_AGAIN: (where) => `The name ${hostOf(where)} can't be looked up now: no DNS server answers.`,
  ECONNREFUSED: (where) => `Nothing answers at ${hostOf(where)}: the connection was refused.`,
  EHOSTUNREACH: (where) => `There is no way to ${hostOf(where)}. Check the network.`,
  ENETUNREACH: (where) => `There is no way to ${hostOf(where)}. Check the network.`,
  ECONNRESET: (where) => `The connection to ${hostOf(where)} was broken off.`,
  EPIPE: (where) => `The connection to ${hostOf(where)} was broken off.`,
  ETIMEDOUT: (where) => `${hostOf(where)} does not answer.`,
  TimeoutError: (where) => `${hostOf(where)} does not answer.`,
  AbortError: (where) => `${hostOf(where)} does not answer.`,
  CERT_HAS_EXPIRED: (where) =>
    `The certificate of ${hostOf(where)} has run out, or the clock of this machine is wrong.`,
  CERT_NOT_YET_VALID: () => "The server's certificate is not valid yet: the clock of this machine is wrong.",
  ERR_TLS_CERT_ALTNAME_INVALID: (where) => `The certificate is of another server than ${hostOf(where)}.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (where) => untrusted(where),
  SELF_SIGNED_CERT_IN_CHAIN: (where) => untrusted(where),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (where) => untrusted(where),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (where) => untrusted(where),
  EPROTO: (where) => `${hostOf(where)} does not speak TLS there. Is it http instead of https?`,
  ERR_SSL_WRONG_VERSION_NUMBER: (where) => `${hostOf(where)} does not speak TLS there. Is it http instead of https?`,
};

const untrusted = (where: Where): string =>
  `The certificate of ${hostOf(where)} is not signed by anybody whom this machine trusts (NODE_EXTRA_CA_CERTS).`;

/** Host and port as they stand in the address; of another style with the bucket before it. */
export function hostOf({ endpoint, bucket, pathStyle }: Where): string {
  const host = endpoint.replace(/^https?:\/\//i, "").replace(/\/+$/, "");
  return pathStyle ? host : `${bucket}.${host}`;
}

/** What went wrong, as a sentence that names no secret. */
export function explained(error: unknown, where: Where): BucketError {
  if (error instanceof BucketError) return error;
  const chain = namesOf(error);
  for (const name of chain) {
    const says = absences[name];
    if (says !== undefined) return new BucketError("away", says(where));
  }
  for (const name of chain) {
    const says = refusals[name];
    if (passing.has(name) && says !== undefined) return new BucketError("busy", says(where));
    if (name === "NoSuchUpload") return new BucketError("gone", "The server has forgotten what was sent so far.");
    if (says !== undefined) return new BucketError("refused", says(where));
  }
  const status = statusOf(error);
  if (status === 404) return new BucketError("gone", "The object is gone from the store.");
  if (status === 403) return new BucketError("refused", refusals["AccessDenied"]?.(where) ?? "");
  if (status === 301 || status === 307) return new BucketError("refused", refusals["PermanentRedirect"]?.(where) ?? "");
  if (status !== undefined && status >= 400) {
    return new BucketError(
      status >= 500 ? "busy" : "refused",
      `The server answered ${status} (${chain.at(0) ?? "no name"}).`,
    );
  }
  if (status !== undefined) return new BucketError("refused", `What answers at ${hostOf(where)} is no S3 server.`);
  return new BucketError(
    "away",
    `${hostOf(where)} can't be reached (${chain.find((name) => name !== "Error") ?? "no reason"}).`,
  );
}

/** Names and codes of an error and of what caused it. */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < 4 && at instanceof Error; depth++, at = at.cause) {
    if ("Code" in at && typeof at.Code === "string") names.push(at.Code);
    if ("code" in at && typeof at.code === "string") names.push(at.code);
    names.push(at.name);
    if (at instanceof AggregateError) for (const one of at.errors) names.push(...namesOf(one));
  }
  return names;
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}
