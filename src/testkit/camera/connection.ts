import type { Socket } from "node:net";
import { authorized, cameraRealm, challenges, type AuthScheme, type Credentials } from "./auth.ts";
import { startDelivery, type BufferPool, type Delivery, type Shape } from "./delivery.ts";
import { replyBytes, requestReader, targetOf, type RtspReply, type RtspRequest, type Target } from "./rtsp-text.ts";
import { sdpOf } from "./sdp.ts";
import type { Stream, Viewer } from "./stream.ts";

/** What a connection asks of the camera that it turned to. */
export interface CameraDoor {
  readonly number: number;
  readonly auth: readonly AuthScheme[];
  readonly credentials: Credentials;
  readonly shape: Shape;
  readonly sessionMicros: number;
  readonly inSdp: boolean;
  readonly refuse: "unauthorized" | "full" | undefined;
  readonly down: boolean;
  readonly hung: boolean;
  stream(which: "main" | "sub"): Stream | undefined;
  /** Whether one more session fits the limit. */
  admits(connection: Connection): boolean;
  readonly connections: Set<Connection>;
}

export interface ConnectionDeps {
  readonly socket: Socket;
  readonly client: number;
  readonly pool: BufferPool;
  /** The connection puts itself in when it has something to write. */
  readonly unsent: Set<Connection>;
  readonly random: () => number;
  readonly nowMicros: () => number;
  camera(number: number): CameraDoor | undefined;
}

export interface Connection {
  readonly client: number;
  readonly delivery: Delivery;
  /** Undefined until the first request names a camera. */
  readonly camera: CameraDoor | undefined;
  readonly hasSession: boolean;
  /** Writes what the shape allows; tells whether it wants to go on a millisecond later. */
  pump(nowMicros: number): boolean;
  /** Closes it when its session has run out. */
  checkAlive(nowMicros: number): void;
  freeze(): void;
  thaw(): void;
  close(): void;
}

interface Session {
  readonly id: string;
  readonly stream: Stream;
  readonly channels: Map<number, number>;
  viewer: Viewer | undefined;
}

const methods = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

