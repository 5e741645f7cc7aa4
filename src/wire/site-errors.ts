import type { Entries } from './error-entry.ts';
import { entry } from './error-entry.ts';

/** Steps on matters of other sites, and a site that may not go on by itself. */
export const SITES = {
  'matter-elsewhere': entry(
    409,
    ['办理这件事的是另一个节点，不能在这里改动。', 'Another site owns this matter; it cannot be changed here.'],
    [
      '请与办理它的节点联系；其进展会随台账传来。',
      'Talk to the site that owns it; what it does arrives with its ledger.',
    ],
  ),
  'personal-elsewhere': entry(
    409,
    ['个人信息不能转交给另一个节点。', 'Personal data is not passed on to another site.'],
    ['请不带个人信息再试，或请办理它的节点填写。', 'Try without it, or have the site that owns the matter enter it.'],
  ),
  'ask-settled': entry(
    409,
    ['这项请求已有答复，或已撤回。', 'This was answered or withdrawn already.'],
    ['请在节点列表里看结果。', 'The list of sites shows what came of it.'],
  ),
  'step-waits': entry(
    202,
    ['已转给办理它的节点，还没有答复。', 'It was passed on to the site that owns the matter and is not answered yet.'],
    [
      '链路恢复后会自动送达，由对方按届时的情况决定；在此之前可以撤回。',
      'It arrives when the link is back and is judged by how things stand then; until then it can be withdrawn.',
    ],
  ),
  'store-held': entry(
    503,
    [
      '本节点缺少自己签过的记录，或密钥已在他人手中，暂停受理。',
      'This site lacks records it signed for, or its key is in other hands: it takes nothing on.',
    ],
    [
      '请联系管理员：节点列表和日志里有原因；这期间请由其他节点受理。',
      'Call the administrator: the list of sites and the log say why. Until then let another site take the call.',
    ],
  ),
} as const satisfies Entries;
