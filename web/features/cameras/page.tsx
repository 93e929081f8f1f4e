import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { AddCamera } from "./components/add-camera.tsx";
import { CameraList } from "./components/camera-list.tsx";
import { CameraPage } from "./components/camera-page.tsx";

/** Cameras: all of them, a new one, or one with its streams, recording and sound. */
export default function Page(): ReactElement {
  const { channel } = useParams({ strict: false });
  if (channel === undefined) return <CameraList />;
  if (channel === "new") return <AddCamera />;
  return <CameraPage key={channel} number={Number(channel)} />;
}
