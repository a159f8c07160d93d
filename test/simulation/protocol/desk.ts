/** Who sits at the desk, what e-RS thinks of the session, and whether there is a way to it. */
export const CLERK = 'clerk';
export const COLLEAGUE = 'colleague';
/** The same person in another role: another owner to the outbox. */
export const CLERK_OTHERWISE = 'clerk-in-another-role';

export class Desk {
  /** Null: nobody is signed in. */
  user: string | null = CLERK;
  isLocked = false;
  sitting = 1;
  /** e-RS answers 401 from now on. */
  isTokenDead = false;
  /** e-RS answers 403 while false. */
  isRoleGranted = true;
  isConnected = true;
  /** The application knows that it is offline. */
  isKnownOffline = false;

  signIn(user: string): void {
    this.user = user;
    this.isLocked = false;
    this.sitting += 1;
    this.isTokenDead = false;
    this.isRoleGranted = true;
  }

  signOut(): void {
    this.user = null;
    this.isLocked = false;
  }

  mayAct(owner: string): boolean {
    return this.user === owner && !this.isLocked;
  }
}
