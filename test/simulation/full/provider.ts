/** How a provider's own system answers e-RS, where one takes part. */
import type { PasBehaviour } from '../../../src-main/training-service/world/model.ts';
import type { Play } from './play.ts';
import type { PlayIntent } from './play-intent.ts';
import type { WireCall } from './stage.ts';

/** As the story has it written, else as the dice fall. */
export function answerOfProvider(play: Play, { wish }: PlayIntent, { mayBeSilent }: WireCall): PasBehaviour {
  const scripted = play.scriptedPas.get(wish.ubrn);
  if (scripted !== undefined && (scripted.kind !== 'silence' || mayBeSilent)) return scripted;
  if (play.isCalm || !play.random.chance(play.plan.steps.provider * 4)) return { kind: 'ok' };
  return drawAnswer(play, mayBeSilent);
}

function drawAnswer(play: Play, mayBeSilent: boolean): PasBehaviour {
  const { random } = play;
  const slotAfter = random.chance(0.5) ? 'free' : 'taken';
  switch (random.below(mayBeSilent ? 6 : 3)) {
    case 0:
      play.note('pas-gone');
      return { kind: 'gone' };
    case 1:
      play.note('pas-error');
      return { kind: 'error', slotAfter };
    case 2:
      play.note('pas-error');
      return { kind: 'unconfirmed', slotAfter };
    default: {
      const bookedInErs = random.chance(0.5);
      play.note(bookedInErs ? 'pas-silent-booked' : 'pas-silent-empty');
      return { kind: 'silence', bookedInErs, bookedInPas: random.chance(0.5) };
    }
  }
}
