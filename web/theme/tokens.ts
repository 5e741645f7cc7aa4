/** Colours of one theme. Names say the meaning; values are look.md's, checked for contrast. */
export interface Tokens {
  readonly background: string;
  readonly surface: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly lantern: string;
  readonly lanternText: string;
  readonly lanternFill: string;
  readonly onLantern: string;
  readonly link: string;
  readonly state: Readonly<Record<StateName, string>>;
  readonly urgency: Readonly<Record<UrgencyName, string>>;
  readonly map: Readonly<Record<'sea' | 'land' | 'shore' | 'road' | 'ferry', string>>;
  /** What a leg is made with; the stroke tells it too. */
  readonly mode: Readonly<Record<ModeColour, string>>;
}
export type ModeColour = 'road' | 'foot' | 'ferry' | 'boat' | 'air' | 'wait';
export type StateName = 'available' | 'assigned' | 'on_the_way' | 'on_scene' | 'unavailable' | 'off_duty';
export type UrgencyName = '1' | '2' | '3' | '4';
export type ThemeName = 'dark' | 'light';

export const TOKENS: Readonly<Record<ThemeName, Tokens>> = {
  dark: {
    background: '#0B1620',
    surface: '#12202C',
    raised: '#1A2B3A',
    line: '#294055',
    text: '#E6EEF5',
    muted: '#9DB2C4',
    lantern: '#F2B84B',
    lanternText: '#F2B84B',
    lanternFill: '#F2B84B',
    onLantern: '#13212D',
    link: '#5BB8F5',
    state: {
      available: '#3FBF7F',
      assigned: '#F2B84B',
      on_the_way: '#FF8A3D',
      on_scene: '#38C6E8',
      unavailable: '#F0717B',
      off_duty: '#8A9AA8',
    },
    urgency: { 1: '#FF6B6F', 2: '#FF9F43', 3: '#F7D154', 4: '#7FB2D9' },
    map: { sea: '#0E1B27', land: '#1F2B33', shore: '#3A4B57', road: '#5A6B77', ferry: '#4F7FA3' },
    mode: {
      road: '#5BB8F5',
      foot: '#E6EEF5',
      ferry: '#B7A6FF',
      boat: '#4FD1C5',
      air: '#F58BD8',
      wait: '#9DB2C4',
    },
  },
  light: {
    background: '#F4F7F9',
    surface: '#FFFFFF',
    raised: '#F9FBFC',
    line: '#D5DEE6',
    text: '#13212D',
    muted: '#526472',
    lantern: '#8A5200',
    lanternText: '#8A5200',
    lanternFill: '#F2B84B',
    onLantern: '#13212D',
    link: '#0B6FB8',
    state: {
      available: '#17754A',
      assigned: '#8A5E00',
      on_the_way: '#B04A0C',
      on_scene: '#0B7088',
      unavailable: '#B3261E',
      off_duty: '#5A6873',
    },
    urgency: { 1: '#B3261E', 2: '#A84A00', 3: '#7A6000', 4: '#2F6690' },
    map: { sea: '#DCE8EF', land: '#F6F4EE', shore: '#B9C4CC', road: '#B4A78F', ferry: '#5D8FB3' },
    mode: {
      road: '#0A62A3',
      foot: '#13212D',
      ferry: '#5B3FC0',
      boat: '#0A655E',
      air: '#A3217F',
      wait: '#526472',
    },
  },
};

export const FONT = '"PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif';

/** The tokens as custom properties: `--surface`, `--state-on_scene`, `--urgency-1`, `--map-sea` … */
export const properties = (tokens: Tokens): Readonly<Record<string, string>> => {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...tokens } as Readonly<
    Record<string, string | Readonly<Record<string, string>>>
  >)) {
    if (typeof value === 'string') out[`--${name}`] = value;
    else for (const [inner, colour] of Object.entries(value)) out[`--${name}-${inner}`] = colour;
  }
  return out;
};
