import { text } from '#core/base/text.ts';

/** What the administrator of a new site reads. Commands are the same in both languages. */
export const FIRST = {
  title: text('这个节点还是空的', 'This site is still empty'),
  lead: text(
    '下面几步在运行群岛的机器上、项目目录里输入命令。启动时设了 QUNDAO_DATA 的，每条命令前也要写上同样的设置。',
    'The steps below are commands, typed in the project directory on the machine that runs Qundao. Where QUNDAO_DATA was set at start, put the same setting before each of them.',
  ),
  accounts: text('给每个人建账号', 'Make an account for everyone'),
  accountsWhy: text(
    '马上生效，不用重启。角色写在 --roles 后：dispatcher 接警调度，commander 指挥长，responder 处警，agency 联动部门；后两种再加 --units 和已登记的力量编号。密码至少 {n} 个字符。',
    'Works at once, without a restart. The role comes after --roles: dispatcher, commander, responder, agency; the last two with --units and the id of a force that is registered. A password has at least {n} characters.',
  ),
  forces: text('登记力量', 'Register the forces'),
  forcesWhy: text(
    '先停站，导入后再启动。文件格式同 data/zhoushan/forces.json，可以拿它改。',
    'Stop the site, import, start again. The file looks like data/zhoushan/forces.json; copy that and change it.',
  ),
  place: text('换成你们的地方（可选）', 'Put in your own place (optional)'),
  placeWhy: text(
    '现在用的是舟山。目录里的文件同 data/zhoushan，启动时指给它。',
    'It is Zhoushan now. The files of the directory are those of data/zhoushan; name it at start.',
  ),
  done: text('已完成', 'Done'),
  screen: text('在屏幕上能做的', 'What is done on screen'),
  screenCalls: text(
    '用调度员账号登录这里，按 N 接报，选力量派单。',
    'Sign in here as a dispatcher: N takes a call, D sends a force.',
  ),
  screenField: text(
    '外勤用手机打开 {path} 上勤、接单；没有账号的市民从 {public} 报事。',
    'Responders open {path} on the phone to go on duty; citizens report at {public} without an account.',
  ),
  screenErase: text(
    '管理员在右上角菜单里按编号销毁个人信息。',
    'The administrator destroys personal data by matter number, in the menu at the top right.',
  ),
} as const;
