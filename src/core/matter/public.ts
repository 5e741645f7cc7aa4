import type { Grant, Kind, Takes } from './kind.ts';

/** Role of whoever reports without an account. */
export const REPORTER = 'reporter';

/** The kind a report of the public page becomes; undefined where nothing can be reported there. */
export const publicKind = (kinds: Iterable<Kind>): Kind | undefined =>
  [...kinds].find((kind) => kind.public !== undefined);

/** What the public page takes, in the order it asks. */
export const publicTakes = (kind: Kind): Takes =>
  Object.fromEntries((kind.public?.asks ?? []).map((name) => [name, kind.raise.takes[name] ?? 'optional']));

/** Whether the public page of a declaration can ask what it says, and who reports there can follow what becomes of it. */
export const checkPublic = (kind: Kind, kinds: readonly Kind[]): readonly string[] => {
  const granted = kind.raise.who.some((grant) => grant.role === REPORTER);
  if (kind.public === undefined) {
    return granted ? [`raising is granted to ${REPORTER}, and no public page raises it`] : [];
  }
  const others = kinds.filter((one) => one.id !== kind.id && one.public !== undefined);
  const problems = others.map((one) => `the public page raises ${one.id} already`);
  if (!granted) problems.push(`the public page raises it, and raising is not granted to ${REPORTER}`);
  if (!kind.sees.some(holdsReceipt))
    problems.push('the public page raises it, and whoever holds the receipt does not see it');
  return [...problems, ...checkAsks(kind)];
};

const holdsReceipt = (grant: Grant): boolean => grant.role === REPORTER && grant.bound === 'receipt';

const checkAsks = (kind: Kind): readonly string[] => {
  const { asks = [], sets = {} } = kind.public ?? {};
  const { takes } = kind.raise;
  const problems = [...asks, ...Object.keys(sets)]
    .filter((name) => takes[name] === undefined)
    .map((name) => `the public page states ${name}, which raising does not take`);
  for (const [place, name] of asks.entries()) {
    if (asks.indexOf(name) < place) problems.push(`the public page asks ${name} twice`);
    if (sets[name] !== undefined) problems.push(`the public page asks ${name} and states it by itself`);
  }
  const missing = Object.keys(takes).filter(
    (name) => takes[name] === 'required' && !asks.includes(name) && sets[name] === undefined,
  );
  return [...problems, ...missing.map((name) => `the public page does not ask the required fact ${name}`)];
};
