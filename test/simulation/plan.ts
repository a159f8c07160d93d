/** The rates of one schedule, made of the usual ones and its themes. */
import { READ_FAULTS, WIRE_FAULTS } from './faults.ts';
import {
  HAPPENING_RATES,
  HAPPENINGS,
  READ_RATES,
  STEP_RATES,
  THEMES,
  WIRE_RATES,
  type StepRates,
} from './themes.ts';

export * from './faults.ts';
export { HAPPENINGS, type Happening, type StepRates } from './themes.ts';

/** The themes that are drawn, by their place. */
export const THEME_NAMES = THEMES.filter(({ isNamed }) => isNamed !== true).map(({ name }) => name);
export const placeOfTheme = (wanted: string) => THEMES.findIndex(({ name }) => name === wanted);
/** The part of schedules that have no theme, and of the others those that have two. */
export const CALM_PART = 0.63;
export const TWO_THEMES_PART = 0.2;

export interface Plan {
  readonly name: string;
  /** Growing sums of the rates, in the order of the names. */
  readonly wire: Float64Array;
  readonly read: Float64Array;
  readonly happenings: Float64Array;
  readonly steps: StepRates;
}

const plans = new Map<number, Plan>();

/** The rates under two themes (0 is the calm one); made once. */
export function planOf(first: number, second: number): Plan {
  const key = first * THEMES.length + second;
  const known = plans.get(key);
  if (known !== undefined) return known;
  const themes = [THEMES[first], THEMES[second]].filter((theme) => theme !== undefined);
  const plan: Plan = {
    name: themes.map(({ name }) => name).join('+'),
    wire: growingSums(WIRE_FAULTS, [WIRE_RATES, ...themes.map(({ wire }) => wire ?? {})]),
    read: growingSums(READ_FAULTS, [READ_RATES, ...themes.map(({ read }) => read ?? {})]),
    happenings: Float64Array.from(HAPPENINGS, (name) =>
      highest(name, [HAPPENING_RATES, ...themes.map(({ happenings }) => happenings ?? {})]),
    ),
    steps: { ...STEP_RATES, ...themes[0]?.steps, ...themes[1]?.steps },
  };
  plans.set(key, plan);
  return plan;
}

type Rates = Readonly<Partial<Record<string, number>>>;

const highest = (name: string, rates: readonly Rates[]) => Math.max(...rates.map((all) => all[name] ?? 0));

/** Two themes together may ask for more than everything: then each gets its part of 97 %. */
function growingSums(names: readonly string[], rates: readonly Rates[]): Float64Array {
  const wanted = names.map((name) => highest(name, rates));
  const total = wanted.reduce((sum, rate) => sum + rate, 0);
  const scale = total > 0.97 ? 0.97 / total : 1;
  let sum = 0;
  return Float64Array.from(wanted, (rate) => (sum += rate * scale));
}
