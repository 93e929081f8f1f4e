/** `Front door 2026-11-22 14-05-09.jpg`: the site's time, and nothing that a file system refuses. */
export function siteFileName(name: string, wall: number, timeZone: string, ending: string): string {
  // Sweden writes times as ISO 8601 does
  const time = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone }).format(wall);
  const plain = name.replace(/[\p{C}\s<>:"/\\|?*]+/gu, " ").trim();
  return `${plain} ${time.replaceAll(":", "-")}.${ending}`;
}
