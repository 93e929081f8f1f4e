/** Whose work Reed contains, as the lock file and the packages themselves say it. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** Reed's own folder: `dist/platform` and `src/platform` lie equally deep in it. */
const root = fileURLToPath(new URL("../..", import.meta.url));

interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}
interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Packages that are installed to run Reed, and the pages' ones, which are built into them; by name. */
export async function readNotices(folder = root): Promise<Notice[]> {
  const found = new Map<string, Notice>();
  for (const [path, { version = "", license = "", dev }] of Object.entries((await lockFile(folder)).packages)) {
    if (path === "" || dev === true) continue;
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    found.set(`${name} ${version}`, { name, version, licence: license });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text of a package's licence; empty when the package brings none. Undefined for a package that is not in Reed. */
export async function readLicence(name: string, folder = root): Promise<(Notice & { text: string }) | undefined> {
  const notice = (await readNotices(folder)).find((one) => one.name === name);
  // the name is one of the lock file's, so it leads to no other folder
  return notice && { ...notice, text: await licenceText(join(folder, "node_modules", notice.name)) };
}

async function licenceText(folder: string): Promise<string> {
  try {
    const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    return texts.join("\n\n");
  } catch (error) {
    // a package of another platform is in the lock file, but not installed
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

const lockFile = async (folder: string): Promise<LockFile> =>
  JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8")) as LockFile;
