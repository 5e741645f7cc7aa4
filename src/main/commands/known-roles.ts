import { text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import { ROLES } from '#kinds/roles.ts';
import { likeness } from '../likeness.ts';
import { Refused, allOf } from '../shell.ts';

/** Every role but that of the site itself, which nobody holds. */
const GRANTABLE = Object.entries(ROLES).filter(([id]) => id !== 'system');

/**
 * Refuses roles nothing is granted to: a slip of the pen would take all rights away.
 * @throws Refused naming them, and what there is, the most alike first
 */
export const checkRoles = (roles: readonly string[]): void => {
  const unknown = roles.filter((role) => !GRANTABLE.some(([id]) => id === role));
  if (unknown.length > 0) throw new Refused('role-unknown', allOf(unknown.map(notThere)));
};

const notThere = (role: string): Text => {
  const near = GRANTABLE.toSorted(([a], [b]) => likeness(role, b) - likeness(role, a));
  const list = (language: keyof Text): string => near.map(([id, name]) => `\n  ${id}  ${name[language]}`).join('');
  return text(
    `没有角色 ${role}。--roles 填下列角色的编号，用逗号分开：${list('zh')}`,
    `There is no role ${role}. --roles takes the ids of these, separated by commas:${list('en')}`,
  );
};
