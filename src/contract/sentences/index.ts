/** All sentences of the server in another language than English, read back from the English ones. */
import { alarmSentences } from "./alarm.ts";
import { analysisSentences } from "./analysis.ts";
import { boardSentences } from "./boards.ts";
import { bucketSentences } from "./buckets.ts";
import { cameraSentences } from "./cameras.ts";
import { commandSentences } from "./commands.ts";
import { messageSentences } from "./messages.ts";
import { modelSentences } from "./models.ts";
import { pushSentences } from "./push.ts";
import { createReader, nameRead } from "./read.ts";
import { requestSentences } from "./requests.ts";
import { storageSentences } from "./storage.ts";
import { walkSentences } from "./walk.ts";

export const sentencesInGerman = {
  ...alarmSentences,
  ...analysisSentences,
  ...boardSentences,
  ...bucketSentences,
  ...cameraSentences,
  ...commandSentences,
  ...messageSentences,
  ...modelSentences,
  ...pushSentences,
  ...requestSentences,
  ...storageSentences,
  ...walkSentences,
};

/** Small words inside sentences. */
export const germanWords = {
  ...{ on: "an", off: "aus", open: "offen", closed: "geschlossen", active: "aktiv", fault: "gestört" },
  ...{ unknown: "unbekannt", "not known": "unbekannt", or: "oder", and: "und", ".": "," },
};

/** What the server said in English, in German; undefined when nobody translated it: then it is shown as it is. */
export const inGerman = createReader(sentencesInGerman, germanWords);

/** The name of something that was raised, its title in German. */
export const nameInGerman = (name: string): string => nameRead(name, inGerman);
