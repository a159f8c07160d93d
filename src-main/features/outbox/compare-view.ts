/** The three columns of a conflict: what the clerk saw, what is now, what was asked for (screens.md section 9). */
import type { ComparedLine } from '../../contract/channels/outbox.ts';
import { formatStaffDateTime } from '../../contract/london-time.ts';
import type { AdviceRequest } from '../../ers/advice-model.ts';
import type { Referral } from '../../ers/model.ts';
import type { Intent, SeenReferral } from './record-schemas.ts';

/** The snapshot that goes into an intent: e-RS gives only the newest version (safety.md, fact 8). */
export function seenOf(referral: Referral, readAt: string): SeenReferral {
  const { appointment } = referral;
  return {
    state: (referral.state?.display || referral.state?.code || referral.status).slice(0, 80),
    priority: (referral.priority.display || referral.priority.code).slice(0, 80),
    shortlist: referral.shortlist
      .map(({ name, serviceId }) => name || serviceId)
      .join(', ')
      .slice(0, 2000),
    appointmentStatus: (appointment?.status ?? '').slice(0, 20),
    appointmentStart: appointment?.start ?? null,
    appointmentService: (appointment?.serviceName ?? '').slice(0, 200),
    readAt,
  };
}

/** The same of a request for advice (A024). */
export function seenOfAdvice(request: AdviceRequest, readAt: string): SeenReferral {
  return {
    state: (request.category.display || request.category.code || request.status).slice(0, 80),
    priority: (request.priority.display || request.priority.code).slice(0, 80),
    shortlist: (request.service?.name || request.service?.id || '').slice(0, 2000),
    appointmentStatus: '',
    appointmentStart: null,
    appointmentService: '',
    readAt,
  };
}

/** The lines to show; `now` is null when e-RS could not be read. */
export function compareLines(intent: Intent, now: SeenNow | null): ComparedLine[] {
  // Of what is not there yet nobody saw anything.
  const seen = intent.saw === null ? {} : factsOf(intent.saw, intent.pinnedVersion);
  const current = now === null ? null : factsOf(now.seen, now.version);
  const asked = askedOf(intent);
  const whats = [...new Set([...(Object.keys(seen) as What[]), ...(Object.keys(asked) as What[])])];
  return whats.map((what) => {
    const saw = seen[what] ?? '';
    const nowText = current?.[what] ?? '';
    return {
      what,
      saw,
      now: nowText,
      asked: asked[what] ?? '',
      isDifferent: current !== null && saw !== nowText,
    };
  });
}

/** What e-RS says now of a referral, or of a request for advice. */
export interface SeenNow {
  readonly seen: SeenReferral;
  readonly version: number;
}

type What = ComparedLine['what'];
type Lines = Partial<Record<What, string>>;

/** Of a line. */
const LONGEST = 2000;

function factsOf(seen: SeenReferral, version: number): Lines {
  const { appointmentStatus, appointmentStart, appointmentService } = seen;
  const start = appointmentStart === null ? '' : formatStaffDateTime(appointmentStart);
  return {
    version: String(version),
    state: seen.state,
    appointment: [appointmentStatus, start, appointmentService].filter((part) => part !== '').join(', '),
    priority: seen.priority,
    shortlist: seen.shortlist,
  };
}

function askedOf(intent: Intent): Lines {
  switch (intent.action) {
    case 'book': {
      const [slot] = intent.slots;
      return {
        service: intent.serviceName,
        time: intent.slots.map(({ start }) => formatStaffDateTime(start)).join(', then '),
        clinician: slot?.clinicianId ?? '',
      };
    }
    case 'defer':
      return { service: intent.serviceName, reason: intent.reason, comment: intent.comment };
    case 'cancel-later':
      return { service: intent.serviceName, comment: intent.comment, priority: intent.priority ?? '' };
    case 'cancel-appointment':
      return {
        service: intent.serviceName,
        reason: intent.reason.display || intent.reason.code,
        comment: intent.comment,
      };
    case 'cancel-referral':
    case 'reject-referral':
      return { reason: intent.reason.display || intent.reason.code, comment: intent.comment };
    case 'create-referral':
    case 'create-and-triage':
    case 'change-shortlist':
      return { shortlist: intent.services.map(({ serviceId, name }) => name || serviceId).join(', ') };
    case 'send-for-triage':
      return { service: intent.serviceName, comment: intent.comment };
    case 'upload-file':
      return { comment: intent.name };
    case 'maintain-letter': {
      const names = [...intent.keeps, ...(intent.uploads ?? [])].map(({ name }) => name);
      return { comment: names.join(', ').slice(0, LONGEST) };
    }
    case 'record-review':
      return { reason: intent.outcome, comment: intent.comment, priority: intent.priority ?? '' };
    case 'send-advice':
      return {
        reason: intent.outcome,
        comment: intent.guidance.slice(0, LONGEST),
        priority: intent.priority,
      };
    case 'convert-advice':
      return { comment: intent.comment, priority: intent.priority };
    case 'request-advice':
      return { service: intent.serviceName, comment: intent.request.slice(0, LONGEST) };
    case 'accept-referral':
    case 'letter':
      return { service: intent.serviceName };
  }
}
