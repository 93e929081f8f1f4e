// Small ways to break Reed, each with the suite that must notice. `find` must occur exactly once in `file`: a mutation
// whose text is gone fails the stage, so that the table follows the code.

import { alarm } from "./alarm.mjs";
import { detection } from "./detection.mjs";
import { footage } from "./footage.mjs";
import { journal } from "./journal.mjs";

export const mutations = [...alarm, ...journal, ...footage, ...detection];
