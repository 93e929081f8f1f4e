/** Characters of a network alarm's title that are kept. */
const longest = 150;

/** One line for people out of whatever a device sent: no control characters, no double spaces, 150 characters at most. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, longest)
    .trimEnd();
