/**
 * What crosses from a page is taken for what the schemas mean: lists, records and simple values. A structured clone
 * carries more, which a schema does not see: a list with a `constructor` of the page's own would reach the built-ins that
 * work on it, and a key that holds nothing would put nothing in the place of a setting (attack S07).
 */

/** True for lists without properties of their own and for records of no class, whatever they hold. */
export function isPlainData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return Object.keys(value).length === value.length && value.every(isPlainData);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlainData);
}

/** Takes out, in place, the keys that hold nothing, as JSON would; to be asked of plain data. */
export function dropEmptyKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, held] of Object.entries(value))
    if (held === undefined) Reflect.deleteProperty(value, key);
    else dropEmptyKeys(held);
}
