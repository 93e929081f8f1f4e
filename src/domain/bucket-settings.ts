/** An object store of the S3 kind that an archive lies in, and the names of what lies there. */
export interface BucketSettings {
  /** `https://s3.example.org[:port]`. */
  readonly endpoint: string;
  /** As the server calls it; many that are not Amazon take any. */
  readonly region: string;
  readonly bucket: string;
  /** Empty, or a path that ends with `/`: what lies elsewhere in the bucket is nobody's business. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretKey: string;
  /** `https://host/bucket/name` instead of `https://bucket.host/name`. */
  readonly pathStyle: boolean;
  /** The most that is sent, Mbit/s; absent: as fast as it goes. */
  readonly uploadMbit?: number;
}

export const bucketDefaults = { region: "us-east-1", prefix: "reed/", pathStyle: true } as const;

/** Ranges that the API enforces and the pages show. Inclusive. */
export const bucketRanges = { uploadMbit: [0.5, 10_000] } as const;

/** Where it is, for people and against two archives in one place: `s3://host/bucket/prefix`. */
export const bucketPath = ({ endpoint, bucket, prefix }: BucketSettings): string =>
  `s3://${endpoint.replace(/^https?:\/\//i, "").replace(/\/+$/, "")}/${bucket}/${prefix}`.replace(/\/$/, "");

/** What is sent there can be read on the way. */
export const isPlain = ({ endpoint }: Pick<BucketSettings, "endpoint">): boolean => /^http:/i.test(endpoint);

/** The small object beside a segment that has all of it but its pictures and sound (docs/design/archive.md). */
export const headsName = (path: string): string => path.replace(/^footage\//, "heads/").replace(/\.mp4$/, ".heads");
