import { Button } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { useChannels } from "../site-data.ts";
import type { Channel } from "../types.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { LoadingRows } from "../ui/loading-rows.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useAllDetection, type CameraDetection } from "./detection-data.ts";

export interface CameraLine extends CameraDetection {
  readonly camera: Channel;
}

interface CameraListProps {
  readonly title: string;
  readonly says: string;
  readonly empty: { readonly title: string; readonly says: string; readonly add: string };
  /** At least one. */
  readonly children: (lines: readonly CameraLine[]) => ReactNode;
}

/** A page with a line a camera, and what stands there before there is any. */
export function DetectedCameras({ title, says, empty, children }: CameraListProps): ReactElement {
  const channels = useChannels();
  const detection = useAllDetection();
  const lines = (channels.data ?? []).map((camera) => ({ camera, ...detection.of(camera.channel) }));
  return (
    <>
      <PageHeader title={title} says={says} />
      {(channels.isPending || detection.isPending) && <LoadingRows rows={4} />}
      {channels.isError && <ErrorNote error={channels.error} onRetry={() => void channels.refetch()} />}
      {channels.data?.length === 0 && (
        <EmptyState icon={IconCamera} title={empty.title} says={empty.says}>
          <Button component={Link} to="/cameras">
            {empty.add}
          </Button>
        </EmptyState>
      )}
      {!detection.isPending && lines.length > 0 && children(lines)}
    </>
  );
}
