import { existsSync } from 'node:fs';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { parseEvent } from '#core/ledger/parse.ts';
import { FORCE_REGISTER } from '#app/views/roster.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { LedgerFile, ledgerPath } from '#rim/store-sqlite/ledger-file.ts';
import type { Config } from '../config.ts';
import { likeness } from '../likeness.ts';
import { Refused, allOf, warn } from '../shell.ts';

/** A force as the command line names it. */
export interface KnownForce {
  readonly id: string;
  readonly call_sign: string;
  readonly name: Text;
}
/** The forces registered in a site, or why that cannot be told here. */
export type Register =
  | { readonly known: true; readonly forces: readonly KnownForce[] }
  | { readonly known: false; readonly why: Text };

const NO_LEDGER = text('这个数据目录里还没有台账', 'this data directory has no ledger yet');
const ELSEWHERE = text(
  '台账在 PostgreSQL 里，这条命令不读它',
  'the ledger is in PostgreSQL, which this command does not read',
);
const UNREADABLE = text('台账现在读不了', 'the ledger cannot be read now');
const CHUNK = 10_000;

/** Reads the register of forces from the ledger, beside a running site too: nothing is locked and nothing written. */
export const registerOf = (config: Pick<Config, 'data_dir' | 'store'>): Register => {
  if (config.store.type === 'postgres') return { known: false, why: ELSEWHERE };
  const file = ledgerPath(config.data_dir);
  if (!existsSync(file)) return { known: false, why: NO_LEDGER };
  try {
    return { known: true, forces: readRegister(file) };
  } catch {
    return { known: false, why: UNREADABLE };
  }
};

const readRegister = (file: string): readonly KnownForce[] => {
  const ledger = new LedgerFile(file, createDigest(), true);
  const forces = new Map<string, KnownForce>();
  try {
    for (let after = 0; ; after += CHUNK) {
      const rows = ledger.rows(after, CHUNK);
      for (const row of rows) {
        const force = row.matter === null ? registered(row.text) : null;
        if (force !== null) forces.set(force.id, force);
      }
      if (rows.length < CHUNK) return [...forces.values()];
    }
  } finally {
    ledger.close();
  }
};

const registered = (line: string): KnownForce | null => {
  const event = parseEvent(line);
  if (!event.ok || !event.value.known) return null;
  const { kind, type, body } = event.value.envelope;
  return kind === FORCE_REGISTER && type === 'registered' ? (body as unknown as KnownForce) : null;
};

/**
 * Refuses units no force of the site has as its id: an account or a phone bound to them would never be sent anywhere.
 * Warns where that cannot be checked: accounts may be made before the forces are brought in.
 * @throws Refused naming them, the closest forces, and what to do
 */
export const checkUnits = (units: readonly string[], register: Register): void => {
  if (units.length === 0) return;
  if (!register.known) return warn(unchecked(units, register.why));
  if (register.forces.length === 0)
    return warn(unchecked(units, text('这个节点还没有登记力量', 'this site has no forces yet')));
  const ids = new Set(register.forces.map((force) => force.id));
  const unknown = units.filter((unit) => !ids.has(unit));
  if (unknown.length > 0)
    throw new Refused('force-unknown', allOf(unknown.map((unit) => notThere(unit, register.forces))));
};

const unchecked = (units: readonly string[], why: Text): string =>
  `注意：没能核对力量 ${units.join('、')} 是否存在（${why.zh}）。请与登记的编号核对；不一致时，这个账号收不到派单。\n` +
  `Note: not checked whether this site has ${units.join(', ')} (${why.en}). Compare with the ids registered; otherwise nothing will be offered to this account.`;

const notThere = (unit: string, forces: readonly KnownForce[]): Text => {
  const near = closest(unit, forces);
  const list = (name: (force: KnownForce) => string): string =>
    near.map((force) => `\n  ${force.id}  ${force.call_sign}  ${name(force)}`).join('');
  return text(
    `这个节点没有力量 ${unit}。--units 填力量的编号（不是名称或呼号）；新的力量请先登记：npm run qundao -- import forces <文件>` +
      (near.length === 0 ? '' : `\n相近的：${list((force) => force.name.zh)}`),
    `This site has no force ${unit}. --units takes the ids of forces (not names or call signs); register new ones first: npm run qundao -- import forces <file>` +
      (near.length === 0 ? '' : `\nClosest:${list((force) => force.name.en)}`),
  );
};

const NEAR_MAX = 5;

/** Forces whose id, call sign or name resembles what was typed, best first. */
export const closest = (typed: string, forces: readonly KnownForce[]): readonly KnownForce[] =>
  forces
    .map((force) => {
      const names = [force.id, force.call_sign, force.name.zh, force.name.en];
      return { force, likeness: Math.max(...names.map((name) => likeness(typed, name))) };
    })
    .filter((one) => one.likeness >= 0.4)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, NEAR_MAX)
    .map((one) => one.force);
