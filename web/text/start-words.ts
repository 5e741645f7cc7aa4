import { text } from '#core/base/text.ts';

export const START = {
  line: text(
    '群岛上的公共安全：一件事，从接报到办结，一处不丢。',
    'Public safety for islands: a matter, from the first word to the last, and nothing lost.',
  ),
  faces: text('入口', 'Ways in'),
  desk: text('指挥台', 'Desk'),
  deskAbout: text(
    '接报、看图、派最快到的力量、跟到办结。给指挥中心与所级综合指挥室。',
    'Take a call, see the map, send whoever is there first, follow it to the end. For command rooms.',
  ),
  field: text('外勤', 'Field'),
  fieldAbout: text(
    '手机上一次一件事：接受并出发、到场、完成。给处警人员、船艇与志愿队。',
    'One matter at a time on the phone: accept and go, arrive, clear. For responders, crews and volunteers.',
  ),
  public: text('报事', 'Report'),
  publicAbout: text(
    '不用账号，三步报事；凭回执看谁在来、多久到、办得怎样。',
    'Report in three steps without an account; the receipt shows who is coming, when, and how it ended.',
  ),
  setup: text(
    '本站尚无管理员。请打开启动时打印的一次性链接。',
    'There is no administrator yet. Open the one-time link printed at start.',
  ),
  setupGo: text('去设置', 'Set up'),
  api: text('接口文档', 'API'),
} as const;
