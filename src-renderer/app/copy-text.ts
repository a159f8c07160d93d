/**
 * Copies a text through a selection of the page, because the desk denies every permission, the clipboard's too. The
 * selection is made within the open panel, as that takes the focus back from everything outside it.
 * False when the system did not take it.
 */
export function copyText(text: string): boolean {
  const holder = document.createElement('textarea');
  const focused = document.activeElement;
  holder.value = text;
  holder.className = 'nhsuk-u-visually-hidden';
  (focused?.closest('[role="dialog"]') ?? document.body).append(holder);
  holder.select();
  const isCopied = document.execCommand('copy');
  holder.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
