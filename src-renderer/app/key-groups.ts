/** Titles of the places where keys work. */
export const SCOPE_TITLES: Readonly<Record<string, string>> = {
  anywhere: 'Anywhere',
  worklist: 'Worklist',
  referral: 'Referral',
  slots: 'Slots',
  'booking-review': 'Review panel',
  letter: 'Letter',
  attachment: 'Attachment',
  outbox: 'Outbox',
  'outbox-form': 'Forms of the outbox',
  lock: 'Locked desk',
  panel: 'Panels',
};

const line = (keys: readonly string[], title: string) => ({ keys, title, note: '' });

/** Keys that the focused list, grid or panel handles itself. */
export const FIXED_KEYS = [
  {
    title: 'In a list or grid',
    lines: [
      line(['ArrowUp', 'ArrowDown'], 'Move by one'),
      line(['PageUp', 'PageDown'], 'Move by a page, or by a week of slots'),
      line(['Home', 'End'], 'First and last'),
      line(['Space', 'Shift+Space'], 'Mark a row, or all rows from there; in the slots, pin one'),
      line(['Enter'], 'Open or choose; never sends anything'),
      line(['Escape'], 'Step back; keeps what was typed'),
      line(['Tab', 'Shift+Tab'], 'Next or previous control'),
    ],
  },
] as const;
