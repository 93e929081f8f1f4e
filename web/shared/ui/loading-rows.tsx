import { Skeleton, Stack } from "@mantine/core";
import type { ReactElement } from "react";

/** Rows of the right height while a list comes, so that nothing jumps. */
export function LoadingRows({
  rows = 4,
  height = 44,
}: {
  readonly rows?: number;
  readonly height?: number;
}): ReactElement {
  return (
    <Stack gap="xs" aria-hidden>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} h={height} />
      ))}
    </Stack>
  );
}
