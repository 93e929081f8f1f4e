import { Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useDraft } from "../../../shared/draft.ts";
import { useMay } from "../../../shared/site-data.ts";
import { useApplied } from "../../../shared/use-applied.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { useGroups, useSetGroups, type StoredVolume, type VolumeGroup } from "../api/storage.ts";
import { asPut, groupsProblem } from "../model/groups.ts";
import { GroupLine } from "./group-line.tsx";

/** Which cameras are recorded to which volumes; shown where there is more than one. */
export function GroupsCard({ volumes }: { readonly volumes: readonly StoredVolume[] }): ReactElement {
  const { t } = useTranslation("storage");
  const may = useMay("configure");
  const { data } = useGroups();
  const saved = useMemo(() => ({ groups: (data?.groups ?? []).map(asPut) }), [data]);
  const draft = useDraft<{ readonly groups: readonly VolumeGroup[] }>(saved);
  const change = useSetGroups();
  const applied = useApplied(draft, t("groups.notSaved"));
  const { groups } = draft.value;
  const problem = draft.dirty ? groupsProblem(groups) : undefined;
  const recorded = volumes.filter((volume) => volume.archive === undefined);
  const put = (at: number, group: VolumeGroup | undefined) =>
    draft.set({ groups: groups.flatMap((one, index) => (index !== at ? [one] : group === undefined ? [] : [group])) });
  const add = () => {
    const name = t("groups.newName", { number: groups.length + 1 });
    draft.set({ groups: [...groups, { name, volumes: recorded.slice(-1).map(({ id }) => id), channels: [] }] });
  };
  return (
    <Section title={t("groups.title")} says={t("groups.says")}>
      {groups.length === 0 && <Text size="sm">{t("groups.none")}</Text>}
      {groups.map((group, at) => (
        <GroupLine
          // a group is its place: its name is what one is writing
          key={at}
          group={group}
          placed={draft.dirty ? undefined : data?.groups[at]}
          volumes={recorded}
          taken={groups.flatMap((other) => (other === group ? [] : other.channels))}
          disabled={!may}
          onChange={(next) => put(at, next)}
        />
      ))}
      {may && (
        <div>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t("groups.add")}
          </Button>
        </div>
      )}
      <ApplyBar
        draft={draft}
        onApply={() => change.mutate(groups, applied)}
        applying={change.isPending}
        problem={problem === undefined ? undefined : t(`groups.problems.${problem}`)}
      />
    </Section>
  );
}
