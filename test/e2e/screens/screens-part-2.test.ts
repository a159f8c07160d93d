import { describeScreens } from './describe-screens.ts';
import { SCREENS } from './registry.ts';

describeScreens(SCREENS.filter((_state, index) => index % 3 === 1));
