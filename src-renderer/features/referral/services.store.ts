import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ServiceDetails } from '../../../src-main/contract/channels/shortlist.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { noteMainInstant } from './main-clock.ts';

/** What e-RS says of the shortlisted services, read when the clerk asks for it. */
export const useServicesStore = defineStore('services', () => {
  /** The referral whose services are on show; null when none are. */
  const ubrn = ref<string | null>(null);
  const services = shallowRef<readonly ServiceDetails[]>([]);
  const problem = shallowRef<Problem | null>(null);
  const isReading = ref(false);
  let run = 0;

  /** Shows the details of services of a referral; false when they could not be read. */
  async function showServices(of: string, serviceIds: readonly string[]): Promise<boolean> {
    if (ubrn.value !== of) close();
    const mine = ++run;
    ubrn.value = of;
    isReading.value = true;
    problem.value = null;
    const answer = await useBridge().requests['shortlist/read-services']({ serviceIds: [...serviceIds] });
    if (mine !== run) return false;
    isReading.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return false;
    }
    services.value = answer.value.services;
    answer.value.services.forEach(({ readAt }) => noteMainInstant(readAt));
    return true;
  }

  function close(): void {
    run++;
    ubrn.value = problem.value = null;
    services.value = [];
    isReading.value = false;
  }

  return { ubrn, services, problem, isReading, showServices, close, forget: close };
});
