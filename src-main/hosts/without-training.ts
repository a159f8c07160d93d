/** Stands in the place of `compose-training-ports.ts` in a package that was made `--without-training`. */

/** There is no training world in this package; throws with words for the terminal. */
export function composeTrainingDesk(): never {
  throw new Error(
    'the training environment is not part of this package; start with --environment live, or set BOOKING_DESK_ENVIRONMENT',
  );
}
