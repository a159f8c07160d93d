/** The service whose truth survives the kills: it runs in the parent, and counts what reached it. */
import {
  createTrainingService,
  type TrainingService,
} from '../../src-main/training-service/create-training-service.ts';
import { serveOnLoopback } from '../../src-main/training-service/serve-on-loopback.ts';
import { createHurriedClock } from './hurried-clock.ts';

/** What a clerk knows of a referral that can be booked. */
export interface Case {
  readonly ubrn: string;
  readonly nhsNumber: string;
  readonly serviceId: string;
  readonly birth: string;
}

export interface Post {
  readonly correlationId: string;
  readonly hadEffect: boolean;
}

export interface KillService {
  readonly origin: string;
  readonly service: TrainingService;
  readonly cases: readonly Case[];
  /** The bookings that reached the service, in their order. */
  readonly posts: readonly Post[];
  readonly close: () => Promise<void>;
}

const WORLD_SIZE = 2_000;

function listCases({ world }: TrainingService): Case[] {
  return world.findScene('bookable').map((ubrn) => {
    const { nhsNumber, shortlist } = world.referral(ubrn);
    return {
      ...{ ubrn, nhsNumber, serviceId: shortlist[0] ?? '' },
      birth: world.findPatient(nhsNumber)?.birthDate ?? '',
    };
  });
}

/** A service on loopback with as many referrals as a long run books. */
export async function startKillService(
  seed: number,
  clockStartMs: number,
  size = WORLD_SIZE,
): Promise<KillService> {
  const service = createTrainingService({
    seed,
    clock: createHurriedClock(clockStartMs),
    size,
    pasDelayMs: 0,
  });
  const posts: Post[] = [];
  const isBooked = (ubrn: string | null) =>
    ubrn !== null && service.world.appointmentOf(ubrn)?.status === 'booked';
  const server = await serveOnLoopback({
    async handle(request) {
      const isBooking = request.method === 'POST' && new URL(request.url).pathname.endsWith('/Appointment');
      if (!isBooking) return service.handle(request);
      const ubrn = /ReferralRequest\/(\d{12})/.exec(await request.clone().text())?.[1] ?? null;
      const wasBooked = isBooked(ubrn);
      try {
        return await service.handle(request);
      } finally {
        const correlationId = request.headers.get('x-correlation-id') ?? '';
        posts.push({ correlationId, hadEffect: !wasBooked && isBooked(ubrn) });
      }
    },
  });
  return { origin: server.origin, service, cases: listCases(service), posts, close: server.close };
}
