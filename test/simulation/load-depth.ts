import type { Depth, DepthName } from './depth.ts';

/** Loads a depth; its modules are read only then, so that a mutant can be put in their place before. */
export async function loadDepth(name: DepthName): Promise<Depth> {
  if (name === 'full') return (await import('./full/full-depth.ts')).createFullDepth();
  const { createProtocolDepth } = await import('./protocol/protocol-depth.ts');
  return createProtocolDepth();
}
