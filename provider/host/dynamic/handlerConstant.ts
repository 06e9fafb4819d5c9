/**
 * The `__provider` text that Pulumi stores with every resource and runs to find its handlers.
 *
 * Written by hand, so that nothing is serialised into state: the bytes are the same under every compiler and
 * Node version, the installed version of this package serves refresh and delete, and no credential can be captured.
 * It resolves from the program's directory because Pulumi gives the module that it makes of this text no file name.
 * The text and the names in it are part of users' state: never change them (decisions/handler-constant.md).
 */
export const handlerConstant = (handler: string): string =>
  `exports.handler=()=>require('module').createRequire(process.cwd()+'/_')('pulumi-azure-backup/provider').${handler}`;

/** The name that ends the handler constant. */
export const handlerOf = ({ __provider }: Record<string, unknown>): string =>
  /\w*$/.exec(String(__provider))?.[0] ?? "";
