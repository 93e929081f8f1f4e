/** Session descriptions (RFC 8866) as cameras write them: lines in any order, unknown lines left out. */

export interface SdpMedia {
  /** `video`, `audio`, `application`, … */
  readonly media: string;
  readonly protocol: string;
  readonly payloadTypes: readonly number[];
  /** Attributes in their order; the value of a flag is empty. */
  readonly attributes: readonly SdpAttribute[];
}

export interface SdpAttribute {
  readonly name: string;
  readonly value: string;
}

export interface Sdp {
  readonly attributes: readonly SdpAttribute[];
  readonly medias: readonly SdpMedia[];
}

const most = { medias: 64, attributes: 1024, payloadTypes: 64 } as const;

function parseMediaLine(value: string): SdpMedia {
  const [media = "", , protocol = "", ...types] = value.trim().split(/\s+/);
  const payloadTypes = types
    .slice(0, most.payloadTypes)
    .filter((text) => /^\d{1,3}$/.test(text) && Number(text) <= 127)
    .map(Number);
  return { media: media.toLowerCase(), protocol: protocol.toUpperCase(), payloadTypes, attributes: [] };
}

function parseAttribute(value: string): SdpAttribute {
  const colon = value.indexOf(":");
  return colon === -1
    ? { name: value.trim().toLowerCase(), value: "" }
    : { name: value.slice(0, colon).trim().toLowerCase(), value: value.slice(colon + 1).trim() };
}

/** Undefined when the text is no session description at all (no `v=0`). */
export function parseSdp(text: string): Sdp | undefined {
  const session: SdpAttribute[] = [];
  const medias: { readonly head: SdpMedia; readonly attributes: SdpAttribute[] }[] = [];
  let version = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const value = line.slice(2);
    if (line.startsWith("v=")) version = true;
    else if (line.startsWith("m=") && medias.length < most.medias)
      medias.push({ head: parseMediaLine(value), attributes: [] });
    else if (line.startsWith("a=")) {
      const into = medias.at(-1)?.attributes ?? session;
      if (into.length < most.attributes) into.push(parseAttribute(value));
    }
  }
  if (!version) return undefined;
  return { attributes: session, medias: medias.map(({ head, attributes }) => ({ ...head, attributes })) };
}

export const attribute = (of: { readonly attributes: readonly SdpAttribute[] }, name: string): string | undefined =>
  of.attributes.find((candidate) => candidate.name === name)?.value;

/** The value of `a=<name>:<payload type> <value>`, without the payload type. */
export function attributeFor(of: SdpMedia, name: string, payloadType: number): string | undefined {
  for (const candidate of of.attributes) {
    const match = candidate.name === name ? /^(\d+)(?:\s+(.*))?$/.exec(candidate.value) : null;
    if (match !== null && Number(match[1]) === payloadType) return (match[2] ?? "").trim();
  }
  return undefined;
}
