/** What the page is shown of a request for advice and its conversation. */
import type { AdviceFile, AdviceMessageView, AdviceRow, AdviceView } from '../../contract/channels/advice.ts';
import { codedOf, codedOrNull } from '../../contract/coded.ts';
import { visibleText } from '../../contract/visible-text.ts';
import type {
  AdviceConversation,
  AdviceEntry,
  AdviceMessage,
  AdviceParty,
  AdviceRequest,
} from '../../ers/advice-model.ts';
import type { AttachmentRecord } from '../../ers/model.ts';
import { priorityOf } from '../../ers/operations/a010-search-services-for-patient.ts';
import type { RequestAdviceIntent } from '../outbox/record-schemas.ts';
import {
  reasonNotToAnswer,
  reasonNotToConvert,
  reasonNotToReadOverview,
  type AdviceGateParts,
} from './advice-gates.ts';

const LONGEST_TEXT = 20_000;

export function viewAdvice(
  parts: AdviceGateParts,
  conversation: AdviceConversation,
  readAt: string,
): AdviceView {
  const { request, patient, patientProblem } = parts;
  const { ubrn, version, nhsNumber, status, isConversionAuthorised } = request;
  return {
    ...{ ubrn, version, nhsNumber, isConversionAuthorised, patient, patientProblem, readAt },
    status: status.slice(0, 20),
    category: codedOf(request.category),
    priority: codedOf(request.priority),
    specialty: codedOrNull(request.specialty),
    serviceName: serviceNameOf(request),
    requester: viewParty(request.requester),
    sender: viewParty(request.sender),
    messages: conversation.messages.slice(-1000).map(viewMessage),
    unreadable: conversation.unreadable,
    files: request.attachments.slice(0, 200).map(viewFile),
    canAnswer: reasonNotToAnswer(parts),
    canConvert: reasonNotToConvert(parts),
    canReadOverview: reasonNotToReadOverview(parts),
  };
}

export const serviceNameOf = ({ service }: Pick<AdviceRequest, 'service'>): string =>
  (service?.name || service?.id || '').slice(0, 200);

const viewParty = (party: AdviceParty | null) =>
  party && { userId: party.userId, organisation: party.organisation, role: party.role.slice(0, 60) };

function viewMessage(message: AdviceMessage): AdviceMessageView {
  return {
    messageId: message.id,
    sentBy: codedOf(message.sentBy),
    sentAt: message.sent,
    text: message.text.slice(0, LONGEST_TEXT),
    sender: viewParty(message.sender),
    requester: viewParty(message.requester),
    files: message.attachments.slice(0, 50).map(viewFile),
  };
}

const viewFile = (file: AttachmentRecord): AdviceFile => ({
  title: visibleText(file.title).slice(0, 255),
  description: visibleText(file.description).slice(0, 400),
  contentType: file.contentType.slice(0, 100),
  bytes: file.bytes,
  availability: codedOf(file.availability),
});

export function rowOfEntry(entry: AdviceEntry): AdviceRow {
  const { ubrn, nhsNumber, firstRequested, lastUpdated } = entry;
  return {
    ...{ ubrn, nhsNumber, firstRequested, lastUpdated },
    priority: codedOf(entry.priority),
    specialty: codedOrNull(entry.specialty),
    category: codedOf(entry.category),
    serviceName: (entry.serviceName || (entry.serviceId ?? '')).slice(0, 200),
  };
}

/** The row of an opened request, for a referrer's own list. */
export function rowOfRequest(request: AdviceRequest, conversation: AdviceConversation): AdviceRow {
  const { messages } = conversation;
  return {
    ubrn: request.ubrn,
    nhsNumber: request.nhsNumber,
    priority: codedOf(request.priority),
    specialty: codedOrNull(request.specialty),
    category: codedOf(request.category),
    serviceName: serviceNameOf(request),
    firstRequested: messages[0]?.sent ?? null,
    lastUpdated: messages.at(-1)?.sent ?? null,
  };
}

/** The row of a request that was just made: what e-RS says more of it comes with its opening. */
export function rowOfIntent(ubrn: string, intent: RequestAdviceIntent, at: string): AdviceRow {
  return {
    ubrn,
    nhsNumber: intent.nhsNumber,
    priority: { code: priorityOf(intent.criteria), display: '' },
    specialty: null,
    category: { code: 'PROVIDER_RESPONSE_REQUIRED', display: '' },
    serviceName: intent.serviceName,
    firstRequested: at,
    lastUpdated: at,
  };
}
