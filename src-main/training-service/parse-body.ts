/** The JSON value of a text; `isBodyBroken` when it is none, `body` undefined when it is empty. */
export function parseBody(text: string): { readonly body: unknown; readonly isBodyBroken: boolean } {
  if (text === '') return { body: undefined, isBodyBroken: false };
  try {
    return { body: JSON.parse(text), isBodyBroken: false };
  } catch {
    return { body: undefined, isBodyBroken: true };
  }
}
