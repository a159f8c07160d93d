import { useBridge } from '../../bridge/bridge.ts';

/** Tells main of a fault in the window: its kind and place only, never a text of the page. */
export function reportFault(kind: string, place: string): void {
  void useBridge().requests['diagnostics/report-fault']({
    kind: kind.slice(0, 40),
    place: place.slice(0, 120),
  });
}
