/** The person at the desk: signs in, unlocks, and comes back to it until the desk is theirs. */
import { WITHDRAW_REASONS } from '../../../src-main/contract/channels/outbox.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { isTerminal } from '../../../src-main/features/outbox/protocol/intent-states.ts';
import type { Instance } from './instance.ts';
import { damage } from './losses.ts';
import { ownerOfPerson, type Person } from './people.ts';
import type { Play } from './play.ts';
import type { PlayIntent } from './play-intent.ts';
import { askFor } from './wishes.ts';

/** A wish is given up after so many tries; by then the story says why. */
const MOST_TRIES = 6;

export class Clerk {
  /** Wishes that are still to be written down. */
  wishesLeft = 0;
  private readonly play: Play;
  private wanted: Person;
  private isSittingDown = false;

  constructor(play: Play) {
    this.play = play;
    this.wanted = play.people.clerk;
  }

  /** Comes to the desk, or back to it. */
  arrive(): void {
    this.handOverTo(this.play.people.clerk);
  }

  /** Somebody else takes the desk, or the same person in another role. */
  handOverTo(person: Person): void {
    this.wanted = person;
    if (!this.isSittingDown) void this.sitDown();
  }

  private async sitDown(): Promise<void> {
    const { play } = this;
    this.isSittingDown = true;
    while (!play.isOver && play.app.acting !== ownerOfPerson(this.wanted)) {
      const { app } = play;
      if (app.isDead || play.time.isAsleep) await play.pause(play.time.isAsleep ? 300_000 : 3_000);
      else if (!(await this.tryToSit(app, this.wanted))) await play.pause(play.random.between(2_000, 8_000));
    }
    this.isSittingDown = false;
  }

  private async tryToSit(app: Instance, person: Person): Promise<boolean> {
    if (app.seat === ownerOfPerson(person)) {
      const unlocked = await app.ask('session/unlock', {});
      return unlocked?.ok === true;
    }
    const signedIn = await app.signInAs(person);
    if (signedIn?.ok !== true || this.wanted !== person) return false;
    const chosen = await app.ask('session/choose-role', { roleId: person.roleId });
    return chosen?.ok === true;
  }

  /** "Needs sign-in" is a request to the clerk: while there is one, they sign in anew. */
  answerHeld(): void {
    const { play } = this;
    if (play.isOver) return;
    const isHeld = [...play.intents.values()].some(
      ({ row, isVanished }) => row.state === 'HELD' && !isVanished,
    );
    if (isHeld && play.app.acting === play.ownerOfClerk()) {
      play.tell(() => 'the clerk signs in anew');
      void play.app.ask('session/sign-out', {}).then(() => this.arrive());
    }
    play.time.inWorld(90_000, () => this.answerHeld());
  }

  /** Waits until the clerk is at the desk of a living process; null when the play is over before. */
  async atDesk(): Promise<Instance | null> {
    const { play } = this;
    while (!play.isOver) {
      const { app, time } = play;
      if (!app.isDead && !time.isAsleep && app.acting === play.ownerOfClerk()) return app;
      await play.pause(time.isAsleep ? 300_000 : 1_000);
    }
    return null;
  }

