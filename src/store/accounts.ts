import { openForReading } from "./database.ts";

/** Names of all users, for commands on the machine. */
export function userNames(path: string): string[] {
  const database = openForReading(path);
  try {
    return (database.prepare("SELECT name FROM user ORDER BY name").all() as { name: string }[]).map((row) => row.name);
  } finally {
    database.close();
  }
}
