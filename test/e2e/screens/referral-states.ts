/** The referral's files, its services, and how its state is told. */
import { ok } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { openBookable, openScene, problem } from './reach.ts';
import type { ScreenState } from './registry.ts';

/** Opens the file of that place in the list: 0 is the clinical information. */
async function openFile(desk: ClerkDesk, place: number): Promise<void> {
  await openScene(desk, 'with-attachments');
  await desk.shows(/Clinical information and attachments/);
  await desk.press('Ctrl+O', 'Home', ...Array.from({ length: place }, () => 'ArrowDown'), 'Enter');
}

const isDrawn = (desk: ClerkDesk) => desk.page.locator('canvas[data-drawn="true"]').first().waitFor();

const SERVICE = {
  ...{ serviceId: '11000', name: 'General Cardiology Clinic', bookable: 'directly' },
  ...{ site: 'RX101', address: '', phone: '01632 960100' },
  ...{ staffPhone: '01632 960199', hours: 'Monday to Friday, 9am to 5pm' },
  instructions: 'Bring a list of your medicines.\nAllow an hour for the visit.',
  ...{ specialty: '', clinicTypes: ['Heart failure', 'Not otherwise specified'], version: 12 },
  isActive: true,
  facts: [
    { label: 'Healthcare Professionals, email', value: 'cardiology@hospital.example' },
    { label: 'Kind', value: 'Directly Bookable' },
  ],
  readAt: '2026-11-23T10:40:00.000Z',
};

export const REFERRAL_SCREENS: readonly ScreenState[] = [
  {
    name: 'referral--attachments',
    shows: /Clinical information and \d+ attachments/,
    async reach(desk) {
      await openScene(desk, 'with-attachments');
      await desk.shows(/Clinical information and attachments/);
      await desk.press('Ctrl+O', 'ArrowDown', 'ArrowDown');
    },
  },
  {
    name: 'referral--services',
    shows: /Staff only/,
    async reach(desk) {
      await openBookable(desk);
      desk.scripted.script('shortlist/read-services', ok({ services: [SERVICE] }) as never);
      await desk.press('Ctrl+D');
    },
  },
  {
    name: 'referral--cancelled-by-provider',
    shows: /Shortlist/,
    reach: (desk) => openScene(desk, 'cancelled-by-provider'),
  },
  {
    name: 'attachment--clinical-information',
    shows: /page 1 of/,
    async reach(desk) {
      await openFile(desk, 0);
      await isDrawn(desk);
    },
  },
  {
    name: 'attachment--picture',
    shows: /a picture \(PNG\)/,
    async reach(desk) {
      await openFile(desk, 5);
      await isDrawn(desk);
    },
  },
  { name: 'attachment--text', shows: /plain text/, reach: (desk) => openFile(desk, 6) },
  { name: 'attachment--not-shown', shows: /It is a Word document/, reach: (desk) => openFile(desk, 7) },
  { name: 'attachment--pending', shows: /still being checked/, reach: (desk) => openFile(desk, 2) },
  {
    name: 'attachment--offline',
    shows: /What to do/,
    async reach(desk) {
      desk.scripted.script('attachments/read', problem('offline', 'connection-refused'));
      await openFile(desk, 1);
    },
  },
];
