import { nextTick } from 'vue';
import { createMemoryHistory, createRouter, type Router, type RouterHistory } from 'vue-router';
import { holdKeys, releaseKeys } from '../keyboard/listen.ts';
import { setScreen } from '../keyboard/scopes.ts';

/** The screens of an open referral, lazily loaded; `preloadScreens` fetches them before the first key needs them. */
const loadReferral = () => import('../features/referral/ReferralScreen.vue');
const loadSlots = () => import('../features/slots/SlotsScreen.vue');
const loadLetter = () => import('../features/letters/LetterScreen.vue');
const loadRefer = () => import('../features/refer/ReferScreen.vue');
const loadLetterSet = () => import('../features/refer/LettersScreen.vue');
const loadAttachment = () => import('../features/attachments/AttachmentScreen.vue');
const loadAdvice = () => import('../features/advice/AdviceScreen.vue');
const loadAdviceList = () => import('../features/advice/AdviceListScreen.vue');
const loadAdviceRequest = () => import('../features/advice/AdviceRequestScreen.vue');

export const routes = [
  { path: '/', name: 'sign-in', component: () => import('../features/session/SignInScreen.vue') },
  { path: '/worklist', name: 'worklist', component: () => import('./OpenHint.vue') },
  { path: '/refer', name: 'refer', component: loadRefer },
  { path: '/referral/:ubrn(\\d{12})/letters', name: 'letter-set', component: loadLetterSet },
  { path: '/referral/:ubrn(\\d{12})', name: 'referral', component: loadReferral },
  { path: '/referral/:ubrn(\\d{12})/slots', name: 'slots', component: loadSlots },
  { path: '/referral/:ubrn(\\d{12})/letter', name: 'letter', component: loadLetter },
  {
    path: '/referral/:ubrn(\\d{12})/attachment/:place(clinical|\\d{1,3})',
    name: 'attachment',
    component: loadAttachment,
  },
  { path: '/advice', name: 'advice-list', component: loadAdviceList },
  { path: '/advice/new', name: 'advice-new', component: loadAdviceRequest },
  { path: '/advice/:ubrn(\\d{12})', name: 'advice', component: loadAdvice },
];

/** Loads the code of every screen, so that opening one waits for no file. */
export async function preloadScreens(): Promise<void> {
  await Promise.all([
    loadReferral(),
    loadSlots(),
    loadLetter(),
    loadAttachment(),
    loadRefer(),
    loadLetterSet(),
    loadAdvice(),
    loadAdviceList(),
    loadAdviceRequest(),
  ]);
}

/** A memory history of one entry: no list of the UBRNs visited is kept (hazard: what stays after a lock). */
function createSingleEntryHistory(): RouterHistory {
  const history = createMemoryHistory();
  history.push = (to, data) => history.replace(to, data);
  return history;
}

/** The window's router; it names the screen for the keyboard and keeps keys back while a screen is put up. */
export function createDeskRouter(): Router {
  const router = createRouter({ history: createSingleEntryHistory(), routes });
  router.beforeEach(() => holdKeys());
  router.afterEach(async (to, _from, failure) => {
    if (!failure) setScreen(String(to.name ?? ''));
    await nextTick();
    releaseKeys();
  });
  router.onError(() => releaseKeys());
  return router;
}
