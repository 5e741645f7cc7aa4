import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import type { Entries } from './error-entry.ts';
import { entry } from './error-entry.ts';
import { LINES } from './line-errors.ts';
import { OSM } from './osm-errors.ts';
import { PLACE } from './place-errors.ts';
import { SITES } from './site-errors.ts';
import { TRAVEL } from './travel-errors.ts';

const REQUEST = {
  'json-malformed': entry(
    400,
    ['请求内容不是有效的 JSON。', 'The request is not valid JSON.'],
    ['请检查括号、引号和逗号，并使用 UTF-8 编码。', 'Check brackets, quotes and commas, and send UTF-8.'],
  ),
  'request-invalid': entry(
    400,
    ['请求中有字段不符合要求。', 'Some fields of the request are not as they must be.'],
    ['请按明细逐项改正：类型、必填、长度、范围。', 'Correct each field listed: type, presence, length, range.'],
  ),
  'media-type-unknown': entry(
    415,
    ['不支持这种内容类型。', 'This content type is not understood.'],
    [
      '请用 application/json 发送；文件请用 multipart/form-data。',
      'Send application/json; files as multipart/form-data.',
    ],
  ),
  'body-too-large': entry(
    413,
    ['请求内容太大。', 'The request is too large.'],
    ['请减少内容；照片请先上传，再引用其编号。', 'Send less; upload photos first and refer to them by their id.'],
  ),
  'route-unknown': entry(
    404,
    ['没有这个地址。', 'There is nothing at this address.'],
    ['请对照接口文档 /docs 检查路径和方法。', 'Check path and method against the interface documentation at /docs.'],
  ),
  'idempotency-key-invalid': entry(
    400,
    ['幂等键格式不对。', 'The idempotency key has the wrong form.'],
    ['请使用 8 至 64 个字母、数字或横线。', 'Use 8 to 64 letters, digits or dashes.'],
  ),
  'idempotency-key-reused': entry(
    409,
    ['这个幂等键已用于另一项内容不同的操作。', 'This idempotency key was already used for a different command.'],
    [
      '重复发送请保持内容不变；新的操作请换新的键。',
      'Repeat with the very same content, or use a new key for a new command.',
    ],
  ),
  'too-many-requests': entry(
    429,
    ['请求过于频繁。', 'Too many requests.'],
    ['请等待 {seconds} 秒后再试。', 'Wait {seconds} seconds and try again.'],
  ),
} as const satisfies Entries;

