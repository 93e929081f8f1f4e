/** People on a square, filmed by nobody here: `vtest.avi` of Debian's `opencv-doc` (PETS 2009), as a camera sends it. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const file = "usr/share/doc/opencv-doc/examples/data/vtest.avi";

export interface StreetClip {
  readonly width: number;
  readonly height: number;
  /** Pictures a second. */
  readonly fps: number;
  readonly seconds: number;
  /** It begins so many seconds into the film. */
  readonly from?: number;
  /** Only this part of the film, in its own pixels; made as large as width and height say. */
  readonly part?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

const asFilmed: StreetClip = { width: 768, height: 576, fps: 10, seconds: 20 };

/** An MP4 of H.264 with a key frame every 2 s. The package is fetched and unpacked once, never installed. */
export function streetClip({ width, height, fps, seconds, from = 0, part }: StreetClip = asFilmed): string {
  const folder = join(tmpdir(), "reed-clips");
  const of =
    (from === 0 ? "" : `-from-${from}`) +
    (part === undefined ? "" : `-${part.x}-${part.y}-${part.width}x${part.height}`);
  const cut = part === undefined ? "" : `crop=${part.width}:${part.height}:${part.x}:${part.y},`;
  const clip = join(folder, `street-${width}x${height}-${fps}-${seconds}s${of}.mp4`);
  if (existsSync(clip)) return clip;
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, "fetch-"));
  try {
    execFileSync("apt-get", ["download", "-qq", "opencv-doc"], {
      ...{ cwd: work, stdio: ["ignore", "ignore", "pipe"], timeout: 120_000 },
    });
    const [deb = ""] = readdirSync(work);
    const tar = execFileSync("dpkg-deb", ["--fsys-tarfile", deb], { cwd: work, maxBuffer: 2 ** 30 });
    execFileSync("tar", ["-x", `./${file}`], { cwd: work, input: tar });
    const made = join(work, "street.mp4");
    execFileSync("ffmpeg", [
      ...["-v", "error", "-ss", String(from), "-i", join(work, file), "-t", String(seconds), "-r", String(fps), "-an"],
      ...["-vf", `${cut}scale=${width}:${height}`, "-pix_fmt", "yuv420p"],
      ...["-c:v", "libx264", "-preset", "veryfast", "-g", String(2 * fps), "-bf", "0", "-crf", "24", made],
    ]);
    renameSync(made, clip);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return clip;
}
