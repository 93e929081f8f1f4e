import { bucketDefaults } from "../../../../src/domain/bucket-settings.ts";
import type { ArchiveSettings } from "../api/storage.ts";

export type Bucket = NonNullable<NonNullable<ArchiveSettings>["bucket"]>;

/** What stands in the place of a secret that is known already. */
export const keptSecret = "***";

export const emptyBucket: Bucket = { ...bucketDefaults, endpoint: "", bucket: "", accessKeyId: "", secretKey: "" };

/** Whether it can be tried; what exactly is wrong with a field, the server says. */
export const isFilled = ({ endpoint, bucket, accessKeyId, secretKey }: Bucket): boolean =>
  /^https?:\/\/[^/]+/i.test(endpoint) && [bucket, accessKeyId, secretKey].every((text) => text.trim() !== "");

/** As it is sent: nobody means the spaces around what was pasted. */
export const trimmed = (bucket: Bucket): Bucket => ({
  ...bucket,
  endpoint: bucket.endpoint.trim(),
  region: bucket.region.trim(),
  bucket: bucket.bucket.trim(),
  prefix: slashed(bucket.prefix.trim()),
  accessKeyId: bucket.accessKeyId.trim(),
  secretKey: bucket.secretKey.trim(),
});

/** A folder ends with a slash, whether somebody typed it or not. */
const slashed = (prefix: string): string => (prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`);
