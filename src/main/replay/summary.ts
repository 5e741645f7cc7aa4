import { pad } from './width.ts';
import type { Percentiles } from './outcome.ts';
import type { ReplayReport } from './replay.ts';
import { MOMENTS } from './rows.ts';

/** Refused rows shown in words; `--json` has them all. */
const SHOWN = 60;

/** The report as a bilingual table. */
export const summaryLines = (report: ReplayReport): readonly string[] => [
  ...table([
    ['回放', 'replay', `${report.file} (${report.zone})`],
    ['数据目录', 'data', report.data_dir],
    [
      '行',
      'rows',
      `${report.rows.total} = ${report.rows.accepted} 已录入 accepted + ${report.rows.refused.length} 未接受 refused`,
    ],
    ['时间颠倒的行', 'rows out of order', `${report.rows.out_of_order.length}`],
    [
      '呼叫',
      'calls',
      `${report.calls.total} = ${report.calls.closed} 已结案 closed + ${report.calls.open.length} 未结 open + ${report.calls.not_raised} 未立 not raised`,
    ],
    ['命令 / 事件', 'commands / events', `${report.commands} / ${report.events}`],
    [
      '到期时限',
      'clocks that ran out',
      Object.entries(report.clocks_fired)
        .map(([clock, count]) => `${clock} ${count}`)
        .join(', ') || '0',
    ],
    ['速度', 'speed', `${report.span_s} s / ${report.took_s.toFixed(1)} s = ${Math.round(report.factor)} ×`],
    ['台账验证', 'verify', report.verified.ok ? `完好 sound, ${report.verified.events}` : '不完好 NOT sound'],
  ]),
  '',
  '区间 intervals (由台账重算 recomputed from the ledger)',
  ...intervalLines(report),
  '',
  '响应时间 response times (s)              n     p50     p90     p95     max',
  percentileLine('接报到派单 received → dispatch', report.response.to_dispatch_s),
  percentileLine('接报到到场 received → on scene', report.response.to_on_scene_s),
  ...problemLines(report),
];

const table = (rows: readonly (readonly [string, string, string])[]): readonly string[] =>
  rows.map(([zh, en, value]) => `${pad(`${zh} ${en}`, 32)}${value}`);

const intervalLines = (report: ReplayReport): readonly string[] => {
  const lines = report.comparison.intervals.map((one) => {
    const name = `${MOMENTS[one.from]} → ${MOMENTS[one.to]}`.replaceAll(' DtTm', '');
    return `  ${pad(name, 26)}${pad(String(one.in_file), 8)}相同 equal ${pad(String(one.equal), 8)}不同 different ${pad(String(one.different), 6)}未录入 not entered ${one.not_entered}`;
  });
  const sum = (of: 'in_file' | 'equal' | 'different' | 'not_entered'): number =>
    report.comparison.intervals.reduce((total, one) => total + one[of], 0);
  return [
    ...lines,
    `  ${pad('合计 all', 26)}${pad(String(sum('in_file')), 8)}相同 equal ${pad(String(sum('equal')), 8)}不同 different ${pad(String(sum('different')), 6)}未录入 not entered ${sum('not_entered')}`,
  ];
};

const percentileLine = (name: string, of: Percentiles): string =>
  `  ${pad(name, 34)}${[of.count, of.p50, of.p90, of.p95, of.max].map((value) => String(value ?? '–').padStart(6)).join('  ')}`;

const problemLines = (report: ReplayReport): readonly string[] => {
  const { refused, out_of_order } = report.rows;
  const entered = out_of_order.filter((row) => row.accepted);
  return [
    ...(refused.length === 0 ? [] : ['', '未接受的行 refused rows']),
    ...refused
      .slice(0, SHOWN)
      .flatMap(({ id, reason }) => [`  ${id}  ${reason.code}`, `    ${reason.words.zh}`, `    ${reason.words.en}`]),
    ...(refused.length > SHOWN ? [`  … ${refused.length - SHOWN} (--json)`] : []),
    ...(entered.length === 0 ? [] : ['', '时间颠倒但已录入的行 rows out of order and entered all the same']),
    ...entered.map((row) => `  ${row.id}  ${row.row}: ${row.order}`),
    ...(report.calls.open.length === 0 ? [] : ['', '未结的呼叫 calls still open']),
    ...report.calls.open.slice(0, SHOWN).map(({ call, why }) => `  ${call}  ${why}`),
    ...report.comparison.differences
      .slice(0, SHOWN)
      .map((one) => `  ≠ ${one.id} ${one.from} → ${one.to}: ${one.file_s} s / ${one.ledger_s} s`),
  ];
};
