/** Moves within a shortlist; none of them changes the list that is given. */
import type { ShortlistedService } from '../../../src-main/contract/channels/referral.ts';

type Order = readonly ShortlistedService[];

export const MOST_SERVICES = 20;

/** The service at an index one place up (-1) or down (1); the same list at the ends. */
export function moveService(order: Order, index: number, by: 1 | -1): Order {
  const [from, to] = [order[index], order[index + by]];
  if (from === undefined || to === undefined) return order;
  return order.map((service, at) => (at === index ? to : at === index + by ? from : service));
}

export function removeService(order: Order, index: number): Order {
  return order.filter((_, at) => at !== index);
}

/** Why a service cannot be added; empty when it can. */
export function objectionToService(order: Order, serviceId: string): string {
  if (!/^\d{1,12}$/.test(serviceId)) return 'A service id has up to 12 digits, for example 11000.';
  if (order.some((service) => service.serviceId === serviceId)) {
    return `Service ${serviceId} is on the shortlist already.`;
  }
  return order.length >= MOST_SERVICES ? `No more than ${MOST_SERVICES} services fit on a shortlist.` : '';
}

/** True when nothing differs, order included. */
export function isSameOrder(one: Order, other: Order): boolean {
  return one.map(({ serviceId }) => serviceId).join() === other.map(({ serviceId }) => serviceId).join();
}
