/** Makes a `switch` exhaustive for the compiler; reaching it at run time is a defect. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected variant: ${JSON.stringify(value)?.slice(0, 40) ?? typeof value}`);
}
