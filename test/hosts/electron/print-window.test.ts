import type { WebContentsPrintOptions } from 'electron';
import { beforeEach, expect, it, vi } from 'vitest';

interface MadeWindow {
  readonly options: { readonly show: boolean; readonly webPreferences: Record<string, unknown> };
  readonly loaded: string[];
  readonly scripts: string[];
  readonly printed: WebContentsPrintOptions[];
  isGone: boolean;
}

const made = vi.hoisted(() => ({
  windows: [] as MadeWindow[],
  drawn: (): Promise<unknown> => Promise.resolve(2),
  answer: [true, ''] as [boolean, string | undefined],
}));

vi.mock('electron', () => ({
  BrowserWindow: class {
    readonly record: MadeWindow;
    readonly webContents;
    constructor(options: MadeWindow['options']) {
      const record: MadeWindow = { options, loaded: [], scripts: [], printed: [], isGone: false };
      this.record = record;
      made.windows.push(record);
      this.webContents = {
        executeJavaScript(script: string) {
          record.scripts.push(script);
          return made.drawn();
        },
        print(printOptions: WebContentsPrintOptions, done: (...answer: unknown[]) => void) {
          record.printed.push(printOptions);
          done(...made.answer);
        },
      };
    }
    loadURL(url: string) {
      this.record.loaded.push(url);
      return Promise.resolve();
    }
    isDestroyed() {
      return this.record.isGone;
    }
    destroy() {
      this.record.isGone = true;
    }
  },
}));

const { createElectronPrinting } = await import('../../../src-main/hosts/electron/print-window.ts');
const printing = createElectronPrinting({ isPackaged: true, findContents: () => null });
const pdf = Buffer.from('%PDF-1.7 </script>"); evil("');

beforeEach(() => {
  made.windows.length = 0;
  made.drawn = () => Promise.resolve(2);
  made.answer = [true, ''];
});

it('draws in a hidden window without preload, sandboxed, on a page of our own', async () => {
  const page = await printing.openPage('Letter "1"', pdf);
  const [window] = made.windows;
  expect(page.pages).toBe(2);
  expect(window?.options.show).toBe(false);
  expect(window?.options.webPreferences).toMatchObject({
    ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, devTools: false },
    ...{ plugins: false, backgroundThrottling: false },
  });
  expect(window?.options.webPreferences).not.toHaveProperty('preload');
  expect(window?.loaded).toEqual(['app://ui/print.html']);
});

it('hands over the letter as data that cannot become code', async () => {
  await printing.openPage('Letter "1"', pdf);
  expect(made.windows[0]?.scripts).toEqual([`drawLetter("Letter \\"1\\"", "${pdf.toString('base64')}")`]);
});

it('prints as it is told and passes the answer on; the window goes once', async () => {
  const page = await printing.openPage('t', pdf);
  expect(await page.print({ silent: true, deviceName: 'WARD' })).toEqual({ isTaken: true, reason: '' });
  made.answer = [false, undefined];
  expect(await page.print({})).toEqual({ isTaken: false, reason: '' });
  expect(made.windows[0]?.printed[0]).toEqual({ silent: true, deviceName: 'WARD' });
  page.close();
  page.close();
  expect(made.windows[0]?.isGone).toBe(true);
});

it('leaves no window behind when the letter cannot be drawn', async () => {
  made.drawn = () => Promise.reject(new Error('no PDF'));
  await expect(printing.openPage('t', pdf)).rejects.toThrow('no PDF');
  expect(made.windows.map(({ isGone }) => isGone)).toEqual([true]);
  made.drawn = () => Promise.resolve('two');
  expect((await printing.openPage('t', pdf)).pages).toBe(0);
});

it('lists printers through the window of the desk, and fails without one', async () => {
  await expect(printing.listPrinters()).rejects.toThrow();
  const getPrintersAsync = () => Promise.resolve([{ name: 'WARD' }]);
  const found = createElectronPrinting({
    isPackaged: true,
    findContents: () => ({ getPrintersAsync }) as never,
  });
  expect(await found.listPrinters()).toEqual([{ name: 'WARD' }]);
});
