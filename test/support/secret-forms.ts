/** The forms in which a secret could lie about: as it is, grouped, in UTF-16, percent-encoded, base64 at any offset. */
export function formsOf(secret: string): Buffer[] {
  const grouped =
    secret.length === 12
      ? secret.replace(/(.{4})(.{4})(.{4})/, '$1 $2 $3')
      : secret.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
  const texts = [secret, grouped, grouped.replaceAll(' ', '-'), encodeURIComponent(grouped)];
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from(`${'x'.repeat(offset)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : 4, -2),
  );
  const hex = Buffer.from(secret).toString('hex');
  return [...new Set([...texts, ...base64, hex])].flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
  ]);
}

/** Which of the secrets lie in which of the places. */
export function findInClear(
  secrets: ReadonlyMap<string, string>,
  places: ReadonlyMap<string, Buffer>,
): string[] {
  return [...secrets].flatMap(([what, secret]) =>
    [...places].flatMap(([place, bytes]) =>
      formsOf(secret).some((form) => form.length > 3 && bytes.includes(form)) ? [`${what} in ${place}`] : [],
    ),
  );
}
