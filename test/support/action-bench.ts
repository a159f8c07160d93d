/** A signed-in client over a training service of its own, to run the actions of the outbox one call at a time. */
import { createInProcessNetwork } from '../../src-main/adapters/training/in-process-network.ts';
import { createTrainingSessionProvider } from '../../src-main/adapters/training/training-session-provider.ts';
import type { OdsCode } from '../../src-main/contract/identifiers.ts';
import type { ErsClient, ErsIdentity } from '../../src-main/ers/client.ts';
import { createErsClient } from '../../src-main/ers/create-ers-client.ts';
import type { DialectName } from '../../src-main/ers/operation.ts';
import type { BusinessFunction } from '../../src-main/ers/roles.ts';
import type { ActionRun } from '../../src-main/features/outbox/actions/action-driver.ts';
import { createEvidence, type Evidence } from '../../src-main/features/outbox/actions/evidence.ts';
import type { Intent } from '../../src-main/features/outbox/record-schemas.ts';
import {
  openProfessionalSession,
  selectRole,
} from '../../src-main/features/session/open-professional-session.ts';
import {
  createTrainingService,
  type TrainingService,
} from '../../src-main/training-service/create-training-service.ts';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import type { Referral } from '../../src-main/training-service/world/model.ts';
import { createHeldNetwork, type HeldNetwork } from './held-network.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

const ORIGIN = 'https://training.bookingdesk.invalid';

export interface ActionBench {
  readonly service: TrainingService;
  readonly world: TrainingService['world'];
  readonly clock: ManualClock;
  readonly network: HeldNetwork;
  readonly client: ErsClient;
  readonly evidence: Evidence;
  /** What an action needs to run an intent. */
  run<I extends Intent>(intent: I, changes?: Partial<ActionRun<I>>): ActionRun<I>;
  /** Lets time pass until the answer is there. */
  wait<T>(answer: Promise<T>): Promise<T>;
  /** The first referral of a scene. */
  find(scene: SceneName, place?: number): Referral;
}

export interface ActionBenchOptions {
  readonly dialect?: DialectName;
  readonly businessFunction?: BusinessFunction;
  readonly seed?: number;
}

/** Signs in as the training world's main user. */
export async function openActionBench(options: ActionBenchOptions = {}): Promise<ActionBench> {
  const { dialect = 'api-platform', businessFunction = 'REFERRING_CLINICIAN_ADMIN', seed = 7 } = options;
  const clock = createManualClock();
  const service = createTrainingService({ seed, clock, pasDelayMs: 0 });
  const network = createHeldNetwork(createInProcessNetwork(service, clock));
  let identity: ErsIdentity | null = null;
  const client = createErsClient({
    settings: {
      dialect,
      baseUrl: dialect === 'api-platform' ? `${ORIGIN}/referrals/FHIR` : `${ORIGIN}/ers-api`,
      pdsBaseUrl: dialect === 'api-platform' ? `${ORIGIN}/personal-demographics/FHIR/R4` : null,
      rateShare: 1,
    },
    network,
    clock,
    log: { write: () => {} },
    identity: () => identity,
  });
  const evidence = createEvidence(clock);

  async function wait<T>(answer: Promise<T>): Promise<T> {
    let isDone = false;
    void answer.finally(() => (isDone = true));
    for (let turn = 0; turn < 4_000 && !isDone; turn += 1) await clock.advance(50);
    return answer;
  }

  const organisation = (businessFunction.startsWith('REFERRING') ? 'R69' : 'R68') as OdsCode;
  const provider = createTrainingSessionProvider({ network, baseUrl: ORIGIN, dialect });
  const credential = await wait(provider.obtain());
  if (!credential.ok) throw new Error(credential.problem.code);
  if (credential.value.kind === 'bearer') {
    const { token: bearer } = credential.value;
    identity = { dialect: 'api-platform', bearer, organisation, businessFunction, onBehalfOf: null };
  } else {
    const asid = '000000000001';
    identity = { dialect: 'spine-session', asid, sessionKey: null };
    const opened = await wait(openProfessionalSession(client, credential.value));
    if (!opened.ok) throw new Error(opened.problem.code);
    const grant = { businessFunction, organisation, organisationName: null };
    const adopt = ({ sessionKey }: { sessionKey: string }) =>
      void (identity = { dialect: 'spine-session', asid, sessionKey });
    const selected = await wait(
      selectRole(client, opened.value.professional, grant, { end: async () => {}, adopt }),
    );
    if (!selected.ok || selected.value === null) throw new Error('no role was selected');
    adopt(selected.value);
  }
  service.calls.clear();

  return {
    service,
    world: service.world,
    clock,
    network,
    client,
    evidence,
    run: (intent, changes = {}) => ({
      intent,
      choice: 0,
      client,
      clock,
      evidence,
      urgency: 'clerk',
      outcomeOf: () => null,
      fileOf: () => null,
      mayGoOn: () => true,
      ...changes,
    }),
    wait,
    find: (scene, place = 0) => service.world.referral(service.world.findScene(scene)[place] ?? ''),
  };
}
