// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttachmentFile } from '../../../src-main/contract/channels/attachments.ts';
import type { AttachmentView, ReferralView } from '../../../src-main/contract/channels/referral.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { OpenDocument } from '../../../src-renderer/app/pdf/open-document.ts';
import { useAttachmentsStore } from '../../../src-renderer/features/attachments/attachments.store.ts';
import { READ_AT } from '../../support/fake-data.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { makeLetterPage } from '../letters/letter-fakes.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { makePatient, makeReferral } from '../referral/referral-fakes.ts';

const destroy = vi.fn(async () => undefined);
const opening = vi.hoisted(() => ({ document: null as unknown as () => Promise<OpenDocument> }));
vi.mock('../../../src-renderer/app/pdf/open-document.ts', () => ({
  openDocument: () => opening.document(),
}));

const coded = (code: string) => ({ code, display: '' });
const makeListed = (changes: Partial<AttachmentView> = {}): AttachmentView => ({
  ...{ type: coded('REFERRER'), title: 'referral-letter.pdf', contentType: 'application/pdf', bytes: 20_480 },
  ...{ availability: coded('AVAILABLE'), description: 'Referral letter' },
  ...changes,
});
const makeFile = (changes: Partial<AttachmentFile> = {}): AttachmentFile => ({
  ...{ name: 'referral-letter.pdf', kind: 'pdf', mediaType: 'application/pdf', bytes: 20_480 },
  ...{ content: btoa('%PDF-1.7 %%EOF'), fetchedAt: READ_AT },
  ...changes,
});

let desk: MountedDesk;
let drawn: number[];
const close = vi.fn();

/** Observers of the page's parts, to be told that the window has changed. */
const observers: (() => void)[] = [];
class FakeObserver {
  constructor(notice: () => void) {
    observers.push(notice);
  }
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  destroy.mockClear();
  close.mockClear();
  drawn = [];
  const pages = [makeLetterPage('Dear colleague', 'Her knee.'), makeLetterPage()];
  opening.document = async () => ({
    pageCount: 2,
    readPage: async (at) => pages[at] ?? makeLetterPage(),
    draw: async (at) => void drawn.push(at),
    destroy,
  });
  observers.length = 0;
  vi.stubGlobal('ResizeObserver', FakeObserver);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 640, height: 480, close }));
  HTMLElement.prototype.getClientRects = () => [{ height: 400 }] as unknown as DOMRectList;
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 800 });
  HTMLCanvasElement.prototype.getContext = (() => ({ drawImage: () => undefined })) as never;
});
afterEach(() => {
  desk.unmount();
  vi.unstubAllGlobals();
});

const FILES = [makeListed(), makeListed({ title: 'scan.png', availability: coded('PENDING') })];

async function mount(answers: FakeAnswers = {}, view: Partial<ReferralView> = {}): Promise<void> {
  desk = await mountReferral({
    'referral/open': ({ ubrn }) => ok(makeReferral({ ubrn, attachments: [...FILES], ...view })),
    'attachments/read': () => ok(makeFile()),
    'attachments/read-clinical-information': () => ok(makeFile({ name: 'Clinical information' })),
    'attachments/save': () => ok({ isSaved: true }),
    ...answers,
  });
}
const centre = () => document.querySelector('#centre')?.textContent?.replace(/\s+/g, ' ') ?? '';
const route = () => desk.router.currentRoute.value.name;
const ubrn = () => String(desk.router.currentRoute.value.params['ubrn']);
const openFirst = () => desk.press('Ctrl+O', 'ArrowDown', 'Enter');

