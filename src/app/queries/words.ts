import { text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import type { Kind } from '#core/matter/kind.ts';
import { isSealed } from '#core/ledger/seals.ts';
import { WEATHER_REGISTER } from '../views/weather.ts';
import { factWords } from './rows.ts';

/** The members of an event body a line of words is made from. */
interface Body {
  readonly step?: string;
  readonly clock?: string;
  readonly facts?: Readonly<Record<string, unknown>> | readonly string[];
  readonly parts?: readonly { readonly subject: string; readonly to: string; readonly of: string }[];
  readonly state?: string;
  readonly outcome?: string | null;
  readonly level?: string;
  readonly with?: string;
  readonly from?: string;
  readonly subject?: string;
  readonly on_duty?: boolean;
}

/** Longest quotation of a fact in a line. */
const QUOTE_LENGTH = 60;

/**
 * One line a person can read, from the declaration's own words.
 * @param nameOf the name of a force or agency
 * @param mayRead whether the reader may read that fact; what it may not is not quoted
 */
export const eventWords = (
  kind: Kind | undefined,
  event: Envelope,
  nameOf: (unit: string) => Text,
  mayRead: (fact: string) => boolean,
): Text => {
  const body = event.body as Body;
  if (kind === undefined) return plainWords(event, body, nameOf);
  switch (event.type) {
    case 'raised':
      return joined([kind.raise.name, ...quotes(kind, body, mayRead)]);
    case 'stepped':
      return steppedWords(kind, body, nameOf, mayRead);
    case 'fired': {
      const clock = kind.clocks[(body.clock ?? '').split(/[@/]/)[0] ?? ''];
      const unit = (body.clock ?? '').split('/')[1];
      const who = unit === undefined ? [] : [nameOf(unit)];
      return joined([
        text('超时', 'Overdue'),
        ...(clock === undefined ? [] : [clock.name]),
        ...who,
        ...moved(kind, body),
      ]);
    }
    case 'linked':
      return text(`${body.from ?? ''} 关联到本事项`, `${body.from ?? ''} was linked to this`);
    case 'contended': {
      const unit = nameOf(body.subject ?? '');
      return text(`${unit.zh} 同时被派往 ${body.with ?? ''}`, `${unit.en} was also dispatched to ${body.with ?? ''}`);
    }
    case 'unsealed':
      return text(
        `读取了封存信息，用途：${event.purpose ?? ''}`,
        `Sealed facts were read, for: ${event.purpose ?? ''}`,
      );
    case 'erased':
      return text(
        `封存信息已销毁，理由：${event.purpose ?? ''}`,
        `Sealed facts were erased, because: ${event.purpose ?? ''}`,
      );
    default:
      return text(event.type, event.type);
  }
};

const plainWords = (event: Envelope, body: Body, nameOf: (unit: string) => Text): Text => {
  if (event.kind === WEATHER_REGISTER) {
    const { area = '' } = event.body as { readonly area?: string };
    return text(`海区 ${area} 的天气`, `Weather of sea area ${area}`);
  }
  const id = (event.body as { readonly id?: string }).id ?? '';
  const unit = nameOf(id);
  if (event.type === 'duty') {
    return body.on_duty === true
      ? text(`${unit.zh} 上勤`, `${unit.en} on duty`)
      : text(`${unit.zh} 下勤`, `${unit.en} off duty`);
  }
  return text(`${unit.zh} 登记`, `${unit.en} registered`);
};

const steppedWords = (
  kind: Kind,
  body: Body,
  nameOf: (unit: string) => Text,
  mayRead: (fact: string) => boolean,
): Text => {
  const step = kind.steps[body.step ?? ''];
  const units = (body.parts ?? []).map((part) => nameOf(part.subject));
  return joined([
    step?.name ?? text(body.step ?? '', body.step ?? ''),
    ...units,
    ...moved(kind, body),
    ...quotes(kind, body, mayRead),
  ]);
};

const moved = (kind: Kind, body: Body): readonly Text[] => {
  const words: Text[] = [];
  const state = body.state === undefined ? undefined : kind.states[body.state];
  const level = kind.levels.find((one) => one.id === body.level);
  const outcome = typeof body.outcome === 'string' ? kind.outcomes[body.outcome] : undefined;
  if (level !== undefined) words.push(text(`升至${level.name.zh}`, `to ${level.name.en} level`));
  if (state !== undefined) words.push(text(`→ ${state.name.zh}`, `→ ${state.name.en}`));
  if (outcome !== undefined) words.push(outcome.name);
  return words;
};

const quotes = (kind: Kind, body: Body, mayRead: (fact: string) => boolean): readonly Text[] => {
  if (body.facts === undefined || Array.isArray(body.facts)) return [];
  const words: Text[] = [];
  for (const [name, value] of Object.entries(body.facts)) {
    if (isSealed(value) || !mayRead(name)) continue;
    const one = factWords(kind, name, (Array.isArray(value) ? value[0] : value) as never);
    const type = kind.facts[name]?.type;
    if (one === null || type === 'file' || type === 'unit') continue;
    words.push({ zh: clip(one.zh), en: clip(one.en) });
    if (words.length === 3) break;
  }
  return words;
};

const clip = (line: string): string => (line.length <= QUOTE_LENGTH ? line : `${line.slice(0, QUOTE_LENGTH - 1)}…`);

/** What is the outcome and was stated as a fact too is said once. */
const joined = (words: readonly Text[]): Text => ({
  zh: [...new Set(words.map((one) => one.zh))].join(' '),
  en: [...new Set(words.map((one) => one.en))].join(' '),
});
