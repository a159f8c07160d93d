import { useDeferralStore } from '../../booking/deferral.store.ts';
import { useCancellationStore } from '../../cancellation/cancellation.store.ts';
import { useMoveStore } from '../../cancellation/move.store.ts';
import { useShortlistStore } from '../../shortlist/shortlist.store.ts';

/** The entries of a map, as they go into a draft and come out of it. */
type Entries<M> = M extends ReadonlyMap<infer K, infer V> ? [K, V][] : never;

/**
 * What was typed in the panels of writes, open or put away with Esc. Digits of a patient and what must be confirmed
 * afresh are not in it: they are asked for again.
 */
export interface WriteDrafts {
  readonly deferrals: Entries<ReturnType<typeof useDeferralStore>['drafts']>;
  readonly cancellations: Entries<ReturnType<typeof useCancellationStore>['drafts']>;
  readonly orders: Entries<ReturnType<typeof useShortlistStore>['orders']>;
  readonly comments: Entries<ReturnType<typeof useShortlistStore>['comments']>;
  readonly moving: string | null;
  readonly open: OpenPanel | null;
}

/** The panel that was open, and what it takes to make its review again. */
type OpenPanel =
  | { readonly kind: 'defer'; readonly ubrn: string; readonly serviceId: string | null }
  | {
      readonly kind: 'cancel';
      readonly ubrn: string;
      readonly action: 'cancel-later' | 'cancel-appointment' | 'cancel-referral';
      readonly isMove: boolean;
    }
  | { readonly kind: 'order'; readonly ubrn: string }
  | { readonly kind: 'triage'; readonly ubrn: string };

/** Collects and gives back the drafts of the stores in which panels of writes keep what is typed. */
export function useWriteDrafts() {
  const deferral = useDeferralStore();
  const cancellation = useCancellationStore();
  const shortlist = useShortlistStore();
  const move = useMoveStore();

  function openPanel(ubrn: string): OpenPanel | null {
    if (cancellation.action !== null)
      return {
        ...{ kind: 'cancel', ubrn, action: cancellation.action },
        isMove: cancellation.review?.action === 'cancel-appointment' && cancellation.review.isMove,
      };
    if (deferral.review !== null) return { kind: 'defer', ubrn, serviceId: deferral.review.serviceId };
    if (deferral.choosingFor !== null) return { kind: 'defer', ubrn, serviceId: null };
    const shortlisting = shortlist.action ?? shortlist.preparing?.what ?? null;
    if (shortlisting === null) return null;
    return { kind: ['order', 'change-shortlist'].includes(shortlisting) ? 'order' : 'triage', ubrn };
  }

  /** `ubrn`: the referral on show, or null. */
  function collect(ubrn: string | null): WriteDrafts {
    const deferrals: WriteDrafts['deferrals'] = [...deferral.drafts];
    if (deferral.review !== null)
      deferrals.push([`${deferral.review.ubrn} ${deferral.review.serviceId}`, deferral.comment]);
    const cancellations: WriteDrafts['cancellations'] = [...cancellation.drafts];
    const { action, review, draft } = cancellation;
    const { comment, reasonCode, priority } = draft;
    if (review !== null && action !== null)
      cancellations.push([`${review.ubrn} ${action}`, { comment, reasonCode, priority }]);
    const comments: WriteDrafts['comments'] = [...shortlist.comments];
    if (shortlist.review?.action === 'send-for-triage')
      comments.push([shortlist.review.ubrn, shortlist.comment]);
    return {
      ...{ deferrals, cancellations, comments, orders: [...shortlist.orders], moving: move.ubrn },
      open: ubrn === null ? null : openPanel(ubrn),
    };
  }

  /** Puts the texts where the panels look for them when they open. */
  function giveBack(drafts: WriteDrafts): void {
    drafts.deferrals.forEach(([key, comment]) => deferral.drafts.set(key, comment));
    drafts.cancellations.forEach(([key, draft]) => cancellation.drafts.set(key, draft));
    drafts.orders.forEach(([ubrn, order]) => shortlist.keepOrder(ubrn, order));
    drafts.comments.forEach(([ubrn, comment]) => shortlist.comments.set(ubrn, comment));
    if (drafts.moving !== null) move.begin(drafts.moving);
  }

  /**
   * Opens the panel again: its review is made afresh, by what e-RS says now. False when it could not be: what was typed
   * waits for the key. A first try may only find out that the line has gone; the second is then made offline.
   */
  async function reopen(panel: OpenPanel): Promise<boolean> {
    const problem = () => deferral.problem ?? cancellation.problem ?? shortlist.problem;
    await openAgain(panel);
    if (problem() !== null) await openAgain(panel);
    return problem() === null;
  }

  return { collect, giveBack, reopen };
}

/** The panel of the key, with what was typed in it before. */
async function openAgain(panel: OpenPanel): Promise<void> {
  const deferral = useDeferralStore();
  const cancellation = useCancellationStore();
  const shortlist = useShortlistStore();
  const { ubrn } = panel;
  switch (panel.kind) {
    case 'defer':
      return panel.serviceId === null
        ? deferral.askService(ubrn)
        : deferral.openReview(ubrn, panel.serviceId);
    case 'cancel':
      if (panel.action === 'cancel-later') return cancellation.openLater(ubrn);
      if (panel.action === 'cancel-referral') return cancellation.openReferral(ubrn);
      return cancellation.openAppointment(ubrn, panel.isMove);
    case 'order':
      return shortlist.prepare(ubrn, 'order');
    case 'triage':
      return shortlist.prepare(ubrn, 'triage-service');
  }
}
