import { rules } from "../../rules/index.js";
import { list } from "../arguments/parse.js";
import { oneOf } from "../arguments/values.js";

/** Only what rests on others' experience may be overridden; what rests on Microsoft's word may not. */
export const acceptCodes = list(oneOf(...rules.filter((rule) => rule.overridable).map((rule) => rule.code)));
