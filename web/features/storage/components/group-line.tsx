import { ActionIcon, Group, MultiSelect, Stack, Switch, Text, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../../shared/site-data.ts";
import { StateDot } from "../../../shared/ui/state-dot.tsx";
import type { PlacedGroup, StoredVolume, VolumeGroup } from "../api/storage.ts";
import { withStrict } from "../model/groups.ts";

interface GroupLineProps {
  readonly group: VolumeGroup;
  /** As it is now; absent while it is being changed. */
  readonly placed: PlacedGroup | undefined;
  readonly volumes: readonly StoredVolume[];
  /** Cameras of other groups. */
  readonly taken: readonly number[];
  readonly disabled: boolean;
  /** `undefined`: it is taken away. */
  readonly onChange: (group: VolumeGroup | undefined) => void;
}

/** One group: its volumes in their order, its cameras, and where they are recorded now. */
export function GroupLine(props: GroupLineProps): ReactElement {
  const { group, placed, volumes, taken, disabled, onChange } = props;
  const { t } = useTranslation("storage");
  const channels = useChannels().data ?? [];
  const known = volumes.map((volume) => ({ value: volume.id, label: volume.path }));
  const gone = group.volumes.filter((id) => !volumes.some((volume) => volume.id === id));
  return (
    <Stack gap={6} role="group" aria-label={t("groups.line", { name: group.name })}>
      <Group gap="xs" align="flex-end">
        <TextInput
          flex="1 1 8rem"
          maw={200}
          label={t("groups.name")}
          maxLength={64}
          disabled={disabled}
          value={group.name}
          onChange={(event) => onChange({ ...group, name: event.currentTarget.value })}
        />
        <MultiSelect
          flex="2 1 14rem"
          label={t("groups.volumes")}
          disabled={disabled}
          value={[...group.volumes]}
          data={[...known, ...gone.map((value) => ({ value, label: value }))]}
          onChange={(chosen) => onChange({ ...group, volumes: chosen })}
        />
        <MultiSelect
          flex="2 1 14rem"
          label={t("groups.cameras")}
          disabled={disabled}
          value={group.channels.map(String)}
          data={channels.map(({ channel, name }) => ({
            ...{ value: String(channel), label: name, disabled: taken.includes(channel) },
          }))}
          onChange={(chosen) => onChange({ ...group, channels: chosen.map(Number) })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          disabled={disabled}
          aria-label={t("groups.remove", { name: group.name })}
          onClick={() => onChange(undefined)}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      <Switch
        label={t("groups.strict")}
        description={t("groups.strictSays")}
        disabled={disabled}
        checked={group.strict === true}
        onChange={(event) => onChange(withStrict(group, event.currentTarget.checked))}
      />
      {placed !== undefined && <Place placed={placed} volumes={volumes} />}
    </Stack>
  );
}

const colours = { own: "green", elsewhere: "orange", none: "red", unused: "gray" } as const;

function Place({ placed, volumes }: Pick<GroupLineProps, "volumes"> & { readonly placed: PlacedGroup }): ReactElement {
  const { t } = useTranslation("storage");
  const path = volumes.find((volume) => volume.id === placed.to)?.path ?? "";
  return (
    <Text size="sm" component="div">
      <StateDot color={colours[placed.place]} label={t(`groups.place.${placed.place}`, { path })} />
    </Text>
  );
}
