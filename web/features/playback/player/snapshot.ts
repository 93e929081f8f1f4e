import { saveBlob } from "../../../shared/save-file.ts";

/** Saves what a player shows as a PNG with the channel's name and the site's time in the name of the file. */
export async function saveSnapshot(video: HTMLVideoElement, name: string): Promise<boolean> {
  if (video.videoWidth === 0) return false;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) return false;
  saveBlob(`${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")}.png`, blob);
  return true;
}
