import { Anchor, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { boardProfiles, type BoardProfile } from "../../../../src/domain/board-profiles/index.ts";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import classes from "./add-board.module.css";
import { ProfileForm } from "./profile-form.tsx";

/** A new board: first whose product it is, then what has to be known of it. */
export function AddBoard(): ReactElement {
  const { t } = useTranslation("boards");
  const [profile, setProfile] = useState<BoardProfile>();
  return (
    <>
      <Anchor component={Link} to="/boards" size="sm">
        {t("back")}
      </Anchor>
      <PageHeader title={t("new.title")} says={profile === undefined ? t("new.which") : undefined} />
      {profile === undefined ? (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} maw={960}>
          {boardProfiles.map((one) => (
            <UnstyledButton key={one.id} className={classes["choice"]} onClick={() => setProfile(one)}>
              <Stack gap={2}>
                <Text fw={600}>{t(`profile.${one.id}.title`)}</Text>
                <Text size="sm" c="dimmed">
                  {t(`profile.${one.id}.says`)}
                </Text>
              </Stack>
            </UnstyledButton>
          ))}
        </SimpleGrid>
      ) : (
        <ProfileForm key={profile.id} profile={profile} onBack={() => setProfile(undefined)} />
      )}
    </>
  );
}
