import { text } from '#core/base/text.ts';

export const S = {
  all: text('{n} 个节点互通', '{n} sites linked'),
  some: text('{name} 链路断 {age}', '{name} cut off for {age}'),
  several: text('{n} 个节点链路断', '{n} sites cut off'),
  alone: text('你们在独立作战，已断 {age}', 'You are on your own, cut off for {age}'),
  behind: text('{name} 还差 {n} 条', '{n} behind from {name}'),
  title: text('各节点', 'Sites'),
  own: text('本节点', 'This site'),
  linked: text('链路通，已 {age}', 'Linked for {age}'),
  cut: text('链路断 {age}，所见截至 {at}', 'Cut off for {age}; what you see is as of {at}'),
  never: text('还没有联系上', 'Not heard yet'),
  beyond: text('经上级转来', 'Heard by way of others'),
  held: text('台账 {n} 条', '{n} events held'),
  lag: text('还差 {n} 条', '{n} missing'),
  skewed: text('时钟差 {n} 秒，请校时', 'Clock is off by {n} s: set it right'),
  forked: text('台账出现分叉，需要人来处置', 'Its ledger forked: a person has to decide'),
  holds: text(
    '本节点暂停受理：台账缺失或密钥外泄，请联系管理员',
    'This site takes no commands: events are missing or its key leaked. Call the administrator',
  ),
  aloneWhy: text(
    '接警、派警、办结都照常；链路恢复后自动合并，一条不少。',
    'Calls, dispatch and closing go on as ever; when the link is back everything is merged and nothing is lost.',
  ),
  outbox: text('转给其他节点的', 'Passed on to other sites'),
  waiting: text('待送达', 'waiting'),
  done: text('已办', 'done'),
  declined: text('未同意', 'declined'),
  withdrawn: text('已撤回', 'withdrawn'),
  withdraw: text('撤回', 'Withdraw'),
  waits: text('{n} 项待送达', '{n} waiting'),
  elsewhere: text(
    '由{name}办理；这里的操作会转给它，由它决定。',
    '{name} handles this; what you do here is passed on for it to decide.',
  ),
  asOf: text(
    '链路已断，所见截至 {at}，之后的情况不知道。',
    'The link is cut: this is as of {at}; what came after is not known.',
  ),
} as const;
