import { hostname, networkInterfaces } from 'node:os';

/** Where a listening site is reached, each as `http://host:port`. */
export interface Addresses {
  /** From this machine. */
  readonly own: string;
  /** From other machines, the surest first; empty when only this one is let in. */
  readonly others: readonly string[];
}

/** What a machine goes by. */
export interface MachineNames {
  readonly hostname: string;
  /** Addresses of its network cards. */
  readonly addresses: readonly {
    readonly address: string;
    readonly family: 'IPv4' | 'IPv6';
    readonly internal: boolean;
  }[];
}

const ANY = new Set(['0.0.0.0', '::']);
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;
/** Addresses of one cable only; a browser needs more than the address for them. */
const LINK_LOCAL = /^fe80:/i;

/** @param host the address the site listens on, as it was set */
export const addressesOf = (host: string, port: number, machine: MachineNames): Addresses => {
  const at = (name: string): string => `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  if (!ANY.has(host)) return { own: at(host), others: LOOPBACK.test(host) ? [] : [at(host)] };
  const cards = machine.addresses.filter(
    ({ address, family, internal }) => !internal && !LINK_LOCAL.test(address) && (family === 'IPv4' || host === '::'),
  );
  const own = at(host === '::' ? '::1' : '127.0.0.1');
  return { own, others: [...cards.map(({ address }) => at(address)), at(machine.hostname)] };
};

export const thisMachine = (): MachineNames => ({
  hostname: hostname(),
  addresses: Object.values(networkInterfaces()).flatMap((cards) => cards ?? []),
});
