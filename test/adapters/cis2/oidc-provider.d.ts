/** What the tests use of the provider, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
  interface Context {
    readonly path: string;
    readonly status: number;
    body: unknown;
  }
  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  interface Options {
    readonly interactions: { url(context: Context, interaction: { readonly uid: string }): string };
    readonly findAccount: (context: Context, sub: string) => Promise<object>;
    readonly [name: string]: unknown;
  }
  class Provider {
    constructor(issuer: string, options: Options);
    readonly Grant: new (of: { readonly accountId: string; readonly clientId: string }) => Grant;
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    callback(): RequestListener;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
      options: object,
    ): Promise<void>;
  }
  export { Provider as default };
}
