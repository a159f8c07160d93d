import { formatDayForPatient, londonDate, toIso } from '../../contract/london-time.ts';
import { CLINICAL } from '../../ers/roles.ts';
import type { Block, LetterText } from '../letters/letter-text.ts';
import { specialtyName } from '../reference-sets.ts';
import { isSpine, refuse, type Answer, type Call, type Operation, type Refusal } from '../service-types.ts';
import { PRIORITY_DISPLAY, REQUIREMENT_DISPLAY } from '../wire/displays.ts';
import type { Referral } from '../world/model.ts';
import { fileHeaders } from './attachment-checks.ts';
import { checkRead, findReferral } from './referral-checks.ts';

const p = (text: string): Block => ({ role: 'P', text });
const h2 = (text: string): Block => ({ role: 'H2', text });

/** What the document says: the request, its needs, its files. */
function compose(call: Call, referral: Referral): LetterText {
  const { clinicalInfoMs, requirements, attachments, shortlist } = referral;
  const birthDate = call.desk.world.findPatient(referral.nhsNumber)?.birthDate;
  const services = shortlist.map((id) => call.desk.world.findService(id)?.name ?? id);
  const page: readonly Block[] = [
    { role: 'H1', text: 'Clinical information' },
    p(`Booking reference (UBRN): ${referral.ubrn}`),
    p(`NHS number: ${referral.nhsNumber}`),
    // A reader tells by it whose papers these are.
    ...(birthDate === undefined ? [] : [p(`Date of birth: ${formatDayForPatient(birthDate)}`)]),
    p(`Priority: ${PRIORITY_DISPLAY[referral.priority]}`),
    p(`Specialty: ${specialtyName(referral.specialty)}`),
    h2('Services'),
    ...services.map(p),
    h2('Referral information'),
    p(
      clinicalInfoMs === null
        ? 'No clinical information has been added yet.'
        : `Added ${formatDayForPatient(londonDate(clinicalInfoMs))}. The patient has had symptoms for six weeks.`,
    ),
    ...(requirements.length === 0 ? [] : [h2('Additional requirements')]),
    ...requirements.map((code) => p(REQUIREMENT_DISPLAY[code])),
    ...(attachments.length === 0 ? [] : [h2('Attachments')]),
    ...attachments.map(({ title, description }) => p(`${title}: ${description}`)),
  ];
  return { title: 'Clinical information', pages: [page] };
}

/** 2021 has codes of its own for what is not there yet. */
function checkIn2021(call: Call, referral: Referral): Refusal | null {
  if (!isSpine(call)) return null;
  const isProvider = call.caller.businessFunction.startsWith('SERVICE_PROVIDER');
  if (isProvider && referral.appointment === null) return refuse(422, 'INVALID_REQUEST_STATE', 'Not booked');
  return referral.clinicalInfoMs === null && referral.attachments.length === 0
    ? refuse(422, 'NO_CLINICAL_INFO', 'No clinical information')
    : null;
}

async function answer(call: Call): Promise<Answer> {
  const unknown = isSpine(call) ? refuse(422, 'NO_SUCH_REQUEST', 'No such UBRN') : refuse(404, '');
  const referral = findReferral(call, call.params.ubrn ?? '', unknown);
  if ('isRefusal' in referral) return referral;
  const refusal = checkRead(call, referral) ?? checkIn2021(call, referral);
  if (refusal) return refusal;
  const { clock, letters } = call.desk;
  const bytes = await letters.makeDocument(compose(call, referral), clock.nowMs());
  const stamp = toIso(clock.nowMs()).slice(0, 19).replace(/\D/g, '');
  const name = `${referral.ubrn}_Clinical_Information_${stamp}.pdf`;
  return { status: 200, headers: fileHeaders(name, bytes), bytes };
}

/** A007: the clinical information of a referral as one document. */
export const generateClinicalInformation: Operation = {
  id: 'A007',
  fhir: 'stu3',
  produces: 'pdf',
  consumes: null,
  routes: [
    {
      surface: 'api-platform',
      method: 'POST',
      path: '/STU3/ReferralRequest/:ubrn/$ers.generateCRI',
      permission: CLINICAL,
    },
    {
      surface: 'spine-session',
      method: 'POST',
      path: '/STU3/v1/ReferralRequest/:ubrn/$ers.generateCRI',
      permission: CLINICAL,
    },
  ],
  answer,
};
