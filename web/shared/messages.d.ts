import type aiRules from "../messages/en/ai-rules.json";
import type alarmIn from "../messages/en/alarm-in.json";
import type alarmOut from "../messages/en/alarm-out.json";
import type arming from "../messages/en/arming.json";
import type boards from "../messages/en/boards.json";
import type cameraForm from "../messages/en/camera-form.json";
import type alarms from "../messages/en/alarms.json";
import type cameras from "../messages/en/cameras.json";
import type common from "../messages/en/common.json";
import type coverage from "../messages/en/coverage.json";
import type detection from "../messages/en/detection.json";
import type firstStart from "../messages/en/first-start.json";
import type io from "../messages/en/io.json";
import type linkage from "../messages/en/linkage.json";
import type models from "../messages/en/models.json";
import type live from "../messages/en/live.json";
import type login from "../messages/en/login.json";
import type people from "../messages/en/people.json";
import type playback from "../messages/en/playback.json";
import type pictures from "../messages/en/pictures.json";
import type recording from "../messages/en/recording.json";
import type schedules from "../messages/en/schedules.json";
import type shell from "../messages/en/shell.json";
import type simulator from "../messages/en/simulator.json";
import type storage from "../messages/en/storage.json";
import type walkTest from "../messages/en/walk-test.json";
import type system from "../messages/en/system.json";

/** Makes the keys of `t()` part of the types. A feature adds its line here. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      "ai-rules": typeof aiRules;
      models: typeof models;
      "alarm-in": typeof alarmIn;
      "alarm-out": typeof alarmOut;
      alarms: typeof alarms;
      arming: typeof arming;
      boards: typeof boards;
      "camera-form": typeof cameraForm;
      cameras: typeof cameras;
      common: typeof common;
      coverage: typeof coverage;
      detection: typeof detection;
      "first-start": typeof firstStart;
      io: typeof io;
      linkage: typeof linkage;
      live: typeof live;
      login: typeof login;
      people: typeof people;
      playback: typeof playback;
      pictures: typeof pictures;
      recording: typeof recording;
      schedules: typeof schedules;
      shell: typeof shell;
      simulator: typeof simulator;
      storage: typeof storage;
      system: typeof system;
      "walk-test": typeof walkTest;
    };
  }
}
