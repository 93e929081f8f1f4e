/** The one door for requests: JSON in, JSON out, and the server's own sentence when it says no. */

/** An answer that is not 2xx, or none at all (`status` 0, code `no-answer`). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const search = (query: Query | undefined): string => {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return "";
  return `?${new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString()}`;
};

/** `path` below `/api`, e.g. `channels/1`; for links, pictures and downloads that the browser fetches itself. */
export const apiUrl = (path: string, query?: Query): string => `/api/${path}${search(query)}`;

type LoggedOut = () => void;
let loggedOut: LoggedOut = () => undefined;

/** Told whenever an answer says that nobody is logged in (any more). */
export function onLoggedOut(handle: LoggedOut): void {
  loggedOut = handle;
}

async function failureOf(response: Response): Promise<ApiError> {
  const fallback = `${response.status} ${response.statusText}`.trim();
  try {
    const { error } = (await response.json()) as { error?: { code?: string; message?: string } };
    return new ApiError(response.status, error?.code ?? "internal", error?.message ?? fallback);
  } catch {
    return new ApiError(response.status, "internal", fallback);
  }
}

/** Sends a request as it is; throws an ApiError unless the answer is 2xx. */
export async function request(path: string, init: RequestInit = {}, query?: Query): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, "no-answer", "Reed did not answer. Is it running, and is this device in its network?");
  }
  if (response.ok) return response;
  const failure = await failureOf(response);
  if (failure.status === 401 && path !== "login") loggedOut();
  throw failure;
}

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const init: RequestInit =
    body === undefined
      ? { method }
      : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await request(path, init);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export const api = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> => {
    const response = await request(path, signal === undefined ? {} : { signal }, query);
    return (await response.json()) as T;
  },
  post: <T = unknown>(path: string, body?: unknown): Promise<T> => send<T>("POST", path, body),
  put: <T = unknown>(path: string, body: unknown): Promise<T> => send<T>("PUT", path, body),
  patch: <T = unknown>(path: string, body: unknown): Promise<T> => send<T>("PATCH", path, body),
  delete: <T = unknown>(path: string): Promise<T> => send<T>("DELETE", path),
};
