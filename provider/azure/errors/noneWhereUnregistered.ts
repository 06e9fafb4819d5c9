import { isArmError } from "./armError.js";

/** A subscription that is not registered for a service has nothing of it, which Azure answers as an error. */
export async function noneWhereUnregistered<T>(list: Promise<T[]>): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    if (isArmError(error) && error.code === "MissingSubscriptionRegistration") return [];
    throw error;
  }
}