describe('the list', () => {
  it('says of each file whose it is, how large, and whether it can be used', async () => {
    await mount(
      {},
      { attachments: [makeListed({ title: 'letter\u202Efdp.exe', type: coded('PROVIDER') }), ...FILES] },
    );
    expect(centre()).toContain('letterfdp.exe');
    expect(centre()).toContain('Referral letter, from the provider, 20 KB');
    expect(centre()).toContain('Being checked for threats: read again in 5 minutes');
  });

  it('is reached by Ctrl+O, opened by arrows and Enter, and come back to by Esc', async () => {
    await mount();
    await openFirst();
    expect(route()).toBe('attachment');
    expect(desk.fake.inputsOf('attachments/read')).toEqual([{ ubrn: ubrn(), index: 0 }]);
    await desk.press('Escape');
    expect([route(), document.activeElement?.id]).toEqual(['referral', 'referral-files']);
    await desk.press('ArrowDown', 'Enter');
    expect(desk.fake.inputsOf('attachments/read')[1]).toEqual({ ubrn: ubrn(), index: 1 });
  });

  it('opens the clinical information with Enter alone', async () => {
    await mount();
    await desk.press('Ctrl+O', 'Enter');
    expect(desk.fake.inputsOf('attachments/read-clinical-information')).toEqual([{ ubrn: ubrn() }]);
    expect(centre()).toContain('Clinical information');
    await desk.press('Ctrl+S');
    expect(desk.statusLine()).toContain('shown only');
    expect(desk.fake.inputsOf('attachments/save')).toEqual([]);
  });

  it('stays shut for a restricted record, and says so', async () => {
    await mount({}, { patient: makePatient({ isSensitive: true }) });
    await desk.press('Ctrl+O');
    expect(desk.statusLine()).toContain('restricted (S flag)');
    expect(centre()).toContain('Not opened: the patient record is restricted');
    await desk.router.push({ name: 'attachment', params: { ubrn: ubrn(), place: '0' } });
    await desk.settle();
    expect([route(), desk.fake.inputsOf('attachments/read')]).toEqual(['referral', []]);
  });
});

describe('a PDF', () => {
  it('is shown page by page, as a picture or as text, and let go of', async () => {
    await mount();
    await openFirst();
    expect(centre()).toContain('a PDF, 20 KB, read 10:42:10 · page 1 of 2');
    expect(drawn).toEqual([0]);
    expect(document.querySelector('canvas')?.getAttribute('aria-label')).toContain(
      'Page 1 of 2 of referral-letter.pdf',
    );
    await desk.press('F8');
    expect(centre()).toContain('Dear colleague');
    await desk.press('PageDown');
    expect(centre()).toContain('This page has no text');
    expect(desk.statusLine()).toBe('Page 2 of 2.');
    await desk.press('Ctrl+PageDown');
    expect(desk.statusLine()).toContain('this is the last page');
    await desk.press('F8');
    expect(drawn).toEqual([0, 1]);
    await desk.press('Escape');
    expect(destroy).toHaveBeenCalledTimes(1);
  });

  it('is drawn once at a time, also when the window changes its size meanwhile', async () => {
    await mount();
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const [under, most] = [new Set<number>(), vi.fn()];
    opening.document = async () => ({
      pageCount: 1,
      readPage: async () => makeLetterPage(),
      async draw(at) {
        expect(under.size).toBe(0);
        under.add(at);
        most();
        await slow;
        under.delete(at);
      },
      destroy,
    });
    await openFirst();
    Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 500 });
    observers.forEach((notice) => notice());
    observers.forEach((notice) => notice());
    finish();
    await desk.settle();
    expect(most).toHaveBeenCalledTimes(2);
    expect(centre()).not.toContain('could not be drawn');
  });

  it('that pdf.js cannot read is no PDF on the screen', async () => {
    await mount();
    opening.document = async () => Promise.reject(new Error('InvalidPDFException'));
    await openFirst();
    expect(centre()).toContain('The file could not be shown');
    expect(document.querySelector('canvas')).toBeNull();
  });

  it('of an older reading is not shown after a newer one', async () => {
    await mount();
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    desk.fake.answer('attachments/read', async () => {
      await slow;
      return ok(makeFile({ name: 'old.pdf' }));
    });
    await openFirst();
    desk.fake.answer('attachments/read', () => ok(makeFile({ name: 'new.pdf' })));
    await desk.router.push({ name: 'attachment', params: { ubrn: ubrn(), place: '1' } });
    await desk.settle();
    finish();
    await desk.settle();
    expect(centre()).toContain('new.pdf');
    expect(centre()).not.toContain('old.pdf');
  });
});

