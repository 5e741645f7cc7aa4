import { fill, text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';

/** What is wrong with a ledger. */
export type FlawCode =
  | 'edited'
  | 'missing'
  | 'reordered'
  | 'truncated'
  | 'spliced'
  | 'foreign-site'
  | 'bad-signature'
  | 'fork'
  | 'damaged';

export interface Flaw {
  readonly code: FlawCode;
  /** The first bad event. Where the evidence leaves a choice, the first it may be. 0: not an event but another record. */
  readonly seq: number;
  /** The last event the first bad one may be; equal to `seq` where it is certain. */
  readonly upto: number;
  readonly reason: Text;
}

export const flaw = (
  code: FlawCode,
  seq: number,
  upto: number,
  why: Text,
  values: Readonly<Record<string, string | number>> = {},
): Flaw => ({ code, seq, upto, reason: fill(why, { ...values, seq, upto }) });

export const REASONS = {
  hash: text(
    '第 {seq} 条的内容与其摘要不符：内容或摘要被改动',
    'event {seq} does not have its hash: its text or its hash was changed',
  ),
  shape: text('第 {seq} 条不是一条完整的事件', 'event {seq} is not a well-formed event'),
  matter: text('第 {seq} 条的事项编号与其内容不符', 'event {seq} is filed under another matter than its text says'),
  replaced: text(
    '第 {seq} 条被改动：其后的事件记着另一个摘要',
    'event {seq} was changed: the events after it remember another hash',
  ),
  unlinked: text('第 {seq} 条与前一条对不上', 'event {seq} does not follow the event before it'),
  either: text(
    '第 {seq} 条或第 {upto} 条被改动：两条对不上',
    'event {seq} or event {upto} was changed: they do not follow each other',
  ),
  gap: text('缺少第 {seq} 条', 'event {seq} is missing'),
  order: text(
    '第 {seq} 条的位置上是另一条事件：次序被改动',
    'another event stands in the place of event {seq}: the order was changed',
  ),
  inserted: text(
    '第 {seq} 条是插入的：真正的第 {seq} 条在它之后',
    'event {seq} was put in: the true event {seq} stands after it',
  ),
  site: text('第 {seq} 条来自别的节点', 'event {seq} comes from another site'),
  afterHead: text('第 {seq} 条在已签名的末尾之后', 'event {seq} stands after the signed end of the ledger'),
  cut: text(
    '第 {seq} 条起被截去：签名担保到第 {upto} 条',
    'the ledger is cut off from event {seq} on: the signatures vouch for {upto} events',
  ),
  signature: text(
    '担保到第 {seq} 条的签名不对：签名记录被改动，或公钥不是本节点的',
    'the signature for the first {seq} events is wrong: the record was changed, or the public key is not this site’s',
  ),
  headSite: text(
    '担保到第 {seq} 条的签名属于别的节点',
    'the signature for the first {seq} events belongs to another site',
  ),
  fork: text(
    '第 {seq} 至第 {upto} 条与签名担保的不同：有事件被改动，且摘要被重新计算',
    'events {seq} to {upto} are not those that were signed for: some were changed and the hashes computed anew',
  ),
  checkpointRecord: text('担保到第 {size} 条的检查点记录已损坏', 'the checkpoint record for {size} events is damaged'),
  checkpointLine: text('检查点文件第 {line} 行已损坏', 'line {line} of the checkpoint file is damaged'),
  noKey: text(
    '缺少节点公钥 {detail}：没有公钥无法核对签名',
    'the site’s public key {detail} is missing: without it no signature can be checked',
  ),
  badKey: text('节点公钥 {detail} 不可用', 'the site’s public key {detail} cannot be used'),
  noLedger: text('没有台账：缺少 {detail}', 'there is no ledger: {detail} is missing'),
  givenCheckpoint: text('给出的检查点不可读', 'the checkpoint given for comparison cannot be read'),
  file: text('数据库文件已损坏：{detail}', 'the database file is damaged: {detail}'),
} as const;
