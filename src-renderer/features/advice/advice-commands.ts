import type { Router } from 'vue-router';
import { closeOutbox, isOutboxOpen } from '../../app/panels.ts';
import { commandMaker, type Command } from '../../keyboard/command-registry.ts';
import { ANYWHERE } from '../../keyboard/scopes.ts';
import type { useSessionStore } from '../session/session.store.ts';

interface Deeds {
  reread(): Promise<void>;
  canReread(): true | string;
  answer(): Promise<void>;
  canAnswer(): true | string;
  convert(): Promise<void>;
  canConvert(): true | string;
  overview(): void;
  canReadOverview(): true | string;
  files(): void;
  more(): void;
  back(): Promise<void>;
  isFileShown(): boolean;
}

/** The keys of an opened request for advice. */
export function adviceCommands(deeds: Deeds): Command[] {
  const command = commandMaker('advice');
  return [
    command('again', 'Read the request again from e-RS', ['F5', 'Ctrl+R'], deeds.reread, deeds.canReread),
    command('answer', 'Answer the request for advice', ['Alt+A'], deeds.answer, deeds.canAnswer),
    command('convert', 'Make a referral of the request', ['Alt+C'], deeds.convert, deeds.canConvert),
    command('overview', 'Overview of the request as a PDF', ['F9'], deeds.overview, deeds.canReadOverview),
    command('files', 'Files of the conversation', ['Ctrl+O'], deeds.files),
    command('more', 'More or less about the patient', ['Ctrl+I'], deeds.more),
    command('list', 'Back to the list of requests', [], deeds.back),
  ];
}

const LISTS = [
  'SERVICE_PROVIDER_CLINICIAN',
  'SERVICE_PROVIDER_CLINICIAN_ADMIN',
  'SERVICE_PROVIDER_ADMIN',
  'REFERRING_CLINICIAN',
  'REFERRING_CLINICIAN_ADMIN',
];
export const ASKS = ['REFERRING_CLINICIAN', 'REFERRING_CLINICIAN_ADMIN'];

/** Opens the list from everywhere. */
export function adviceListCommand(session: ReturnType<typeof useSessionStore>, router: Router): Command {
  return {
    id: 'frame.advice',
    title: 'Advice and guidance',
    keys: ['Alt+G'],
    scope: ANYWHERE,
    available: () =>
      LISTS.includes(session.role?.businessFunction ?? '') ||
      'your role has no advice and guidance. Alt+R changes the role.',
    async run() {
      if (isOutboxOpen.value) await closeOutbox();
      await router.push({ name: 'advice-list' });
    },
  };
}