const ACCESS = {
  'session-missing': entry(
    401,
    ['尚未登录，或登录已过期。', 'You are not signed in, or the session has ended.'],
    ['请重新登录；已填写的内容会保留在页面上。', 'Sign in again; what you typed stays on the page.'],
  ),
  'password-wrong': entry(
    401,
    ['用户名或密码不对。', 'The name or the password is wrong.'],
    [
      '请检查后再试；连续错 5 次账号将锁定 15 分钟。',
      'Check both and try again; after 5 failures the account is locked for 15 minutes.',
    ],
  ),
  'account-locked': entry(
    429,
    [
      '账号因多次登录失败已锁定，还有 {minutes} 分钟。',
      'The account is locked after failed sign-ins, for {minutes} more minutes.',
    ],
    ['请到时再试，或请管理员重设密码。', 'Try again then, or ask an administrator for a new password.'],
  ),
  'csrf-invalid': entry(
    403,
    ['请求缺少本次登录的防伪标记。', 'The request lacks the anti-forgery token of this session.'],
    ['请刷新页面后再试；接口调用请带上 x-csrf-token。', 'Reload the page and try again; programs send x-csrf-token.'],
  ),
  'token-invalid': entry(
    401,
    ['令牌无效、已过期或已收回。', 'The token is wrong, expired or taken back.'],
    ['请管理员在命令行生成新的令牌。', 'Ask an administrator to make a new token on the command line.'],
  ),
  'setup-token-wrong': entry(
    403,
    ['初始设置链接不对，或已经用过。', 'The set-up link is wrong or was used already.'],
    ['请使用服务器启动时打印的最新链接。', 'Use the latest link the server printed when it started.'],
  ),
  'setup-done': entry(
    409,
    ['已有管理员，不能再次初始设置。', 'An administrator exists; set-up cannot be repeated.'],
    ['请用管理员账号登录。', 'Sign in with the account of an administrator.'],
  ),
  forbidden: entry(
    403,
    ['您的角色不能做这件事。', 'Your role does not allow this.'],
    [
      '请联系有权限的人员，或请管理员核对您的角色。',
      'Ask someone whose role allows it, or have an administrator check yours.',
    ],
  ),
  'not-visible': entry(
    403,
    ['您无权查看这件事。', 'You may not see this matter.'],
    ['如因工作需要，请联系该事的承办单位。', 'If your work needs it, ask the unit that handles the matter.'],
  ),
  'receipt-wrong': entry(
    404,
    ['回执码不对。', 'The receipt code is wrong.'],
    [
      '请核对报送后显示的回执码，注意区分字母和数字。',
      'Compare it with the code shown after your report; mind letters and digits.',
    ],
  ),
  'purpose-missing': entry(
    400,
    ['查看个人信息须说明用途。', 'Reading personal data needs a purpose.'],
    [
      '请用至少 4 个字说明为何需要；查看会留下记录。',
      'Say in at least 4 characters why you need it; the reading is put on record.',
    ],
  ),
  'sealed-erased': entry(
    410,
    ['这件事的个人信息已依规删除，无法恢复。', 'The personal data of this matter was erased and cannot be restored.'],
    ['其余记录仍可查看。', 'Everything else on the record can still be read.'],
  ),
} as const satisfies Entries;

const UNKNOWN = {
  'kind-unknown': entry(
    404,
    ['没有这一类事。', 'There is no such kind of matter.'],
    ['可用的类见 GET /api/kinds。', 'GET /api/kinds lists the kinds.'],
  ),
  'matter-unknown': entry(
    404,
    ['没有这个编号的事。', 'There is no matter with this number.'],
    ['请核对编号，例如 PT-261121-0007。', 'Check the number, for example PT-261121-0007.'],
  ),
  'step-unknown': entry(
    404,
    ['这一类事没有这一步。', 'This kind of matter has no such step.'],
    ['请从这件事列出的步骤里选一步。', 'Choose one of the steps the matter offers.'],
  ),
  'profile-unknown': entry(
    400,
    ['没有出行方式 {profile}。', 'There is no way of moving called {profile}.'],
    ['可用：{known}。', 'There are: {known}.'],
  ),
  'weather-order': entry(
    400,
    ['天气数据的时间须由早到晚，且不重复。', 'The times of the weather must rise, and none come twice.'],
    ['请按时间排序，每个时刻只报一次。', 'Sort by time and tell each moment once.'],
  ),
  'force-unknown': entry(
    404,
    ['没有这个力量。', 'There is no such force.'],
    ['可用的力量见 GET /api/forces。', 'GET /api/forces lists the forces.'],
  ),
  'file-unknown': entry(
    404,
    ['没有这个文件，或您无权查看。', 'There is no such file, or you may not see it.'],
    ['请从所属的事中打开文件。', 'Open the file from the matter it belongs to.'],
  ),
  'account-unknown': entry(
    404,
    ['没有这个账号。', 'There is no such account.'],
    ['请核对账号名。', 'Check the name of the account.'],
  ),
  'account-exists': entry(
    409,
    ['这个账号名已被使用。', 'This account name is taken.'],
    ['请换一个账号名。', 'Choose another name.'],
  ),
  'password-weak': entry(
    400,
    ['密码太短或太常见。', 'The password is too short or too common.'],
    ['请用至少 10 个字符，不要与账号名相同。', 'Use at least 10 characters, and not the account name.'],
  ),
} as const satisfies Entries;

