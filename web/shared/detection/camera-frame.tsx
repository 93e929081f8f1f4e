import { Anchor, Button, Stack } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { Draft } from "../draft.ts";
import { useChannels, useInputs } from "../site-data.ts";
import type { Channel, Input } from "../types.ts";
import { ApplyBar } from "../ui/apply-bar.tsx";
import { LoadingRows } from "../ui/loading-rows.tsx";
import { OneRow } from "../ui/one-row.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useApplied } from "../use-applied.ts";
import { useAllDetection, useApplyDetection, type CameraDetection } from "./detection-data.ts";
import type { LinkedDraft } from "./linked-inputs.ts";
import { WatchState } from "./watch-state.tsx";

/** A camera, what it is watched for, and all that a page of it needs besides. */
export interface ShownCamera {
  readonly channel: Channel;
  readonly all: readonly Channel[];
  readonly inputs: readonly Input[];
  readonly detected: CameraDetection;
}

interface OneCameraProps {
  readonly number: number;
  readonly children: (shown: ShownCamera) => ReactNode;
}

/** The page of one camera's detection, as soon as all of it is read. */
export function OneCamera({ number, children }: OneCameraProps): ReactElement {
  const channels = useChannels();
  const detection = useAllDetection();
  const inputs = useInputs().data;
  const loading = { rows: 6, height: 90 };
  return (
    <OneRow of={channels} find={({ channel }) => channel === number} loading={loading}>
      {(channel, all) =>
        detection.isPending || inputs === undefined ? (
          <LoadingRows {...loading} />
        ) : (
          children({ channel, all, inputs, detected: detection.of(number) })
        )
      }
    </OneRow>
  );
}

interface CameraFrameProps {
  readonly shown: ShownCamera;
  readonly saved: LinkedDraft;
  readonly draft: Draft<LinkedDraft>;
  readonly back: { readonly to: "/detection" | "/ai-rules"; readonly label: string };
  /** Undefined: there is nothing to copy. */
  readonly copy: { readonly label: string; readonly open: () => void } | undefined;
  readonly notSaved: string;
  /** Why it can't be applied. */
  readonly problem: string | undefined;
  readonly children: ReactNode;
}

/** What stands around the settings: the way back, how the camera is watched, copying and applying. */
export function CameraFrame(props: CameraFrameProps): ReactElement {
  const { shown, saved, draft, back, copy, notSaved, problem, children } = props;
  const { channel, all, detected } = shown;
  const { board, isSet, isPaused, settings } = detected;
  const apply = useApplyDetection(channel);
  const applied = useApplied(draft, notSaved);
  return (
    <Stack gap="md" pb={90}>
      <div>
        <Anchor component={Link} to={back.to} size="sm">
          {back.label}
        </Anchor>
        <PageHeader title={channel.name} says={<WatchState {...{ channel, isSet, isPaused, settings }} full />}>
          {all.length > 1 && copy !== undefined && (
            <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={copy.open}>
              {copy.label}
            </Button>
          )}
        </PageHeader>
      </div>
      {children}
      <ApplyBar
        draft={draft}
        onApply={() => apply.mutate({ saved, draft: draft.value, board }, applied)}
        applying={apply.isPending}
        problem={problem}
      />
    </Stack>
  );
}
