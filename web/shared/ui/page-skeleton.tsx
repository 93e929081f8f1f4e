import { Skeleton, Stack } from "@mantine/core";
import type { ReactElement } from "react";

/** The shape of a page while its code comes. */
export function PageSkeleton(): ReactElement {
  return (
    <Stack gap="md" aria-hidden>
      <Skeleton h={32} w={220} />
      <Skeleton h={180} />
      <Skeleton h={180} />
    </Stack>
  );
}
