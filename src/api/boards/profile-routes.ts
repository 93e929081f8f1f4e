import { boardProfileList, profileParams, profileValues } from "../../contract/board-profile.ts";
import { driver } from "../../contract/board.ts";
import { boardProfiles, missingFields, profileOf, readValues } from "../../domain/board-profiles/index.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";

/** Makes of boards, and the settings of a driver that follow from a few answers. Nothing is saved here. */
export function boardProfileRoutes(app: App): void {
  const tags = ["boards"];
  app.get(
    "/board-profiles",
    {
      config: { needs: "read" },
      schema: {
        tags,
        summary: "List the makes of boards and what to ask for each",
        response: { 200: boardProfileList },
      },
    },
    () => boardProfiles.map(({ id, maker, wired, fields }) => ({ id, maker, wired, fields })),
  );
  app.post(
    "/board-profiles/:id/driver",
    {
      config: { needs: "read", errors: ["not-found", "invalid"] },
      schema: {
        tags,
        summary: "Work out the settings of a board's driver from a profile",
        description: "Fields that are left out have their initial value. Send the answer as `driver` of a new board.",
        params: profileParams,
        body: profileValues,
        response: { 200: driver },
      },
    },
    (request) => {
      const profile = profileOf(request.params.id) ?? fail("not-found", `There is no profile ${request.params.id}.`);
      const values = readValues(profile, request.body.values);
      const missing = missingFields(profile, values);
      if (missing.length > 0) fail("invalid", `${missing.join(", ")} must be filled in.`);
      return driver.parse(profile.build(values));
    },
  );
}
