import { readonly, ref } from 'vue';

/** What the status line says; `refused` is a key that may not be used now, with its reason. */
export interface StatusMessage {
  readonly text: string;
  readonly tone: 'info' | 'refused';
  /** Grows with each message, so that the same text twice is announced twice. */
  readonly serial: number;
}

const message = ref<StatusMessage>({ text: '', tone: 'info', serial: 0 });

/** The message on show, for the status line. */
export const statusMessage = readonly(message);

/** Shows a text in the frame's status line and has it read out (WCAG 4.1.3). Never patient details. */
export function announce(text: string, tone: StatusMessage['tone'] = 'info'): void {
  message.value = { text, tone, serial: message.value.serial + 1 };
}

/** Takes back a refusal that no longer holds, because something else was done since. */
export function clearRefusal(): void {
  if (message.value.tone === 'refused') announce('');
}

/** Empties the status line, as at a lock. */
export function clearStatus(): void {
  announce('');
}
