/** The app's own types for what e-RS says of advice and guidance. Made by the operations' readers only. */
import type { NhsNumber, OdsCode, SdsUserId, ServiceId, Ubrn } from '../contract/identifiers.ts';
import type { Coded } from '../contract/schema.ts';
import type { AttachmentRecord, SearchCriteria } from './model.ts';

/** A person in a role at an organisation, as a conversation names them: e-RS gives no names. */
export interface AdviceParty {
  readonly userId: SdsUserId | null;
  readonly organisation: OdsCode | null;
  /** A business function, as it came; '' when none was given. */
  readonly role: string;
}

/** A request for advice as A024 states it. */
export interface AdviceRequest {
  readonly ubrn: Ubrn;
  readonly version: number;
  /** active, cancelled or completed; `category` says more (contract.md section 7, A024). */
  readonly status: string;
  /** A code of eRS-AdviceAndGuidanceStatus-1. */
  readonly category: Coded;
  readonly nhsNumber: NhsNumber;
  readonly priority: Coded;
  readonly specialty: Coded | null;
  readonly service: { readonly id: ServiceId; readonly name: string } | null;
  /** Who asks, and who sent the request for them; the same person unless an admin sent it. */
  readonly requester: AdviceParty | null;
  readonly sender: AdviceParty | null;
  /** Whether the provider may make a referral of it (A027); null when the request does not say. */
  readonly isConversionAuthorised: boolean | null;
  /** Files of the request itself; those of messages are with the messages. */
  readonly attachments: readonly AttachmentRecord[];
  readonly searchCriteria: SearchCriteria | null;
}

/** A message of a conversation (A025, and what A026 and A044 created). */
export interface AdviceMessage {
  readonly id: string;
  readonly request: { readonly ubrn: Ubrn; readonly version: number | null };
  /** REQUESTER, RESPONDER or REFERRER_CLINICAL_INFORMATION_UPDATED; kept as it came. */
  readonly sentBy: Coded;
  /** UTC, ISO. */
  readonly sent: string;
  /** Plain text: addresses of links are written out, and it is never shown as HTML. */
  readonly text: string;
  readonly sender: AdviceParty | null;
  /** In whose name; the sender, unless an admin sent it. */
  readonly requester: AdviceParty | null;
  readonly attachments: readonly AttachmentRecord[];
}

/** What A026 and A044 answer: the request as it is now, and the message that was added. */
export interface AdviceSent {
  readonly request: AdviceRequest;
  readonly message: AdviceMessage;
}

export interface AdviceConversation {
  /** Oldest first; messages of one moment keep the service's order. */
  readonly messages: readonly AdviceMessage[];
  /** Messages that could not be read. */
  readonly unreadable: number;
}

/** One entry of A023. */
export interface AdviceEntry {
  readonly ubrn: Ubrn;
  readonly nhsNumber: NhsNumber | null;
  readonly priority: Coded;
  readonly specialty: Coded | null;
  readonly clinicType: Coded | null;
  readonly category: Coded;
  readonly firstRequested: string | null;
  readonly lastUpdated: string | null;
  readonly referrerId: SdsUserId | null;
  readonly clinicianId: SdsUserId | null;
  readonly serviceId: ServiceId | null;
  readonly serviceName: string;
  /** Absent in the samples of 2021. */
  readonly version: number | null;
}

export interface AdviceListReply {
  readonly entries: readonly AdviceEntry[];
  readonly unreadable: number;
}
