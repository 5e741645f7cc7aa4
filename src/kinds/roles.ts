import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';

/** Roles of the deployment. A person may hold several; nothing is granted that a kind or a route does not grant by name. */
export const ROLES = {
  dispatcher: text('接警调度员', 'Dispatcher'),
  commander: text('值班指挥长', 'Duty commander'),
  responder: text('处警人员', 'Responder'),
  volunteer: text('群防群治队员', 'Volunteer'),
  agency: text('联动部门经办人', 'Agency handler'),
  clerk: text('窗口人员', 'Counter clerk'),
  mediator: text('调解员', 'Mediator'),
  skipper: text('船长', 'Skipper'),
  reporter: text('报事人', 'Reporter'),
  auditor: text('审计员', 'Auditor'),
  admin: text('管理员', 'Administrator'),
  device: text('设备与接口', 'Machine client'),
  system: text('系统', 'System'),
} as const satisfies Record<string, Text>;

export type RoleName = keyof typeof ROLES;
