/** api → a child process that makes another file of a clip (`analysis/convert/clip-child.ts`): one of these as JSON. */
export interface ClipRequest {
  /** An MP4 of ours: one set of parameters from end to end. */
  readonly input: string;
  readonly output: string;
  /** `aac`: sound that few players know (G.711) is made AAC; the pictures stay as they are, byte for byte. */
  readonly sound: "aac" | "original";
  /** Given: a copy. The pictures are made H.264, with the site's time and the word COPY in each. */
  readonly stamp?: ClipStamp;
}

export interface ClipStamp {
  /** Wall time of presentation time 0, ms. */
  readonly fromMs: number;
  /** IANA name of the site's zone. */
  readonly timeZone: string;
}

/** A line of what the child prints: how far it has come, 0 to 1. */
export interface ClipProgress {
  readonly share: number;
}
