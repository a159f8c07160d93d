import { X509Certificate } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, it, vi } from 'vitest';
import { trustSystemAuthorities } from '../../src-main/adapters/node/trust-system-authorities.ts';

const before = getCACertificates('default');
afterEach(() => setDefaultCACertificates(before));

it('adds what the system trusts to what Node trusts, each once', () => {
  const [ours, theirs] = ['PEM of Node', 'PEM of the trust'];
  const set = vi.fn();
  const read = (type = '') => (type === 'system' ? [ours, theirs] : [ours]);
  expect(trustSystemAuthorities({ getCACertificates: read, setDefaultCACertificates: set })).toBe(true);
  expect(set).toHaveBeenCalledWith([ours, theirs]);
});

it('leaves the list of Node where the system’s cannot be read, or the TLS library has no lists', () => {
  const set = vi.fn();
  const fails = () => {
    throw new Error('no store');
  };
  expect(trustSystemAuthorities({ getCACertificates: fails, setDefaultCACertificates: set })).toBe(false);
  expect(trustSystemAuthorities({})).toBe(false);
  expect(set).not.toHaveBeenCalled();
});

it('works on this machine', () => {
  expect(trustSystemAuthorities()).toBe(true);
  const namesOf = (pems: readonly string[]) =>
    new Set(pems.map((pem) => new X509Certificate(pem).fingerprint256));
  const trusted = namesOf(getCACertificates('default'));
  expect(
    [...namesOf([...before, ...getCACertificates('system')])].filter((name) => !trusted.has(name)),
  ).toEqual([]);
});