const MATTER = {
  'step-not-possible': entry(
    409,
    ['事的当前状态不能进行这个环节。', 'The step is not possible in the present state of the matter.'],
    [
      '请刷新后按当前可用的环节办理；可能他人已先办理。',
      'Look at the matter again and take one of the steps offered; somebody may have been first.',
    ],
  ),
  'step-done': entry(
    409,
    ['这个环节已经办过，只能办一次。', 'This step has been taken; it is taken once only.'],
    ['请查看已有记录；有新情况请用其他环节说明。', 'Look at what is on record; say what is new by another step.'],
  ),
  'part-not-possible': entry(
    409,
    ['该力量或单位的当前状态不能进行这个环节。', 'The force or unit is not in a state for this step.'],
    ['请查看其当前状态；可能他人已先操作。', 'Look at its present state; somebody may have been first.'],
  ),
  'subject-missing': entry(
    400,
    ['没有说明是哪个力量或单位。', 'The force or unit is not named.'],
    ['请填写 subject。', 'Give the subject.'],
  ),
  'need-not-met': entry(
    409,
    ['条件尚未满足，不能进行这个环节。', 'A condition of this step is not met yet.'],
    ['请先满足明细中的条件。', 'First fulfil the condition that the details name.'],
  ),
  'fact-unknown': entry(
    400,
    ['这个环节没有这一项内容。', 'The step takes no such fact.'],
    ['请去掉明细中的字段。', 'Leave out the fields listed.'],
  ),
  'fact-missing': entry(
    400,
    ['缺少必填内容。', 'A required fact is missing.'],
    ['请填写明细中的字段。', 'Fill in the fields listed.'],
  ),
  'fact-invalid': entry(
    400,
    ['填写的内容不符合要求。', 'The value of a fact is not as it must be.'],
    ['请按明细改正：类型、长度、范围或选项。', 'Correct the fields listed: type, length, range or choice.'],
  ),
  'position-invalid': entry(
    400,
    ['位置不在地球上。', 'The position is not on the earth.'],
    [
      '经度在 −180 至 180 之间，纬度在 −90 至 90 之间；请检查是否写反。',
      'Longitude is −180 to 180, latitude −90 to 90; check that they are not swapped.',
    ],
  ),
  'time-in-future': entry(
    400,
    ['时间在将来。', 'The time lies in the future.'],
    [
      '请核对设备时钟和时区；时间为 UTC 毫秒。',
      'Check the clock of the device and the time zone; times are UTC milliseconds.',
    ],
  ),
  'time-too-old': entry(
    400,
    ['时间太早，已不予接收。', 'The time is too long ago to be accepted.'],
    ['请核对设备时钟；补录请用相应的环节。', 'Check the clock of the device; record the past by the step made for it.'],
  ),
  'clock-not-due': entry(
    409,
    ['时限尚未到期。', 'The deadline has not passed yet.'],
    ['无需操作，到期时系统会自动处理。', 'Nothing to do: it is handled when it is due.'],
  ),
  'not-on-duty': entry(
    409,
    ['该力量不在勤，不接收其位置。', 'The force is off duty; its position is not taken.'],
    ['请先上勤，再报送位置。', 'Go on duty first, then send positions.'],
  ),
  conflict: entry(
    409,
    ['他人刚刚更改了同一内容。', 'Somebody else has just changed the same thing.'],
    ['请刷新后再决定；您的内容没有被覆盖。', 'Look again and decide; nothing of yours was overwritten.'],
  ),
} as const satisfies Entries;

const FILES = {
  'file-type-wrong': entry(
    415,
    ['不支持这种文件。', 'This sort of file is not accepted.'],
    [
      '请上传 JPEG、PNG 或 WebP 照片；按内容识别，与扩展名无关。',
      'Upload a JPEG, PNG or WebP photo; the content decides, not the name.',
    ],
  ),
  'file-too-large': entry(
    413,
    ['文件超过 {limit_mib} MiB。', 'The file is larger than {limit_mib} MiB.'],
    ['请缩小照片后再上传。', 'Make the photo smaller and upload it again.'],
  ),
  'file-unreadable': entry(
    422,
    ['照片已损坏，无法读取。', 'The photo is broken and cannot be read.'],
    ['请重新拍摄或换一张。', 'Take it again or choose another one.'],
  ),
  'file-damaged': entry(
    500,
    ['存储的文件已损坏，不予提供。', 'The stored file is damaged and is not served.'],
    ['请告知管理员从备份恢复。', 'Tell an administrator to restore it from the backup.'],
  ),
} as const satisfies Entries;

