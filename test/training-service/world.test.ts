import { beforeAll, describe, expect, it } from 'vitest';
import { hasValidCheckDigit } from '../../src-main/contract/identifiers.ts';
import { isClockChangeWeek, londonParts, toIso } from '../../src-main/contract/london-time.ts';
import { createWorld, type World } from '../../src-main/training-service/world/create-world.ts';
import { SCENES } from '../../src-main/training-service/world/drafts.ts';
import { REFERRAL_STATES, type Referral } from '../../src-main/training-service/world/model.ts';
import { createManualClock } from '../support/manual-clock.ts';

const make = (seed: number, size = 320) =>
  createWorld({ seed, clock: createManualClock(), size, bookingVersionStep: 2 });

let world: World;
beforeAll(() => {
  world = make(1);
});

describe('the training world', () => {
  it('follows from its seed', () => {
    const facts = (one: World) => JSON.stringify([one.listReferrals(), one.patients]);
    expect(facts(make(1))).toBe(facts(world));
    expect(facts(make(2))).not.toBe(facts(world));
  });

  it('holds at least 300 referrals in every state of section 9, and services of every kind', () => {
    const states = new Set(world.listReferrals().map((referral) => referral.state));
    expect(world.listReferrals()).toHaveLength(320);
    expect([...states].sort()).toEqual([...REFERRAL_STATES].sort());
    expect(world.services).toHaveLength(36);
    expect(new Set(world.services.map((service) => service.kind)).size).toBe(3);
  });

  it('has a referral for every scene', () => {
    for (const scene of SCENES) expect(world.findScene(scene), scene).not.toHaveLength(0);
    expect(world.findScene('bookable').length).toBeGreaterThan(20);
  });

  it('gives UBRNs of twelve digits, all different, some consecutive', () => {
    const ubrns = world.listReferrals().map((referral) => referral.ubrn);
    expect(new Set(ubrns).size).toBe(ubrns.length);
    expect(ubrns.every((ubrn) => /^\d{12}$/.test(ubrn))).toBe(true);
    expect(ubrns.some((ubrn, i) => Number(ubrns[i + 1]) === Number(ubrn) + 1)).toBe(true);
  });

  it('gives NHS numbers of the 999 range that pass modulus 11', () => {
    for (const { nhsNumber } of world.patients) {
      expect(nhsNumber).toMatch(/^999000\d{4}$/);
      expect(hasValidCheckDigit(nhsNumber)).toBe(true);
    }
    expect(new Set(world.patients.map((patient) => patient.nhsNumber)).size).toBe(world.patients.length);
  });

  it('has twins, namesakes and the other special patients', () => {
    const find = (key: string) => world.patients.find((patient) => patient.key === key);
    const [one, two] = [find('twin-one'), find('twin-two')];
    expect([one?.family, one?.birthDate, one?.address]).toEqual([two?.family, two?.birthDate, two?.address]);
    const [first, second] = [find('same-surname-one'), find('same-surname-two')];
    expect([first?.family, first?.birthDate]).toEqual([second?.family, second?.birthDate]);
    expect(first?.address).not.toEqual(second?.address);
    expect(new Set(world.patients.map((patient) => patient.record))).toEqual(
      new Set(['normal', 'sensitive', 'deceased', 'unusable', 'missing']),
    );
    expect(world.patients.some((patient) => patient.family === 'Żółć')).toBe(true);
    expect(world.patients.some((patient) => patient.needsInterpreter)).toBe(true);
  });

  it('has every priority, attachment status, requirement and a related referral', () => {
    const all = world.listReferrals();
    const seen = <T>(read: (referral: Referral) => readonly T[]) => new Set(all.flatMap(read));
    expect(seen((one) => [one.priority]).size).toBe(3);
    expect(seen((one) => one.attachments.map((file) => file.availability)).size).toBe(4);
    expect(seen((one) => one.requirements)).toEqual(new Set(['INTERPRETER', 'TRANSPORT']));
    expect(seen((one) => one.related).size).toBe(1);
  });

  it('keeps appointments consistent with states', () => {
    for (const { ubrn, state, appointment, stateReason } of world.listReferrals()) {
      if (state === 'NOT_BOOKED') expect(appointment, ubrn).toBeNull();
      if (state === 'BOOKED') expect([appointment?.status, stateReason]).toEqual(['booked', null]);
      if (['DEFERRED_TO_PROVIDER', 'AWAITING_TRIAGE', 'TRIAGE_RESPONSE'].includes(state)) {
        expect([appointment?.status, appointment?.startMs]).toEqual(['proposed', null]);
        expect(stateReason).toEqual(appointment?.reason);
      }
    }
  });

  it('knows in each PAS what is booked in e-RS', () => {
    const ubrn = world.findScene('booked')[0] ?? '';
    const appointment = world.appointmentOf(ubrn);
    expect(world.pasAppointments(appointment?.serviceId ?? '').map((one) => one.ubrn)).toContain(ubrn);
  });
});

