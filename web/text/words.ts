import { text } from '#core/base/text.ts';

/** Words every face uses. Each face has its own list beside its screens. */
export const W = {
  qundao: text('群岛', 'Qundao'),
  loading: text('正在取数据…', 'Fetching…'),
  retry: text('重试', 'Try again'),
  cancel: text('取消', 'Cancel'),
  close: text('关闭', 'Close'),
  confirm: text('确定', 'Confirm'),
  language: text('EN', '中文'),
  languageHint: text('Switch to English', '切换到中文'),
  toLight: text('换成浅色', 'Light colours'),
  toDark: text('换成深色', 'Dark colours'),
  mute: text('静音', 'Mute'),
  unmute: text('开声音', 'Sound on'),
  drillBoth: text('演练 DRILL', 'DRILL 演练'),
  drillSite: text('演示环境：人员、力量、事件均为虚构', 'Demonstration: people, forces and events here are invented'),
  drillMatter: text('这是一次演练', 'This is a drill'),
  listJoint: text('、', ', '),
  sentenceJoint: text('；', '; '),
  required: text('必填', 'required'),
  optional: text('可不填', 'optional'),
  yes: text('是', 'Yes'),
  no: text('否', 'No'),
  notFilled: text('请填写“{name}”。', 'Please fill in “{name}”.'),
  copy: text('复制', 'Copy'),
  copied: text('已复制', 'Copied'),
} as const;

export const SESSION = {
  title: text('登录', 'Sign in'),
  again: text('登录已过期', 'Your session has ended'),
  againHint: text('重新登录后继续，已填写的内容都还在。', 'Sign in to go on; everything you typed is still here.'),
  name: text('账号', 'Account'),
  password: text('密码', 'Password'),
  enter: text('登录', 'Sign in'),
  leave: text('退出登录', 'Sign out'),
  demo: text('演示账号，点一下即可登录', 'Demonstration accounts: one click signs in'),
  setup: text(
    '本站尚无管理员。请用启动时打印的一次性链接完成设置。',
    'There is no administrator yet. Use the one-time link printed at start.',
  ),
  setupTitle: text('设立第一位管理员', 'Create the first administrator'),
  setupOver: text(
    '管理员已经设立，这条一次性链接不再有效。请登录。',
    'The administrator exists already; this one-time link has done its work. Sign in.',
  ),
  setupDone: text('设立并登录', 'Create and sign in'),
  token: text('一次性设置码', 'One-time set-up code'),
  noFace: text('这个账号在此没有可做的事。请换一个账号。', 'This account has nothing to do here. Use another one.'),
} as const;

export const LINK = {
  live: text('已连通', 'Live'),
  connecting: text('连接中', 'Connecting'),
  cut: text('已断开', 'Cut off'),
  age: text('数据 {age}前', 'data {age} old'),
  cutHint: text(
    '画面停在断开时的样子，连上后自动补齐。',
    'The picture is as it was when the link was cut; it catches up by itself.',
  ),
} as const;

export const STATES = {
  available: text('待命', 'Available'),
  assigned: text('已派', 'Assigned'),
  on_the_way: text('途中', 'On the way'),
  on_scene: text('到场', 'On scene'),
  unavailable: text('不可用', 'Unavailable'),
  off_duty: text('下勤', 'Off duty'),
} as const;

export const URGENCY = {
  '1': text('特急', 'Critical'),
  '2': text('紧急', 'Urgent'),
  '3': text('一般', 'Routine'),
  '4': text('可缓', 'Low'),
} as const;

export const MODES = {
  foot: text('步', 'foot'),
  motorcycle: text('摩托', 'motorcycle'),
  car: text('车', 'car'),
  truck: text('卡车', 'truck'),
  ferry: text('渡', 'ferry'),
  boat: text('艇', 'boat'),
  air: text('空', 'air'),
  wait: text('等', 'wait'),
} as const;

export const MAP = {
  fit: text('看全部', 'Fit all'),
  credit: text('海岸线 GSHHG · 道路为示意', 'Shore: GSHHG · roads are illustrative'),
  legend: text('图例', 'Legend'),
  noMap: text('地图没能打开', 'The map could not be opened'),
  noMapHint: text(
    '列表照常可用；请检查显卡或换一个浏览器。',
    'The lists still work; check the graphics driver or use another browser.',
  ),
  stale: text('位置已旧', 'Old position'),
  loading: text('正在打开地图…', 'Opening the map…'),
  label: text('力量与事件地图', 'Map of forces and matters'),
  pick: text('在地图上点选位置，Esc 取消', 'Click the place on the map, Esc cancels'),
  kinds: text('形状是种类', 'Shape is the kind'),
  states: text('颜色是状态', 'Colour is the state'),
  urgencies: text('事件紧急程度', 'Urgency of matters'),
  ferry: text('航线（示意）', 'Ferry line (schematic)'),
  road: text('道路（示意）', 'Road (illustrative)'),
  modes: text('行程的线', 'Lines of a way'),
  closed: text('已封闭', 'Closed'),
  waiting: text('等候', 'Waiting'),
} as const;
