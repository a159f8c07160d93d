import { expect, it, vi } from 'vitest';

const said = vi.hoisted(() => ({ rule: '' }));
vi.mock('electron', () => ({
  session: { defaultSession: { resolveProxy: () => Promise.resolve(said.rule) } },
}));

const { findElectronProxyUrl } = await import('../../src-main/adapters/electron/find-proxy.ts');

it.each([
  ['DIRECT', null],
  ['PROXY proxy.trust.nhs.uk:8080; DIRECT', 'http://proxy.trust.nhs.uk:8080'],
  ['HTTPS secure.trust.nhs.uk:443', 'https://secure.trust.nhs.uk:443'],
  ['SOCKS5 old:1080; PROXY next:3128', 'http://next:3128'],
  ['DIRECT; PROXY never:1', null],
])('reads %j of the system as %j', async (rule, url) => {
  said.rule = rule;
  expect(await findElectronProxyUrl('https://api.service.nhs.uk/')).toBe(url);
});

it('takes no straight way where the system names one that the desk cannot go', async () => {
  said.rule = 'SOCKS5 only:1080';
  await expect(findElectronProxyUrl('https://api.service.nhs.uk/')).rejects.toThrow('no usable proxy');
});
