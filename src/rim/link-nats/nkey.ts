import { nkeys } from '@nats-io/transport-node';

const decoder = new TextDecoder();

/** A new seed, by which a site says who it is. To be kept as a secret. */
export const newSeed = (): string => decoder.decode(nkeys.createUser().getSeed());

/** The public key of a seed. @throws Error for what is no seed */
export const publicOf = (seed: string): string => nkeys.fromSeed(new TextEncoder().encode(seed)).getPublicKey();
