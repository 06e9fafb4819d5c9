/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig.go */
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

/** A secret value as the engine sends and takes it. */
export interface SecretMark {
  value: unknown;
}

export const secretMark = (value: unknown): SecretMark => ({ [signature]: secret, value }) as SecretMark;

export const isSecretMark = (value: unknown): value is SecretMark =>
  typeof value === "object" && value !== null && (value as Record<string, unknown>)[signature] === secret;
