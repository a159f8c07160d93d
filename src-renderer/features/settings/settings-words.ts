/** Words of the settings screen. */
import type { SettingsTrouble, SettingsView } from '../../../src-main/contract/channels/settings.ts';
import { formatStaffDate } from '../../../src-main/contract/london-time.ts';

export const TEXT_SIZE_WORDS = { normal: 'Normal', large: 'Large', largest: 'Largest' } as const;
export const CONTRAST_WORDS = { normal: 'Normal', high: 'High contrast' } as const;
export const MANAGED = 'Set by your organisation: it cannot be changed at this desk.';

const CARD_REMOVAL_WORDS = {
  lock: 'The desk locks.',
  'end-session': 'The session ends.',
  nothing: 'Nothing: the card need not stay in.',
} as const;

/** The safeguards of the site, in words. */
export function siteLines(view: SettingsView): readonly { readonly title: string; readonly text: string }[] {
  const { cardRemoval, secondPersonForCancelReferral, rateShare, readsDstu2 } = view;
  const { auditDays, auditReaders } = view;
  return [
    { title: 'When a smartcard is taken out', text: CARD_REMOVAL_WORDS[cardRemoval.value] },
    {
      title: 'Cancelling a referral',
      text: secondPersonForCancelReferral.value ? 'A second person confirms it.' : 'One person is enough.',
    },
    {
      title: 'Share of e-RS calls',
      text: `${Math.round(rateShare.value * 100)} of 100 that all desks may make together.`,
    },
    ...(readsDstu2.value ? [DSTU2_NOTICE] : []),
    {
      title: 'What is recorded',
      text: `Kept for ${auditDays.value} days. ${readersWords(auditReaders.value.length)}`,
    },
  ];
}

/** Said while it is on: e-RS wants nobody to use it (contract.md section 8). */
const DSTU2_NOTICE = {
  title: 'Reading in the DSTU2 form (deprecated)',
  text: 'Reference data, referrals, files, clinical information and Referrals for Review are read in a form that e-RS has deprecated: a referral has no shortlist in it, so nothing can be booked. Ask your service desk when your site moves on.',
};

const readersWords = (count: number) =>
  count === 0
    ? 'Each person reads their own entries only.'
    : `${count === 1 ? 'One person' : `${count} people`} may read those of others, too.`;

export interface TroubleWords {
  readonly title: string;
  readonly meaning: string;
}

const FILE_FAULTS: Readonly<Record<string, string>> = {
  'file-not-readable': 'it cannot be read',
  'file-too-large': 'it is too large',
  'policy-not-protected': 'others than the administrator can write it',
  'not-json': 'it is damaged',
  'not-settings': 'a value in it is not allowed',
  'policy-newer': 'it is of a later version of Booking Desk',
};

function policyTrouble(code: string): TroubleWords {
  if (code === 'names-not-known')
    return {
      title: 'Your organisation’s policy names settings that this version does not know',
      meaning: 'They have no effect. Everything else in it holds. Tell the service desk.',
    };
  return {
    title: `Your organisation’s policy cannot be used: ${FILE_FAULTS[code] ?? 'it could not be opened'}`,
    meaning:
      'What it sets does not hold. In the live service nothing can be booked or changed until it is put right. Call the service desk.',
  };
}

/** What went wrong with a file, what holds instead, and whom to tell. */
export function troubleWords({ file, code, keptAs }: SettingsTrouble): TroubleWords {
  if (file === 'policy') return policyTrouble(code);
  if (file === 'person')
    return {
      title: 'What you had set for yourself could not be read',
      meaning: 'The desk’s own settings hold. Set yours again and save.',
    };
  if (code === 'settings-newer')
    return {
      title: 'This desk’s settings are of a later version of Booking Desk',
      meaning: 'The last ones that fit hold, and nothing can be saved here. Update Booking Desk.',
    };
  if (code === 'settings-not-readable')
    return {
      title: 'This desk’s settings cannot be read',
      meaning: 'The last ones that could be read hold, and nothing can be saved. Call the service desk.',
    };
  const kept = keptAs === null ? 'The file was left as it is.' : `The damaged file was kept as ${keptAs}.`;
  return {
    title: 'This desk’s settings were damaged',
    meaning: `The last good ones hold; look through them. ${kept}`,
  };
}

/** The age of the record key. */
export function keyWords(view: SettingsView): string {
  const { recordKey } = view;
  if (recordKey === null) return 'Writes are off: there is no key to change.';
  const older =
    recordKey.older === 0
      ? 'No older key is kept.'
      : `${recordKey.older} older ${recordKey.older === 1 ? 'key is' : 'keys are'} kept for records that still need ${recordKey.older === 1 ? 'it' : 'them'}.`;
  return `Made on ${formatStaffDate(recordKey.madeAt.slice(0, 10))}. ${older}`;
}