const STORE = {
  'store-full': entry(
    507,
    [
      '磁盘已满，未能保存；已确认的记录安然无恙。',
      'The disk is full: this was not saved. Everything confirmed before is safe.',
    ],
    ['请告知管理员腾出空间，然后再次提交。', 'Tell an administrator to free space, then send it again.'],
  ),
  'store-broken': entry(
    503,
    [
      '存储发生故障，未能保存；已确认的记录安然无恙。',
      'The store failed: this was not saved. Everything confirmed before is safe.',
    ],
    ['请告知管理员查看日志，然后再次提交。', 'Tell an administrator to look at the log, then send it again.'],
  ),
  'store-conflict': entry(
    409,
    ['与前一项未完成的保存相冲突，未能保存。', 'Not saved, because a write before it failed.'],
    ['请再次提交。', 'Send it again.'],
  ),
  'store-locked': entry(
    503,
    ['数据目录正被另一个进程使用。', 'Another process uses the data directory.'],
    ['请先停止另一个进程，或换一个 QUNDAO_DATA。', 'Stop the other process, or choose another QUNDAO_DATA.'],
  ),
  'store-corrupt': entry(
    500,
    ['台账中有记录与其校验值不符，不予提供。', 'A record of the ledger does not match its checksum and is not served.'],
    [
      '请管理员运行 npm run qundao -- verify 查明，并从备份恢复。',
      'An administrator should run npm run qundao -- verify and restore from the backup.',
    ],
  ),
  'store-closed': entry(503, ['服务器正在停止。', 'The server is stopping.'], ['请稍后再试。', 'Try again shortly.']),
  'stream-position-gone': entry(
    410,
    ['无法从这个位置继续接收。', 'The stream cannot be resumed from this position.'],
    ['请重新获取全部内容，再从新位置接收。', 'Fetch everything again and resume from the new position.'],
  ),
  internal: entry(
    500,
    ['服务器内部出错。', 'Something went wrong inside the server.'],
    ['请重试；若仍如此，请把请求编号告知管理员。', 'Try again; if it stays, tell an administrator the request number.'],
  ),
} as const satisfies Entries;

/** Everything that can go wrong, by code. `docs/ERRORS.md` is made from it. */
export const ERRORS = {
  ...REQUEST,
  ...ACCESS,
  ...UNKNOWN,
  ...MATTER,
  ...FILES,
  ...STORE,
  ...SITES,
  ...PLACE,
  ...OSM,
  ...LINES,
  ...TRAVEL,
} as const;
export type ErrorCode = keyof typeof ERRORS;

const group = (name: Text, entries: Entries) => ({ name, codes: Object.keys(entries) as ErrorCode[] });
/** The codes in groups, as the documentation shows them. */
export const ERROR_GROUPS: readonly { readonly name: Text; readonly codes: readonly ErrorCode[] }[] = [
  group(text('请求', 'Requests'), REQUEST),
  group(text('登录与权限', 'Sessions and permissions'), ACCESS),
  group(text('查无此项', 'Unknown things'), UNKNOWN),
  group(text('事与环节', 'Matters and steps'), MATTER),
  group(text('文件', 'Files'), FILES),
  group(text('存储与服务器', 'Store and server'), STORE),
  group(text('节点之间', 'Between sites'), SITES),
  group(text('地点资料', 'Data of a place'), PLACE),
  group(text('导入 OpenStreetMap', 'Importing OpenStreetMap'), OSM),
  group(text('线路与时刻表', 'Lines and timetables'), LINES),
  group(text('行程', 'Journeys'), TRAVEL),
];
