/**
 * Schemas of the settings on disk. A name that this version does not know is no fault, and stays where it is: the file
 * may be of another version of the desk. A known name with a value that does not fit is one.
 */
import { Type, type Static } from 'typebox';
import { settingValues } from '../../contract/channels/settings.ts';
import { text } from '../../contract/schema.ts';

const values = Type.Partial(Type.Object(settingValues));

/** An address of an NHS service; tokens and tickets go nowhere else. */
const nhsAddress = Type.String({
  pattern: '^https://[a-z0-9-]+(\\.[a-z0-9-]+)*\\.nhs\\.uk(:\\d{1,5})?(/[A-Za-z0-9._~/-]*)?$',
  maxLength: 200,
});

/** How this machine reaches an e-RS; the organisation's alone to say, since it decides where credentials go. */
const connection = Type.Partial(
  Type.Object({
    /** In place of the published address: the spine dialect has one for each environment (contract.md section 1). */
    baseUrl: nhsAddress,
    pdsBaseUrl: nhsAddress,
    asid: Type.String({ pattern: '^\\d{12}$' }),
    /** Sign-in over the API platform: as whom this product is registered there, and with which redirect ports. */
    cis2: Type.Object({
      clientId: Type.String({ pattern: '^[A-Za-z0-9._-]{1,100}$' }),
      redirectPorts: Type.Array(Type.Integer({ minimum: 1024, maximum: 65535 }), {
        minItems: 1,
        maxItems: 10,
      }),
      acrValues: Type.Optional(Type.String({ pattern: '^[A-Z0-9_ ]{1,100}$' })),
    }),
    /** Sign-in by smartcard: the ticket helper and the agent's library, by their full paths. */
    identityAgent: Type.Object({ helperFile: text(500), libraryFile: text(500) }),
    /** PEM files: the endpoint certificate of the organisation, its key, and an authority that is not a public one. */
    certificateFile: text(500),
    keyFile: text(500),
    authorityFile: text(500),
    /** Printers that speak IPP, by address: letters go there, so that no person of a desk may name one. */
    printers: Type.Array(
      Type.Object({
        name: Type.String({ minLength: 1, maxLength: 127 }),
        uri: Type.String({ pattern: '^ipps?://[^\\s@]+$', maxLength: 200 }),
        fingerprint: Type.Optional(Type.String({ pattern: '^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}$' })),
      }),
      { maxItems: 50 },
    ),
    /** Printers that take A3 where the operating system does not tell (Windows). */
    largePrinters: Type.Array(text(127), { maxItems: 50 }),
    proxyUrl: Type.String({ pattern: '^http://[^\\s@]+$', maxLength: 200 }),
  }),
);

/** Whether and where releases are looked for. What lies there is believed by its signature, so any address will do. */
const updates = Type.Partial(
  Type.Object({
    check: Type.Union([Type.Literal('on'), Type.Literal('off')]),
    feedUrl: Type.String({ pattern: '^https://[^\\s@?#]+$', maxLength: 300 }),
  }),
);

export const settingsSchemas = {
  desk: Type.Object({ version: Type.Integer(), settings: values }),
  policy: Type.Object({
    version: Type.Integer(),
    settings: Type.Optional(values),
    updates: Type.Optional(updates),
    environments: Type.Optional(
      Type.Partial(
        Type.Object(
          Object.fromEntries(
            ['training', 'sandbox', 'integration', 'live'].map((name) => [
              name,
              Type.Partial(Type.Object({ settings: values, connection })),
            ]),
          ),
        ),
      ),
    ),
  }),
};

export type StoredValues = Static<typeof values>;
export type EnvironmentConnection = Static<typeof connection>;
export type UpdatePolicy = Static<typeof updates>;
export interface DeskFile {
  readonly version: number;
  readonly settings: StoredValues;
}
export interface PolicyFile {
  readonly version: number;
  readonly settings?: StoredValues;
  readonly updates?: UpdatePolicy;
  readonly environments?: Readonly<
    Record<string, { readonly settings?: StoredValues; readonly connection?: EnvironmentConnection }>
  >;
}