  /** Tries until it is written down, refused for good, or hopeless. */
  async wishFor(attempt: (app: Instance) => Promise<boolean>): Promise<void> {
    this.wishesLeft += 1;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const app = await this.atDesk();
      if (app === null || (await attempt(app))) break;
      await this.play.pause(this.play.random.between(2_000, 20_000));
    }
    this.wishesLeft -= 1;
  }

  /** An open intent of the clerk's, at random. */
  anyOpen(random = this.play.random): PlayIntent | null {
    const open = [...this.play.intents.values()].filter(
      ({ row, isVanished, isDamaged }) => !isTerminal(row.state) && !isVanished && !isDamaged,
    );
    return open.length === 0 ? null : random.pick(open);
  }

  /** Ctrl+Enter. */
  async confirm(intent: PlayIntent): Promise<boolean> {
    const { app, time } = this.play;
    const answer = await this.press('outbox/confirm', intent, {});
    if (answer?.ok !== true) return false;
    intent.wordAtMs = time.monotonicMs();
    intent.wordInstance = app.number;
    intent.wordAttempt = intent.row.attempt;
    intent.wantsOut = false;
    return true;
  }

  /** Del. */
  async withdraw(intent: PlayIntent): Promise<boolean> {
    const reason = this.play.random.pick(WITHDRAW_REASONS);
    const answer = await this.press('outbox/withdraw', intent, { reason });
    if (answer?.ok !== true) return false;
    intent.wantsOut = true;
    return true;
  }

  /** F5. */
  async readBack(intent: PlayIntent): Promise<boolean> {
    return (await this.press('outbox/read-back', intent, {}))?.ok === true;
  }

  /** Ctrl+E: the old intent ends and a new one with another comment takes its place. */
  async edit(intent: PlayIntent): Promise<boolean> {
    const { play } = this;
    const comment = `${intent.wish.comment}, changed`;
    play.pendingWish = { ...intent.wish, comment };
    const answer = await this.press('outbox/edit', intent, { comment });
    play.pendingWish = null;
    const edited = answer?.ok === true ? (answer.value as { readonly intentId: string }).intentId : '';
    const known = play.intents.get(edited);
    if (known !== undefined) known.isAcknowledged = true;
    return answer?.ok === true;
  }

  /** Enter: a new review of the referral as it is now, which takes the old one's place. */
  redo({ wish }: PlayIntent): void {
    void this.wishFor((app) => askFor(this.play, app, wish.ubrn));
  }

  /** Right after it was queued: taken back before anything of it goes on, or the process dies and its record goes bad. */
  async beHasty(intent: PlayIntent): Promise<void> {
    const { play } = this;
    if (play.isCalm || !play.apart.chance(play.plan.steps.hasty)) return;
    if (play.apart.chance(0.5)) return void (await this.withdraw(intent));
    damage(play, intent);
    play.app.die();
  }

  /** The clerk prints the letter, or has not come to it yet at the end of the story. */
  expectPrinting({ wish }: PlayIntent): void {
    const { play } = this;
    if (play.apart.chance(0.1)) return;
    play.time.inWorld(play.apart.between(2_000, 20_000), () => {
      if (play.isOver || play.time.isAsleep || play.app.acting !== wish.owner) return;
      void this.printLetter(wish.ubrn);
    });
  }

  private async printLetter(ubrn: string): Promise<void> {
    const { play } = this;
    const { app } = play;
    const letter = await app.ask('letters/fetch', { ubrn });
    if (letter?.ok !== true) return play.tell(() => 'the clerk fetches the letter: not done');
    play.checker.onLetter(ubrn);
    const { letterId } = letter.value as { letterId: string };
    const word = { reason: 'lost', note: '', isReadByClerk: true, isPhoned: true };
    const wish = { letterId, printer: 'printer', copies: 1, isLarge: false, ...word };
    const job = await app.ask('letters/print', wish);
    play.tell(() => `the clerk prints the letter: ${job?.ok === true ? 'done' : 'not done'}`);
  }

  private async press(channel: string, intent: PlayIntent, more: object): Promise<Outcome<unknown> | null> {
    const { play } = this;
    if (play.app.isDead || play.time.isAsleep || play.app.acting !== intent.wish.owner) return null;
    const answer = await play.app.ask(channel, { intentId: intent.id, ...more });
    const told = answer === null ? 'nobody answers' : answer.ok ? 'heard' : answer.problem.code;
    play.tell(() => `the clerk: ${channel} ${intent.name}: ${told}`);
    return answer;
  }

  /** A colleague at the same desk looks what became of it; nothing is sent. */
  async readForOwner(intent: PlayIntent): Promise<boolean> {
    const { play } = this;
    if (play.app.isDead || play.app.acting !== ownerOfPerson(play.people.colleague)) return false;
    const answer = await play.app.ask('outbox/read-back-for-colleague', { intentId: intent.id });
    play.tell(
      () => `the colleague reads back ${intent.name}: ${answer?.ok === true ? 'heard' : 'not heard'}`,
    );
    return answer?.ok === true;
  }
}
