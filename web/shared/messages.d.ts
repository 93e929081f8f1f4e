import type boards from "../messages/en/boards.json";
import type cameraForm from "../messages/en/camera-form.json";
import type common from "../messages/en/common.json";
import type firstStart from "../messages/en/first-start.json";
import type io from "../messages/en/io.json";
import type live from "../messages/en/live.json";
import type login from "../messages/en/login.json";
import type shell from "../messages/en/shell.json";

/** Makes the keys of `t()` part of the types. A feature adds its line here. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      boards: typeof boards;
      "camera-form": typeof cameraForm;
      common: typeof common;
      "first-start": typeof firstStart;
      io: typeof io;
      live: typeof live;
      login: typeof login;
      shell: typeof shell;
    };
  }
}
