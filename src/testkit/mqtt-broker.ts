import { createServer, type AddressInfo, type Socket } from "node:net";
import { Aedes } from "aedes";
import type { OutputState } from "../domain/level.ts";
import type { MqttSettings } from "../domain/site-config.ts";

/** A real broker on a free loopback port, and what devices would publish through it. */
export interface TestBroker extends AsyncDisposable {
  readonly port: number;
  publish(topic: string, payload: string, retain?: boolean): void;
  /** Everything that clients published, `topic payload` each, with `(retained)` behind it if so. */
  readonly published: string[];
  refuseLogin(): void;
  /** Topics below this prefix may not be subscribed to. */
  forbid(prefix: string): void;
}

export async function testBroker(
  answer: (topic: string, payload: string) => void = () => undefined,
): Promise<TestBroker> {
  const broker = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const published: string[] = [];
  let refused = false;
  let forbidden: string | undefined;
  broker.authenticate = (_client, _user, _password, done) => {
    if (refused) done(Object.assign(new Error("refused"), { returnCode: 5 as const }), false);
    else done(null, true);
  };
  broker.authorizeSubscribe = (_client, subscription, done) =>
    done(null, forbidden !== undefined && subscription.topic.startsWith(forbidden) ? null : subscription);
  broker.on("publish", (packet, client) => {
    if (client === null) return;
    published.push(`${packet.topic} ${packet.payload.toString()}${packet.retain ? " (retained)" : ""}`);
    answer(packet.topic, packet.payload.toString());
  });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    broker.handle(socket);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
  return {
    port,
    published,
    publish(topic, payload, retain = true) {
      const packet = { cmd: "publish", topic, payload: Buffer.from(payload), qos: 1, retain, dup: false } as const;
      broker.publish(packet, (error) => {
        if (error instanceof Error) throw error;
      });
    },
    refuseLogin: () => void (refused = true),
    forbid: (prefix) => void (forbidden = prefix),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        broker.close(() => {
          server.close(() => resolve());
        });
      });
    },
  };
}

/** A door sensor that says `{"contact":…}`, a switch that says ON or OFF, and a relay with a state topic. */
export const settingsFor = (port: number, more: Partial<MqttSettings> = {}): MqttSettings => ({
  kind: "mqtt",
  url: `mqtt://127.0.0.1:${port}`,
  username: "reed",
  password: "secret",
  inputs: [
    {
      point: 1,
      topic: "door/state",
      payload: { path: "contact", closed: "true", open: "false" },
      availability: { topic: "door/availability", online: "online", offline: "offline" },
    },
    { point: 2, topic: "switch/state", payload: { closed: "ON", open: "OFF" } },
  ],
  outputs: [{ point: 1, topic: "relay/set", on: "ON", off: "OFF", stateTopic: "relay/state" }],
  ...more,
});

export const say = (point: number, level: "closed" | "open"): readonly [topic: string, payload: string] =>
  point === 1
    ? ["door/state", JSON.stringify({ contact: level === "closed", battery: 97 })]
    : ["switch/state", level === "closed" ? "ON" : "OFF"];

export const stateOf = (payload: string | undefined): OutputState => (payload === "ON" ? "on" : "off");
