import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { createLinks } from '../../../src-main/features/session/open-link.ts';

function linksOf(isTraining: boolean) {
  const opened: string[] = [];
  const openLink = async (id: string) => {
    opened.push(id);
    return id === 'service-desk' ? fail('unavailable', 'no-browser') : ok(undefined);
  };
  const { handlers } = createLinks({ dialogs: { openLink }, isTraining });
  return { open: handlers['session/open-link'], opened };
}

describe('a fixed link', () => {
  it('is opened by its name, and what stands against it is told', async () => {
    const { open, opened } = linksOf(false);
    expect(await open({ id: 'ers-web-app' })).toEqual(ok({}));
    expect(await open({ id: 'service-desk' })).toMatchObject({ ok: false, problem: { code: 'no-browser' } });
    expect(opened).toEqual(['ers-web-app', 'service-desk']);
  });

  it('to the live e-RS stays shut in training', async () => {
    const { open, opened } = linksOf(true);
    expect(await open({ id: 'ers-web-app' })).toMatchObject({ problem: { code: 'no-links-in-training' } });
    expect(opened).toEqual([]);
  });
});
