/** All sentences of the server in another language than English, read back from the English ones. */
import { alarmSentences } from "./alarm.ts";
import { boardSentences } from "./boards.ts";
import { bucketSentences } from "./buckets.ts";
import { cameraSentences } from "./cameras.ts";
import { commandSentences } from "./commands.ts";
import { messageSentences } from "./messages.ts";
import { pushSentences } from "./push.ts";
import { createReader } from "./read.ts";
import { requestSentences } from "./requests.ts";
import { storageSentences } from "./storage.ts";
import { walkSentences } from "./walk.ts";

export const sentencesInGerman = {
  ...alarmSentences,
  ...boardSentences,
  ...bucketSentences,
  ...cameraSentences,
  ...commandSentences,
  ...messageSentences,
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
