/** The name by which people know the codec of a MIME type. Pure. */
export function codecOf(mime: string): string {
  if (/hvc1|hev1/.test(mime)) return "H.265";
  if (/avc1|avc3/.test(mime)) return "H.264";
  if (/alaw|ulaw/.test(mime)) return "G.711";
  return /mp4a/.test(mime) ? "AAC" : mime;
}
