/** `3f2a-9c01-…`: as a fingerprint is read out and written down. */
export const shownFingerprint = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, "$1-");
