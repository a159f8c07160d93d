/**
 * What of the binary itself is off, by the names of @electron/fuses; `scripts/set-fuses.ts` burns all of them in, and
 * the packing fails on a fuse that is not decided here (checklist 19, attacks S24 and S25).
 */
export const FUSE_STATES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
} as const;
