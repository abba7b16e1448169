// The public face of the engine.
export * from './admission.ts';
export * from './bucket.ts';
export * from './lane.ts';
export * from './lock.ts';
export * from './marks.ts';
export * from './mass.ts';
export * from './networks.ts';
export * from './policy.ts';
export * from './policy-check.ts';
export * from './proofs.ts';
export * from './settlement.ts';
export * from './sources.ts';
export * from './spans.ts';
export * from './spray.ts';
export * from './strength.ts';
