import type { Azure } from "../azure.js";
import { ArmError } from "../http/armError.js";
import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { requestBody } from "../http/requestBody.js";
import { changeSettings } from "../options.js";

const path = "/emulator/settings";

export const settingOperations = ({ settings }: Azure) => [
  operation({ name: "Read the settings", method: "GET", path, answer: () => ok(settings) }),
  operation({
    name: "Change settings",
    method: "PATCH",
    path,
    answer({ request }) {
      const wrong = changeSettings(settings, requestBody(request, {}));
      if (wrong !== undefined) throw new ArmError(400, "EmulatorSettingInvalid", wrong);
      return ok(settings);
    },
  }),
];
