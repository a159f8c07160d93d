// @vitest-environment happy-dom
/** Where a clerk stood among the slots, after a lock: also on a page that the new search has not read yet. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import { createDeskRouter } from '../../../src-renderer/app/router.ts';
import {
  usePosition,
  type SlotPosition,
} from '../../../src-renderer/features/session/drafts/use-position.ts';
import { useSlotsStore } from '../../../src-renderer/features/slots/slots.store.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { createFakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { DIRECT, UBRN } from '../referral/referral-fakes.ts';
import { makePage, makeSearch, makeSlots } from '../slots/slot-fakes.ts';

const ALL = makeSlots(550);
const query = { ubrn: UBRN, serviceId: DIRECT.serviceId, priority: null };
let fake: FakeBridge;
let slots: ReturnType<typeof useSlotsStore>;
let position: ReturnType<typeof usePosition>;

function open(free = ALL): void {
  fake = createFakeBridge({
    'slots/search': () => ok(makeSearch(free)),
    'slots/read-page': ({ page }) => ok(makePage(free, page)),
  });
  setBridgeForTests(fake.bridge);
  setActivePinia(createPinia());
  slots = useSlotsStore();
  const router = createDeskRouter();
  Object.defineProperty(router, 'currentRoute', { value: { value: { name: 'slots', params: {} } } });
  position = usePosition(router);
}

/** Stands on a slot of a page, with another one pinned, and goes away. */
async function standOn(page: number): Promise<SlotPosition> {
  await slots.searchSlots(query);
  while ((slots.coverage?.pages.length ?? 0) < page) await slots.readNextPage();
  slots.togglePin(ALL[5]?.slotId ?? '');
  slots.chooseSlot(ALL[page * 100 - 10]?.slotId ?? '');
  const stood = position.readSlots();
  if (stood === null) throw new Error('no position');
  slots.forget();
  return stood;
}

async function comeBack(stood: SlotPosition, isOver: () => boolean = () => false): Promise<void> {
  await slots.searchSlots(query);
  await position.chooseAgain(stood, isOver);
}

beforeEach(() => open());

describe('a slot that was chosen before a lock', () => {
  it.each([1, 3, 5])('is chosen again from page %s', async (page) => {
    const stood = await standOn(page);
    await comeBack(stood);
    expect(slots.chosenId).toBe(stood.chosenId);
    expect(slots.pinnedIds).toEqual(stood.pinnedIds);
    expect(slots.coverage?.pages.length).toBeGreaterThanOrEqual(page);
  });

  it('that has gone meanwhile is not looked for beyond the pages that had been read', async () => {
    const stood = await standOn(3);
    open(ALL.filter(({ slotId }) => slotId !== stood.chosenId));
    await comeBack(stood);
    expect(slots.chosenId).toBeNull();
    expect(slots.pinnedIds).toEqual(stood.pinnedIds);
    expect(Math.max(...(slots.coverage?.pages ?? []))).toBe(3);
  });

  it('is not looked for any more once its person has left again', async () => {
    const stood = await standOn(5);
    let isOver = false;
    await slots.searchSlots(query);
    const back = position.chooseAgain(stood, () => isOver);
    isOver = true;
    await back;
    expect(slots.chosenId).toBeNull();
  });
});