describe('its slots', () => {
  it('are all in the future, in clinic hours of London, the earliest first', () => {
    const slots = world.freeSlots('11000');
    expect(slots.length).toBeGreaterThan(100);
    for (const [i, slot] of slots.entries()) {
      const { hour, weekday } = londonParts(toIso(slot.startMs));
      expect(slot.startMs).toBeGreaterThan(createManualClock().nowMs());
      expect(hour >= 8 && hour < 18 && weekday <= 5).toBe(true);
      expect(slot.startMs).toBeGreaterThanOrEqual(slots[i - 1]?.startMs ?? 0);
    }
  });

  it('number 5,000 at one service and none at another', () => {
    expect(world.freeSlots('11004')).toHaveLength(5000);
    expect(world.freeSlots('11005')).toHaveLength(0);
  });

  it('are there in the weeks of the next two clock changes, on both sides of each', () => {
    for (const service of ['11004', '11007']) {
      const parts = world.freeSlots(service).map((slot) => londonParts(toIso(slot.startMs)));
      const inWeeks = parts.filter((part) => isClockChangeWeek(part.date));
      expect(new Set(inWeeks.map((part) => part.date.slice(0, 7))).size).toBe(2);
      expect(new Set(inWeeks.map((part) => part.zone))).toEqual(new Set(['GMT', 'BST']));
    }
  });

  it('show 01:30 twice in the night when the clocks go back', () => {
    const shown = world.freeSlots('11007').map((slot) => londonParts(toIso(slot.startMs)));
    const twice = shown.filter((part) => part.hour === 1 && part.minute === 30);
    expect(twice.map((part) => part.zone)).toEqual(['BST', 'GMT']);
  });

  it('take their clinician from the schedule’s actor, not from its id', () => {
    const slots = world.freeSlots('11003');
    expect(slots.some((slot) => slot.scheduleId.includes('-') && slot.clinicianId === null)).toBe(true);
    expect(slots.some((slot) => !slot.scheduleId.includes('-') && slot.clinicianId !== null)).toBe(true);
    expect(new Set(world.freeSlots('11002').map((slot) => slot.clinicianId)).size).toBe(2);
  });

  it('include dummy slots that the service’s instructions describe', () => {
    expect(world.freeSlots('11006').some((slot) => slot.isDummy)).toBe(true);
    expect(world.services.find((service) => service.id === '11006')?.instructions).toMatch(/do not attend/i);
  });

  it('go when they begin, when taken, and by priority', async () => {
    const clock = createManualClock();
    const own = createWorld({ seed: 3, clock, size: 60, bookingVersionStep: 2 });
    const [first, second] = own.freeSlots('11000');
    own.takeSlot(second?.id ?? '');
    expect(own.freeSlots('11000')).not.toContain(second);
    await clock.advance((first?.startMs ?? 0) - clock.nowMs());
    expect(own.freeSlots('11000')).not.toContain(first);
    expect(own.freeSlots('11008', { priority: 'ROUTINE' }).some((slot) => slot.isForUrgent)).toBe(false);
    expect(own.freeSlots('11008', { priority: 'URGENT' }).some((slot) => slot.isForUrgent)).toBe(true);
  });
});