/** Serves one TCP connection of an RTSP client. */
export function startConnection(deps: ConnectionDeps): Connection {
  const { socket, nowMicros } = deps;
  const read = requestReader();
  const nonce = Array.from({ length: 4 }, () => Math.floor(deps.random() * 2 ** 32).toString(16)).join("");
  let camera: CameraDoor | undefined;
  let session: Session | undefined;
  const onQueued = () => void deps.unsent.add(connection);
  let delivery = startDelivery({ ...deps, onQueued, shape: "burst" });
  let lastSeen = nowMicros();
  let frozen = false;

  const endSession = () => {
    const viewer = session?.viewer;
    if (viewer !== undefined) {
      session?.stream.remove(viewer);
      session?.stream.log.client(deps.client, "closed", nowMicros(), delivery.pending);
    }
    session = undefined;
  };
  const sessionHeader = (open: Session): readonly [string, string] => [
    "Session",
    camera !== undefined && camera.sessionMicros > 0
      ? `${open.id};timeout=${Math.round(camera.sessionMicros / 1e6)}`
      : open.id,
  ];
  const describe = (door: CameraDoor, stream: Stream, request: RtspRequest): RtspReply => ({
    status: 200,
    headers: [
      ["Content-Base", `${request.url.replace(/\/?(\?.*)?$/, "")}/`],
      ["Content-Type", "application/sdp"],
    ],
    body: sdpOf(stream.clip, `camera ${door.number}`, door.inSdp),
  });
  const setUp = (door: CameraDoor, stream: Stream, request: RtspRequest, target: Target): RtspReply => {
    const transport = request.headers.get("transport") ?? "";
    const track = target.track ?? 0;
    if (!/RTP\/AVP\/TCP/.test(transport)) return { status: 461 };
    if (track > (stream.clip.audio === undefined ? 0 : 1)) return { status: 404 };
    if (session === undefined && (door.refuse === "full" || !door.admits(connection))) return { status: 453 };
    const asked = /interleaved=(\d+)/.exec(transport)?.[1];
    session ??= {
      id: String(Math.floor(10_000_000 + deps.random() * 89_999_999)),
      stream,
      channels: new Map(),
      viewer: undefined,
    };
    const channel = asked === undefined ? session.channels.size * 2 : Number(asked) & 0xfe;
    session.channels.set(track, channel);
    const chosen = `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`;
    return { status: 200, headers: [["Transport", chosen], sessionHeader(session)] };
  };
  const play = (open: Session, request: RtspRequest): (() => void) | undefined => {
    if (open.viewer !== undefined) return undefined;
    const [video, audio] = [open.channels.get(0), open.channels.get(1)];
    open.viewer = { client: deps.client, delivery, video, audio, started: false, nextReportMicros: 0 };
    const viewer = open.viewer;
    const base = request.url.replace(/\/$/, "");
    const info = [...open.channels.keys()].map((track) => {
      const { sequence, rtpTime } = open.stream.info(track === 0 ? "video" : "audio", nowMicros());
      return `url=${base}/trackID=${track};seq=${sequence};rtptime=${rtpTime}`;
    });
    send({ status: 200, headers: [sessionHeader(open), ["Range", "npt=now-"], ["RTP-Info", info.join(",")]] }, request);
    return () => open.stream.play(viewer, nowMicros());
  };
  const send = (reply: RtspReply, request: RtspRequest) => {
    const bytes = replyBytes(reply, request.headers.get("cseq"));
    delivery.queue(bytes, bytes.length);
  };

  /** The reply, or undefined when it was sent already. */
  const answer = (door: CameraDoor, request: RtspRequest, target: Target): RtspReply | undefined => {
    const stream = door.stream(target.stream);
    if (stream === undefined) return { status: 404 };
    if (request.method === "OPTIONS") return { status: 200, headers: [["Public", methods]] };
    const attempt = { header: request.headers.get("authorization"), method: request.method, nonce, realm: cameraRealm };
    if (door.refuse === "unauthorized" || !authorized(door.auth, door.credentials, attempt)) {
      const schemes = door.auth.length > 0 ? door.auth : (["digest-md5"] as const);
      return { status: 401, headers: challenges(schemes, nonce).map((text) => ["WWW-Authenticate", text] as const) };
    }
    if (request.method === "DESCRIBE") return describe(door, stream, request);
    if (request.method === "SETUP") return setUp(door, stream, request, target);
    if (!["PLAY", "GET_PARAMETER", "SET_PARAMETER", "TEARDOWN"].includes(request.method))
      return { status: 405, headers: [["Allow", methods]] };
    const named = request.headers.get("session")?.split(";")[0];
    if (session === undefined) return { status: request.method === "GET_PARAMETER" ? 200 : 455 };
    if (named !== undefined && named !== session.id) return { status: 454 };
    if (request.method === "PLAY") {
      const begin = play(session, request);
      if (begin === undefined) return { status: 200, headers: [sessionHeader(session)] };
      begin();
      return undefined;
    }
    const header = sessionHeader(session);
    if (request.method === "TEARDOWN") endSession();
    return { status: 200, headers: [header] };
  };
  const take = (request: RtspRequest): void => {
    const target = targetOf(request.url);
    const door = camera ?? (target === undefined ? undefined : deps.camera(target.camera));
    if (target === undefined || door === undefined || (camera !== undefined && target.camera !== camera.number)) {
      send({ status: request.method === "OPTIONS" ? 200 : 404, headers: [["Public", methods]] }, request);
      return;
    }
    if (camera === undefined) {
      camera = door;
      door.connections.add(connection);
      delivery = startDelivery({ ...deps, onQueued, shape: door.shape });
    }
    if (door.down) {
      connection.close();
      return;
    }
    if (door.hung) connection.freeze();
    if (frozen) return;
    const reply = answer(door, request, target);
    if (reply !== undefined) send(reply, request);
  };

  const connection: Connection = {
    client: deps.client,
    get delivery() {
      return delivery;
    },
    get camera() {
      return camera;
    },
    get hasSession() {
      return session !== undefined;
    },
    pump(now) {
      const more = !frozen && delivery.pump(now);
      if (!more) deps.unsent.delete(connection);
      return more;
    },
    checkAlive(now) {
      const limit = camera?.sessionMicros ?? 0;
      if (limit > 0 && !frozen && now - lastSeen > limit) connection.close();
    },
    freeze() {
      frozen = true;
      socket.pause();
    },
    thaw() {
      frozen = false;
      socket.resume();
      onQueued();
    },
    close() {
      endSession();
      socket.destroy();
    },
  };
  socket.on("data", (chunk) => {
    lastSeen = nowMicros();
    try {
      for (const request of read(chunk)) take(request);
    } catch {
      // not RTSP: a camera hangs up on it
      connection.close();
      return;
    }
    connection.pump(nowMicros());
  });
  socket.on("drain", () => connection.pump(nowMicros()));
  // "close" follows, and everything is taken down there
  socket.on("error", () => undefined);
  socket.on("close", () => {
    endSession();
    deps.unsent.delete(connection);
    camera?.connections.delete(connection);
  });
  return connection;
}
