/** Measurement 5: the built interface in headless Chromium (performance.md section 4). */
import type { BenchOptions, Figure } from './figure.ts';
import { openEmptyPage, openMeasuredPage, openWindowPage, type MeasuredPage } from './measured-page.ts';
import { createScriptedDesk, LETTERS, SLOTS, WORKLIST_ROWS, type ScriptedDesk } from './scripted-desk.ts';
import { median, medianRatio, percentile } from './statistics.ts';

/** "list <= 1.15x the hand-made window", "p95 <= 2 frames", "open <= 1.35x empty". */
const GOAL_WINDOW = 1.15;
const GOAL_FRAMES = 2;
const GOAL_OPEN = 1.35;
const SOURCE = 'performance.md section 4';
const FEW_ROWS = 50;

interface Pages {
  readonly empty: MeasuredPage;
  readonly window: MeasuredPage;
  readonly list: MeasuredPage;
  readonly slots: MeasuredPage;
  /** The list while a batch of letters is printed. */
  readonly printing: MeasuredPage;
}
type PageName = keyof Pages;
const NAMES: readonly PageName[] = ['empty', 'window', 'list', 'slots', 'printing'];

const DOWN = ['ArrowDown'] as const;
/** Within a day and from day to day; a new week every fifth step to the right. */
const WEEK_WALK = ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowRight'] as const;

const repeatKeys = (keys: readonly string[], count: number) =>
  Array.from({ length: count }, (_, at) => keys[at % keys.length] as string);

/** Opens the slots of the selected referral and reads all of their pages. */
async function openSlots({ page }: MeasuredPage): Promise<void> {
  await page.keyboard.press('Enter');
  await page.getByText(/Born/).first().waitFor();
  await page.keyboard.press('F7');
  await page.locator('[id^="slot-"]').first().waitFor();
  await page.keyboard.press('Control+F8');
  await page
    .getByText(new RegExp(`${SLOTS} of ${SLOTS} free slots`))
    .first()
    .waitFor();
}

/** Starts a batch from the list and leaves it going on. */
async function startBatch({ page }: MeasuredPage): Promise<void> {
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+P');
  await page.locator('#printer').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(`0 of ${LETTERS} printed`).first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.print-badge').waitFor();
}

type KeyTimes = Readonly<Record<PageName, number[]>>;

/** Rounds of keys on each page in turn; the first round warms up and is not counted. */
async function timeKeys(
  pages: Pages,
  runBatch: ScriptedDesk['runBatch'],
  rounds: number,
  keysPerRound: number,
): Promise<KeyTimes> {
  const times: KeyTimes = { empty: [], window: [], list: [], slots: [], printing: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of NAMES) {
      const keys = repeatKeys(name === 'slots' ? WEEK_WALK : DOWN, keysPerRound);
      if (name === 'printing') runBatch(true);
      const painted = await pages[name].pressKeys(keys);
      runBatch(false);
      if (round > 0) times[name].push(...painted);
    }
  }
  return times;
}

interface OpenTimes {
  readonly empty: number[];
  readonly few: number[];
  readonly all: number[];
}

async function timeOpenings(
  pages: Pages,
  setRows: (count: number) => void,
  rounds: number,
): Promise<OpenTimes> {
  const times: OpenTimes = { empty: [], few: [], all: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.empty.push(await pages.empty.reopen());
    setRows(FEW_ROWS);
    times.few.push(await pages.list.reopen());
    setRows(WORKLIST_ROWS);
    times.all.push(await pages.list.reopen());
  }
  return times;
}

function keyFigures(times: KeyTimes, frameMs: number): Figure[] {
  const at = (name: PageName, share: number) => percentile(times[name], share);
  const figure = (
    name: PageName,
    title: string,
    share: number,
    against: 'empty' | 'window' | 'list' | 'frame',
    goal: number | null,
  ): Figure => {
    const againstMs = against === 'frame' ? frameMs : at(against, share);
    const words = {
      ...{ empty: 'empty page', window: 'hand-made window', frame: '1 frame of this run' },
      list: 'the same list at rest',
    }[against];
    return {
      group: 5,
      name: `${title}: key to paint p${share * 100}`,
      against: words,
      measured: at(name, share) / againstMs,
      goal,
      source: SOURCE,
      raw: { measuredMs: at(name, share), againstMs },
    };
  };
  const list = '10,000-row list';
  const week = 'slots by week, 5,000 slots';
  const batch = `10,000-row list during a batch of ${LETTERS} letters`;
  return [
    figure('list', list, 0.5, 'empty', null),
    figure('list', list, 0.95, 'empty', null),
    figure('list', list, 0.5, 'window', GOAL_WINDOW),
    figure('list', list, 0.95, 'frame', GOAL_FRAMES),
    figure('slots', week, 0.5, 'empty', null),
    figure('slots', week, 0.95, 'empty', null),
    figure('slots', week, 0.95, 'frame', GOAL_FRAMES),
    figure('printing', batch, 0.95, 'list', null),
    figure('printing', batch, 0.95, 'frame', GOAL_FRAMES),
  ];
}

function openFigures({ empty, few, all }: OpenTimes): Figure[] {
  const figure = (title: string, times: readonly number[]): Figure => ({
    group: 5,
    name: `open to painted, ${title}`,
    against: 'empty page',
    measured: medianRatio(times, empty),
    goal: GOAL_OPEN,
    source: SOURCE,
    raw: { measuredMs: median(times), againstMs: median(empty) },
  });
  return [figure(`list of ${FEW_ROWS} rows`, few), figure('list of 10,000 rows', all)];
}

/** Keys and openings of the product's pages against an empty page and a hand-made list, all open side by side. */
export async function measureRenderer({ isShort }: BenchOptions): Promise<readonly Figure[]> {
  const desk = createScriptedDesk();
  const printingDesk = createScriptedDesk();
  const opened: MeasuredPage[] = [];
  const keep = async (opening: Promise<MeasuredPage>) => {
    const page = await opening;
    opened.push(page);
    return page;
  };
  try {
    const pages: Pages = {
      empty: await keep(openEmptyPage()),
      window: await keep(openWindowPage()),
      list: await keep(openMeasuredPage({ app: desk.app })),
      slots: await keep(openMeasuredPage({ app: desk.app })),
      printing: await keep(openMeasuredPage({ app: printingDesk.app })),
    };
    await openSlots(pages.slots);
    await startBatch(pages.printing);
    const frameMs = await pages.empty.readFrame();
    const times = await timeKeys(pages, printingDesk.runBatch, isShort ? 1 : 8, isShort ? 16 : 24);
    const openings = await timeOpenings(pages, (count) => desk.setRows(count), isShort ? 2 : 9);
    return [...keyFigures(times, frameMs), ...openFigures(openings)];
  } finally {
    await Promise.all(opened.map((page) => page.close()));
  }
}
