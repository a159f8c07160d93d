/**
 * Virtual time without waiting: the world's clock, the machine's monotonic and wall clock, and what is due on either.
 * A machine that sleeps runs nothing of its own, while the world goes on; its monotonic clock may stand still or not.
 */

/** Who a task of the machine belongs to: what a dead process had planned does not happen. */
export interface Owner {
  isDead: boolean;
}

interface Task {
  readonly atMs: number;
  /** Keeps the order of tasks that are due together. */
  readonly number: number;
  readonly run: () => void;
  readonly owner: Owner | null;
  isCancelled: boolean;
}

/** A binary heap of tasks, the earliest on top. */
class TaskHeap {
  private readonly tasks: Task[] = [];

  clear(): void {
    this.tasks.length = 0;
  }

  top(): Task | undefined {
    for (;;) {
      const first = this.tasks[0];
      if (first === undefined || !(first.isCancelled || first.owner?.isDead === true)) return first;
      this.pop();
    }
  }

  push(task: Task): void {
    const { tasks } = this;
    let at = tasks.length;
    tasks.push(task);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = tasks[parent] as Task;
      if (!isBefore(task, above)) break;
      tasks[at] = above;
      at = parent;
    }
    tasks[at] = task;
  }

  pop(): void {
    const { tasks } = this;
    const last = tasks.pop();
    if (last === undefined || tasks.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= tasks.length) break;
      if (child + 1 < tasks.length && isBefore(tasks[child + 1] as Task, tasks[child] as Task)) child += 1;
      if (!isBefore(tasks[child] as Task, last)) break;
      tasks[at] = tasks[child] as Task;
      at = child;
    }
    tasks[at] = last;
  }
}

const isBefore = (a: Task, b: Task) => a.atMs < b.atMs || (a.atMs === b.atMs && a.number < b.number);

/** The wall clock's start; the day does not matter to the protocol. */
const WALL_START_MS = 1_795_000_000_000;
/** Not a whole number: real monotonic clocks are not either. */
const MONOTONIC_START_MS = 7_000.25;

export class VirtualTime {
  private readonly world = new TaskHeap();
  private readonly machine = new TaskHeap();
  private count = 0;
  private trueMs = 0;
  /** How much of true time the monotonic clock has missed. */
  private lagMs = 0;
  private wallShiftMs = 0;
  isAsleep = false;
  /** The longest sleep that the monotonic clock did not see, since the start. */
  unseenSleepMs = 0;

  reset(): void {
    this.world.clear();
    this.machine.clear();
    this.count = 0;
    this.trueMs = 0;
    this.lagMs = 0;
    this.wallShiftMs = 0;
    this.isAsleep = false;
    this.unseenSleepMs = 0;
  }

  /** Milliseconds since the start of the story, as the world counts them. */
  now(): number {
    return this.trueMs;
  }

  monotonicMs(): number {
    return MONOTONIC_START_MS + this.trueMs - this.lagMs;
  }

  wallMs(): number {
    return WALL_START_MS + this.trueMs + this.wallShiftMs;
  }

  /** Sets the machine's wall clock forward or back. */
  shiftWall(byMs: number): void {
    this.wallShiftMs += byMs;
  }

  /** Plans something in the world; it happens whether the machine sleeps or not. */
  inWorld(delayMs: number, run: () => void): void {
    this.world.push(this.task(this.trueMs + delayMs, run, null));
  }

  /** Plans something on the machine, by its monotonic clock in whole milliseconds; gives what calls it off. */
  onMachine(delayMs: number, run: () => void, owner: Owner): () => void {
    const task = this.task(this.trueMs - this.lagMs + Math.max(0, Math.ceil(delayMs)), run, owner);
    this.machine.push(task);
    return () => {
      task.isCancelled = true;
    };
  }

  private task(atMs: number, run: () => void, owner: Owner | null): Task {
    this.count += 1;
    return { atMs, number: this.count, run, owner, isCancelled: false };
  }

  /** Sleeps for a while; `then` runs as the machine wakes, before or after whatever of its own is overdue. */
  sleep(durationMs: number, isClockRunning: boolean, then: () => void): void {
    this.isAsleep = true;
    this.inWorld(durationMs, () => {
      this.isAsleep = false;
      if (!isClockRunning) {
        this.lagMs += durationMs;
        this.unseenSleepMs = Math.max(this.unseenSleepMs, durationMs);
      }
      then();
    });
  }

  /** Runs what is due next, at most up to a moment; false when there is nothing. */
  step(untilMs: number): boolean {
    const inWorld = this.world.top();
    const onMachine = this.isAsleep ? undefined : this.machine.top();
    const worldMs = inWorld === undefined ? Infinity : inWorld.atMs;
    const machineMs = onMachine === undefined ? Infinity : onMachine.atMs + this.lagMs;
    const isWorld = worldMs <= machineMs;
    const nextMs = isWorld ? worldMs : machineMs;
    if (nextMs > untilMs) return false;
    if (nextMs > this.trueMs) this.trueMs = nextMs;
    const task = (isWorld ? inWorld : onMachine) as Task;
    (isWorld ? this.world : this.machine).pop();
    task.run();
    return true;
  }
}
