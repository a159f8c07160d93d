/** How the browser is started: nothing of its own, no way to the network, no bar or prompt over the interface. */

export interface BrowserArgumentOptions {
  readonly isHeadless: boolean;
  /** Root on Linux has no user namespace to sandbox in; everybody else keeps the sandbox. */
  readonly isRoot: boolean;
}

const DISABLED_FEATURES = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'OptimizationHints',
  'Translate',
];

/**
 * Every name resolves to nothing and every connection, also to a bare address, goes to a proxy that is not there.
 * The interception of requests comes before this; this holds where it does not reach.
 */
export const NO_NETWORK_ARGUMENTS: readonly string[] = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=socks5://127.0.0.1:1',
  '--proxy-bypass-list=<-loopback>',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
];

/** Arguments that both the product and the tests use; window, profile and pipe come from who starts the browser. */
export function makeBrowserArguments({ isHeadless, isRoot }: BrowserArgumentOptions): string[] {
  return [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-extensions-with-background-pages',
    '--disable-component-update',
    '--disable-crash-reporter',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-notifications',
    '--disable-session-crashed-bubble',
    '--disable-sync',
    '--lang=en-GB',
    '--metrics-recording-only',
    '--no-pings',
    '--no-service-autorun',
    '--password-store=basic',
    '--use-mock-keychain',
    // Hides the bar that warns of the switches above.
    '--test-type',
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
    '--class=booking-desk',
    ...NO_NETWORK_ARGUMENTS,
    ...(isHeadless ? ['--headless=new'] : []),
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}
