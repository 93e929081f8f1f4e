import type { MediaParameters } from "../../messages/media.ts";

/** NAL unit types of ITU-T H.264 table 7-1. */
const nal = { sps: 7, pps: 8, sei: 6, delimiter: 9 } as const;

/** An encoder's Annex B output as Reed carries it: length-prefixed slices, and parameter sets apart. */
export function fromAnnexB(
  bytes: Buffer,
  width: number,
  height: number,
): { readonly data: Buffer; readonly parameters?: MediaParameters } {
  const parts: Buffer[] = [];
  let sps: Buffer | undefined;
  let pps: Buffer | undefined;
  for (const unit of nalUnits(bytes)) {
    const type = (unit[0] ?? 0) & 0x1f;
    if (type === nal.sps) sps = unit;
    else if (type === nal.pps) pps = unit;
    else if (type !== nal.sei && type !== nal.delimiter) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(unit.length);
      parts.push(length, unit);
    }
  }
  const data = Buffer.concat(parts);
  if (sps === undefined || pps === undefined) return { data };
  const parameters: MediaParameters = {
    ...{ track: "video", codec: "h264", codecString: `avc1.${sps.subarray(1, 4).toString("hex")}`, width, height },
    ...{ sps: sps.toString("base64"), pps: pps.toString("base64"), reorderDepth: 0 },
  };
  return { data, parameters };
}

/** Between start codes of three or four bytes (ITU-T H.264 Annex B). */
function nalUnits(bytes: Buffer): Buffer[] {
  const starts: { readonly code: number; readonly unit: number }[] = [];
  for (let at = bytes.indexOf("000001", 0, "hex"); at >= 0; at = bytes.indexOf("000001", at + 3, "hex")) {
    starts.push({ code: at > 0 && bytes[at - 1] === 0 ? at - 1 : at, unit: at + 3 });
  }
  return starts.map(({ unit }, index) => bytes.subarray(unit, starts[index + 1]?.code ?? bytes.length));
}
