import { nextTick } from 'vue';
import { useRouter } from 'vue-router';
import { announce } from '../../app/status-line.ts';
import { useReferralStore } from '../referral/referral.store.ts';
import { onlyTriageService } from '../shortlist/triage-services.ts';
import { useShortlistStore } from '../shortlist/shortlist.store.ts';
import { useCancellationStore } from './cancellation.store.ts';
import { sayProblem, useBegin, type GateName } from './use-begin.ts';
import { useMove } from './use-move.ts';

/** What the keys of the writes do: each opens its panel. */
export function useDeeds(ubrn: () => string) {
  const referral = useReferralStore();
  const cancellation = useCancellationStore();
  const shortlist = useShortlistStore();
  const move = useMove(ubrn);
  const router = useRouter();
  const { begin, gateOf } = useBegin(ubrn);

  const cancelling = (title: string, gate: GateName, open: (mine: string) => Promise<void>) => () =>
    begin(title, gate, async (mine) => {
      announce('Reviewing the cancellation. NOT CANCELLED.');
      await open(mine);
      sayProblem(cancellation.problem);
    });

  /** The free times come first; the old appointment goes only by Shift+F11 (screens.md section 8). */
  const moveAppointment = () =>
    begin('Move to another day', 'appointment', async (mine) => {
      move.begin();
      await router.push({ name: 'slots', params: { ubrn: mine } });
      await nextTick();
      announce('Move to another day: choose the new time with the patient, then Shift+F11. NOT CANCELLED.');
    });

  const changeShortlist = () =>
    begin('Change the shortlist', 'shortlist', async (mine) => {
      announce('Change the shortlist. NOT CHANGED.');
      await shortlist.prepare(mine, 'order');
    });

  async function openTriage(mine: string, serviceId: string): Promise<void> {
    announce('Reviewing the triage. NOT SENT.');
    await shortlist.openTriage(mine, serviceId);
    sayProblem(shortlist.problem);
  }

  async function openChange(mine: string, serviceIds: readonly string[]): Promise<void> {
    announce('Reviewing the new shortlist. NOT CHANGED.');
    await shortlist.openChange(mine, serviceIds);
    sayProblem(shortlist.problem);
  }

  const sendForTriage = () =>
    begin('Send for triage', 'triage', async (mine) => {
      const only = onlyTriageService(referral.view?.shortlist ?? []);
      if (only !== null) return openTriage(mine, only.serviceId);
      announce('Send for triage: choose the service. NOT SENT.');
      await shortlist.prepare(mine, 'triage-service');
    });

  return {
    gateOf,
    cancelLater: cancelling('Cancel, action later', 'later', cancellation.openLater),
    cancelAppointment: cancelling('Cancel appointment', 'appointment', (mine) =>
      cancellation.openAppointment(mine, move.stage.value === 'look'),
    ),
    cancelReferral: cancelling('Cancel referral', 'referral', cancellation.openReferral),
    ...{ moveAppointment, changeShortlist, sendForTriage, openTriage, openChange },
  };
}
