import { formatDayForPatient, londonDate, toIso } from '../../contract/london-time.ts';
import { CLINICAL } from '../../ers/roles.ts';
import type { Block, LetterText } from '../letters/letter-text.ts';
import { specialtyName } from '../reference-sets.ts';
import type { Answer, Call, Operation } from '../service-types.ts';
import type { AdviceMessage, AdviceRequest } from '../world/advice-model.ts';
import { PRIORITY_DISPLAY } from '../wire/displays.ts';
import { checkAdviceRead, findAdvice } from './advice-checks.ts';
import { fileHeaders } from './attachment-checks.ts';

const p = (text: string): Block => ({ role: 'P', text });
const h2 = (text: string): Block => ({ role: 'H2', text });

function written(message: AdviceMessage): Block[] {
  const who = message.sentBy === 'RESPONDER' ? 'Provider' : 'Referrer';
  const day = formatDayForPatient(londonDate(message.sentMs));
  return [
    h2(`${who}, ${day}`),
    ...message.text.split('\n').map(p),
    ...message.attachments.map(({ title }) => p(`File: ${title}`)),
  ];
}

function compose(call: Call, request: AdviceRequest): LetterText {
  const { ubrn, nhsNumber, priority, specialty, serviceId, messages } = request;
  const page: readonly Block[] = [
    { role: 'H1', text: 'Advice and guidance' },
    p(`Booking reference (UBRN): ${ubrn}`),
    p(`NHS number: ${nhsNumber}`),
    p(`Priority: ${PRIORITY_DISPLAY[priority]}`),
    p(`Specialty: ${specialtyName(specialty)}`),
    p(`Service: ${call.desk.world.findService(serviceId)?.name ?? serviceId}`),
    ...messages.flatMap(written),
  ];
  return { title: 'Advice and guidance', pages: [page] };
}

async function answer(call: Call): Promise<Answer> {
  const request = findAdvice(call, call.params.ubrn ?? '');
  if ('isRefusal' in request) return request;
  const refusal = checkAdviceRead(call, request);
  if (refusal) return refusal;
  const { clock, letters } = call.desk;
  const bytes = await letters.makeDocument(compose(call, request), clock.nowMs());
  const stamp = toIso(clock.nowMs()).slice(0, 19).replace(/\D/g, '');
  const name = `${request.ubrn}_Advice_And_Guidance_${stamp}.pdf`;
  return { status: 200, headers: fileHeaders(name, bytes), bytes };
}

/** A043: a request for advice with its conversation as one document. Platform only. */
export const generateAdviceOverview: Operation = {
  id: 'A043',
  fhir: 'stu3',
  produces: 'pdf',
  consumes: null,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/CommunicationRequest/:ubrn/$ers.generateCRI',
      permission: CLINICAL,
    },
  ],
  answer,
};
