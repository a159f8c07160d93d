/** A service in the list of A010: its summary, and what the search says of it (contract.md section 7, A010). */
import type { Call, Json, JsonObject } from '../service-types.ts';
import type { Found } from '../world/find-services.ts';
import type { Service } from '../world/model.ts';
import { codeSystem, concept, ERS_SERVICE, extensionUrl, LOCATION, serverSystem } from './systems.ts';

const coded = (url: string, system: string, code: string): JsonObject => ({
  url,
  valueCodeableConcept: concept(system, code),
});

const BOOKABLE: Readonly<Record<Service['kind'], string>> = {
  'directly-bookable': 'DIRECTLY_BOOKABLE',
  'indirectly-bookable': 'INDIRECTLY_BOOKABLE',
  // A triage service has no appointments of its own: published ones say so.
  triage: 'UNSPECIFIED',
};

function flowsOf(service: Service): readonly string[] {
  const flow = service.kind === 'triage' ? 'TRIAGE_REQUEST' : 'APPOINTMENT_REQUEST';
  return service.takesAdvice ? ['ADVICE_AND_GUIDANCE_REQUEST', flow] : [flow];
}

function summary(call: Call, service: Service): JsonObject {
  const isForWomen = service.specialty === 'GYNAECOLOGY';
  const extension: Json[] = [
    { url: 'serviceName', valueString: service.name },
    coded('specialty', serverSystem(call, 'SPECIALTY'), service.specialty),
    coded('genderTreated', codeSystem('eRS-GenderTreated-1'), isForWomen ? 'FEMALE' : 'MALE_AND_FEMALE'),
    coded('bookableType', codeSystem('eRS-BookableType-1'), BOOKABLE[service.kind]),
    ...(service.kind === 'triage'
      ? []
      : [coded('supportedAppointmentType', codeSystem('eRS-AppointmentType-1'), 'FIRST_OUTPATIENT')]),
    { url: 'referralLetterRequired', valueBoolean: service.isLetterRequired },
    {
      url: 'location',
      valueReference: { identifier: { system: LOCATION, value: service.site }, display: service.siteName },
    },
    {
      url: 'linkToNHSWebsite',
      valueString: `https://www.nhs.uk/service-search/other-services/chooseandbook?serviceId=${service.id}`,
    },
    ...flowsOf(service).map((flow) =>
      coded('supportedRequestFlowType', codeSystem('eRS-RequestFlowType-1'), flow),
    ),
  ];
  return { url: extensionUrl('ServiceSummaryView-1'), extension };
}

function wait({ service, waitDays }: Found): JsonObject {
  const url = 'indicativeAppointmentWaitTime';
  if (waitDays !== null) return { url, valueUnsignedInt: waitDays };
  return coded(
    url,
    codeSystem('eRS-IWT-1'),
    service.kind === 'triage' ? 'NOT_APPLICABLE' : 'LIMITED_AVAILABILITY',
  );
}

/** An entry of the list; the distance only where the search has something to count from. */
export function foundServiceEntry(call: Call, found: Found, hasDistance: boolean): JsonObject {
  const { service, miles } = found;
  return {
    extension: [
      {
        url: extensionUrl('ServiceSearch-ListItem-1'),
        extension: [
          { url: 'displayProminently', valueBoolean: false },
          ...(hasDistance ? [{ url: 'distance', valueUnsignedInt: miles }] : []),
          wait(found),
        ],
      },
    ],
    item: {
      extension: [summary(call, service)],
      identifier: { system: ERS_SERVICE, value: service.id },
    },
  };
}