describe('pictures and text', () => {
  it('a picture is drawn on a canvas, never put in as an image', async () => {
    await mount({
      'attachments/read': () => ok(makeFile({ name: 'scan.png', kind: 'image', mediaType: 'image/png' })),
    });
    await openFirst();
    expect(document.querySelector('canvas')?.getAttribute('aria-label')).toContain(
      'scan.png, 640 by 480 pixels',
    );
    expect(
      document.querySelectorAll('#centre img, #centre iframe, #centre object, #centre embed'),
    ).toHaveLength(0);
    await desk.press('F8');
    expect(document.querySelector('.picture-view--large')).not.toBeNull();
    await desk.press('Escape');
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('a damaged picture is none on the screen, and can still be saved', async () => {
    await mount({ 'attachments/read': () => ok(makeFile({ kind: 'image', mediaType: 'image/jpeg' })) });
    vi.stubGlobal('createImageBitmap', async () => Promise.reject(new Error('InvalidStateError')));
    await openFirst();
    expect(centre()).toContain('The file could not be shown');
    expect(document.querySelector('#centre canvas')).toBeNull();
    await desk.press('Ctrl+S');
    expect(desk.statusLine()).toContain('Saved.');
  });

  it('text stays text, whatever stands in it', async () => {
    const content = btoa('Dear colleague,\n<img src=x onerror=alert(1)>');
    await mount({
      'attachments/read': () => ok(makeFile({ kind: 'text', mediaType: 'text/plain', content })),
    });
    await openFirst();
    expect(document.querySelector('pre')?.textContent).toBe('Dear colleague,\n<img src=x onerror=alert(1)>');
    expect(document.querySelector('#centre img')).toBeNull();
  });
});

describe('what is not shown', () => {
  const other = (mediaType: string) => ({
    'attachments/read': () => ok(makeFile({ kind: 'other', mediaType, content: '' })),
  });

  it('is saved by Ctrl+S, and says whether it was', async () => {
    await mount(other('application/rtf'));
    await openFirst();
    expect(centre()).toContain('It is formatted text (RTF)');
    await desk.press('Ctrl+S');
    expect(desk.fake.inputsOf('attachments/save')).toEqual([{ ubrn: ubrn(), index: 0 }]);
    expect(desk.statusLine()).toContain('Saved.');
    desk.fake.answer('attachments/save', () => ok({ isSaved: false }));
    await desk.press('Ctrl+S');
    expect(desk.statusLine()).toBe('Not saved.');
    desk.fake.answer('attachments/save', () => fail('unavailable', 'not-saved', { reason: 'ENOSPC' }));
    await desk.press('Ctrl+S');
    expect(desk.statusLine()).toContain('NOT saved');
    expect(centre()).toContain('The folder would not take it');
  });

  it('is not even saved when it is a program', async () => {
    await mount(other('application/x-executable'));
    await openFirst();
    await desk.press('Ctrl+S');
    expect(desk.statusLine()).toContain('it is a program');
    expect(desk.fake.inputsOf('attachments/save')).toEqual([]);
  });

  it.each([
    [fail('rejected', 'PENDING', { waitMs: 240_000 }), 'Wait 4 minutes, as e-RS asks'],
    [fail('rejected', 'THREATS_FOUND'), 'Ask the sender for a clean file'],
    [fail('rejected', 'VALIDATION_FAILED'), 'The file failed its check'],
    [fail('rejected', 'file-too-large'), 'Open it in the e-RS web application'],
    [fail('forbidden', 'NO_RELATIONSHIP'), 'no recorded relationship'],
    [fail('offline', 'connection-refused'), 'No answer from e-RS'],
  ])('says why: %j', async (answer, words) => {
    await mount({ 'attachments/read': () => answer });
    await openFirst();
    expect(centre()).toContain(words);
  });
});

it('keeps nothing of a file after a lock', async () => {
  await mount();
  await openFirst();
  const store = useAttachmentsStore();
  expect(store.facts?.name).toBe('referral-letter.pdf');
  await desk.press('Ctrl+L');
  expect([store.facts, store.lastPlace, document.querySelector('canvas')]).toEqual([null, null, null]);
  expect(destroy).toHaveBeenCalled();
});
