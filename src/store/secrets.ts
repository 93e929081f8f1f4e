import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { EvidenceKey } from "../domain/evidence-key.ts";
import type { DriverSettings, NotifierSettings, SiteConfig, VolumeSettings } from "../domain/site-config.ts";
import type { ConfigChange } from "../messages/api.ts";

/** Seals texts with a key that lies in a file of its own, so that a copy of the database gives no password away. */
export interface Sealer {
  /** AES-256-GCM; `where` is bound to the text, so that a sealed text can't be moved to another place. */
  seal(text: string, where: string): string;
  /** Throws when the key is another one or the text was changed. A text that was never sealed is returned as it is. */
  unseal(text: string, where: string): string;
}

const prefix = "sealed:v1:";
const keyBytes = 32;

/** Reads the key file; makes it (mode 0600) when it is missing. Two processes that start at once get the same key. */
export function openSealer(keyFile: string): Sealer {
  return sealerWith(readKey(keyFile) ?? createKey(keyFile));
}

function readKey(keyFile: string): Buffer | undefined {
  try {
    const key = readFileSync(keyFile);
    if (key.length === keyBytes) return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  throw new Error(
    `${keyFile} is not a key of ${keyBytes} bytes. Put back the right file; without it passwords are lost.`,
  );
}

function createKey(keyFile: string): Buffer {
  const draft = `${keyFile}.${process.pid}`;
  writeFileSync(draft, randomBytes(keyBytes), { mode: 0o600, flush: true });
  try {
    linkSync(draft, keyFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(keyFile);
}

function sealerWith(key: Buffer): Sealer {
  return {
    seal(text, where) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(where));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return prefix + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
    },
    unseal(text, where) {
      if (!text.startsWith(prefix)) return text;
      const bytes = Buffer.from(text.slice(prefix.length), "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(where)).setAuthTag(bytes.subarray(12, 28));
      return decipher.update(bytes.subarray(28), undefined, "utf8") + decipher.final("utf8");
    },
  };
}

/** Calls `change` with each secret of a part that is not empty, and with its place, e.g. `board:2/driver/inputs/1/key`. */
export function mapSecrets(config: ConfigChange, change: (secret: string, where: string) => string): ConfigChange {
  const at = (place: string) => (secret: string) => (secret === "" ? "" : change(secret, place));
  switch (config.part) {
    case "site": {
      const { codes, push, evidenceKeys, ...rest } = config.value;
      const sealed = codes?.map((row) => ({ ...row, pinHash: at(`site/codes/${row.code}`)(row.pinHash) }));
      const value = {
        ...rest,
        ...(sealed === undefined ? {} : { codes: sealed }),
        ...(push === undefined ? {} : { push: { ...push, privateKey: at("site/push")(push.privateKey) } }),
        ...(evidenceKeys === undefined ? {} : { evidenceKeys: evidenceKeys.map((key) => mapEvidenceKey(key, at)) }),
      };
      return { part: "site", value };
    }
    case "volume": {
      const { archive, id } = config.value;
      if (archive?.bucket === undefined) return config;
      const { bucket } = archive;
      const secretKey = at(`volume:${id}/secretKey`)(bucket.secretKey);
      return { part: "volume", value: { ...config.value, archive: { ...archive, bucket: { ...bucket, secretKey } } } };
    }
    case "input":
    case "output":
    case "view":
    case "schedule":
      return config;
    case "subscription": {
      const { subscription, endpoint, auth } = config.value;
      const place = (name: string) => at(`subscription:${subscription}/${name}`);
      const value = { ...config.value, endpoint: place("endpoint")(endpoint), auth: place("auth")(auth) };
      return { part: "subscription", value };
    }
    case "channel": {
      const { channel, password } = config.value;
      return { part: "channel", value: { ...config.value, password: at(`channel:${channel}/password`)(password) } };
    }
    case "notifier": {
      const place = `notifier:${config.value.notifier}`;
      return { part: "notifier", value: mapNotifier(config.value, place, at) };
    }
    case "board": {
      const place = `board:${config.value.board}/driver`;
      return { part: "board", value: { ...config.value, driver: mapDriver(config.value.driver, place, at) } };
    }
  }
}

const mapEvidenceKey = (key: EvidenceKey, at: (place: string) => (secret: string) => string): EvidenceKey => ({
  ...key,
  privateKey: at(`site/evidenceKeys/${key.fingerprint}`)(key.privateKey),
});

function mapNotifier(
  row: NotifierSettings,
  place: string,
  at: (place: string) => (secret: string) => string,
): NotifierSettings {
  switch (row.kind) {
    case "webhook":
      return { ...row, secret: at(`${place}/secret`)(row.secret) };
    case "ntfy":
    case "telegram":
    case "pushover":
      return { ...row, token: at(`${place}/token`)(row.token) };
    case "heartbeat":
    case "push":
      return row;
    case "email":
    case "mqtt":
      return { ...row, password: at(`${place}/password`)(row.password) };
  }
}

function mapDriver(
  driver: DriverSettings,
  place: string,
  at: (place: string) => (secret: string) => string,
): DriverSettings {
  switch (driver.kind) {
    case "modbus-tcp":
    case "modbus-rtu":
    case "gpio":
    case "virtual":
    case "camera-offline":
    case "video-detection":
      return driver;
    case "nut":
    case "mqtt":
      return { ...driver, password: at(`${place}/password`)(driver.password) };
    case "http-trigger": {
      const inputs = driver.inputs.map((input) => ({
        ...input,
        key: at(`${place}/inputs/${input.point}/key`)(input.key),
      }));
      return { ...driver, inputs };
    }
  }
}

/** A configuration row as it may lie on a disk: before the journal and before the database. Never seal twice. */
export const sealConfig = (sealer: Sealer, change: ConfigChange): ConfigChange =>
  mapSecrets(change, (secret, where) => sealer.seal(secret, where));

export const unsealConfig = (sealer: Sealer, change: ConfigChange): ConfigChange =>
  mapSecrets(change, (secret, where) => sealer.unseal(secret, where));

/** All of a configuration read from the database, with its secrets in plain. Throws when the key does not fit. */
export function unsealSite(sealer: Sealer, config: SiteConfig): SiteConfig {
  const plain = <C extends ConfigChange>(change: C) => unsealConfig(sealer, change) as C;
  return {
    ...config,
    site: plain({ part: "site", value: config.site }).value,
    volumes: config.volumes.map((value) => unsealVolume(sealer, value)),
    channels: config.channels.map((value) => plain({ part: "channel", value }).value),
    boards: config.boards.map((value) => plain({ part: "board", value }).value),
    notifiers: config.notifiers.map((value) => plain({ part: "notifier", value }).value),
    subscriptions: config.subscriptions.map((value) => plain({ part: "subscription", value }).value),
  };
}

/** A volume's row with the key of its bucket in plain. */
export const unsealVolume = (sealer: Sealer, value: VolumeSettings): VolumeSettings =>
  (unsealConfig(sealer, { part: "volume", value }) as { readonly value: VolumeSettings }).value;
