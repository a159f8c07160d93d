import type { Reporter, TestModule } from 'vitest/node';

/** Names each test that only passed when it was run again, so that none is taken for a sound one. */
export default class SecondTriesReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const late = tests.filter((test) => test.diagnostic()?.flaky === true);
    if (late.length === 0) return;
    console.warn(`PASSED ONLY AT THE SECOND TRY: ${late.length}`);
    for (const { module, fullName } of late) console.warn(`  ${module.relativeModuleId} > ${fullName}`);
  }
}
