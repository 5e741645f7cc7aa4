/**
 * Shapes on a 24 × 24 sheet, as SVG path data. The same data is drawn in lists (SVG) and on the map (canvas).
 * A force's shape tells its kind; its colour tells its state.
 */
export const FORCE_SHAPES: Readonly<Record<string, string>> = {
  officer: 'M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16z',
  'ptu-light': 'M12 3l9 9l-9 9l-9-9z',
  'ptu-heavy': 'M12 1.500l10.500 10.500l-10.500 10.500l-10.500-10.500zM12 8.500l-3.500 3.500l3.500 3.500l3.500-3.500z',
  car: 'M6 5h12a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-12a2 2 0 0 1-2-2v-10a2 2 0 0 1 2-2z',
  motorcycle: 'M12 6l7 12h-14z',
  'patrol-boat': 'M11 3h2v5h4v4h4l-3.500 8h-11l-3.500-8h4v-4h4z',
  'landing-craft': 'M2 9h3v3h10v-6h5v6h2v8h-16l-4-6z',
  helicopter: 'M9.500 2h5v7.500h7.500v5h-7.500v7.500h-5v-7.500h-7.500v-5h7.500z',
  drone:
    'M5.500 2.500l6.500 6.500l6.500-6.500l3 3l-6.500 6.500l6.500 6.500l-3 3l-6.500-6.500l-6.500 6.500l-3-3l6.500-6.500l-6.500-6.500z',
  volunteers: 'M12 2.500l9.500 7l-3.600 11.500h-11.800l-3.600-11.500z',
  agency: 'M12 2.500l10 8.500h-2.500v10h-15v-10h-2.500z',
};
const UNKNOWN_FORCE = 'M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16z';
export const forceShape = (kind: string): string => FORCE_SHAPES[kind] ?? UNKNOWN_FORCE;

/** What stands inside an urgency flag on the map: a drop pointing at the place. */
export const MATTER_SHAPE = 'M12 23c-1.500-3-7.500-7.500-7.500-13a7.500 7.500 0 0 1 15 0c0 5.500-6 10-7.500 13z';

/** Marks of a force's state, so that it never hangs on colour alone. Stroked, not filled. */
export const STATE_MARKS: Readonly<Record<string, string>> = {
  available: 'M5 12.500l4.500 4.500l9.500-10',
  assigned: 'M12 5v8M12 17.500v.5',
  on_the_way: 'M5 12h13M13 6.500l5.500 5.500l-5.500 5.500',
  on_scene: 'M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16zM12 11.500v1',
  unavailable: 'M6 6l12 12M18 6l-12 12',
  off_duty: 'M6 12h12',
};

/** Line icons of the screens. Stroked at 1.75. */
export const ICONS = {
  bell: 'M6 16.500v-6a6 6 0 0 1 12 0v6l1.500 1.500h-15zM10 20.500h4',
  mute: 'M6 16.500v-6a6 6 0 0 1 9-5M18 10.500v6l1.500 1.500h-11M10 20.500h4M4 4l16 16',
  sun: 'M12 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5 5l1.500 1.500M17.500 17.500l1.500 1.500M19 5l-1.500 1.500M6.500 17.500l-1.500 1.500',
  moon: 'M20 14.500a8.500 8.500 0 1 1-10.500-10.500a7 7 0 0 0 10.500 10.500z',
  person: 'M12 4a4 4 0 1 1 0 8a4 4 0 1 1 0-8zM4.500 20.500c.5-4 3.500-6 7.500-6s7 2 7.500 6',
  lock: 'M6 11h12v9h-12zM8.500 11v-3.500a3.500 3.500 0 0 1 7 0v3.500M12 14.500v2',
  clock: 'M12 3.500a8.500 8.500 0 1 1 0 17a8.500 8.500 0 1 1 0-17zM12 7.500v5l3.500 2',
  place:
    'M12 21.500c-1.500-3-6.500-6.500-6.500-11.500a6.500 6.500 0 0 1 13 0c0 5-5 8.500-6.500 11.500zM12 7.500a2.500 2.500 0 1 1 0 5a2.500 2.500 0 1 1 0-5z',
  photo: 'M4 7.500h4l1.500-2.500h5l1.500 2.500h4v11.500h-16zM12 10a3 3 0 1 1 0 6a3 3 0 1 1 0-6z',
  send: 'M4 12l16-7l-5 15l-3.500-6.500z',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6l-12 12',
  fit: 'M4 9v-5h5M15 4h5v5M20 15v5h-5M9 20h-5v-5',
  legend: 'M4 6h4v4h-4zM12 8h8M4 14h4v4h-4zM12 16h8',
  link: 'M10 14a4 4 0 0 0 5.500.500l3-3a4 4 0 0 0-5.500-5.500l-1.500 1.500M14 10a4 4 0 0 0-5.500-.500l-3 3a4 4 0 0 0 5.500 5.500l1.500-1.500',
  help: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .600-1.500 1.200-1.500 2.400M12 17.500v.5',
  alert: 'M12 3.500l9.500 17h-19zM12 10v5M12 17.500v.5',
  inbox: 'M4 13l3-8h10l3 8v6h-16zM4 13h5l1 2.500h4l1-2.500h5',
  cut: 'M4 4l16 16M8.500 12.500a6 6 0 0 1 3-1.500M5 9a11 11 0 0 1 3.500-2.200M15.500 12.500a6 6 0 0 1 .5.500M12 6a11 11 0 0 1 7 3M12 18v.5',
  back: 'M19 12h-14M11 6l-6 6l6 6',
  next: 'M5 12h14M13 6l6 6l-6 6',
  check: 'M5 12.500l4.500 4.500l9.500-10',
  star: 'M12 3.500l2.600 5.600l6.100.700l-4.500 4.200l1.200 6l-5.400-3l-5.400 3l1.200-6l-4.500-4.200l6.100-.700z',
  locate: 'M12 5.500a6.500 6.500 0 1 1 0 13a6.500 6.500 0 1 1 0-13zM12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3',
  note: 'M5 4h14v11l-5 5h-9zM14 20v-5h5M8.500 8.500h7M8.500 12h5',
  out: 'M14 4h-9v16h9M10 12h10M16.500 8.500l3.500 3.500l-3.500 3.500',
  closed: 'M12 3.500a8.500 8.500 0 1 1 0 17a8.500 8.500 0 1 1 0-17zM7.500 12h9',
  reach: 'M12 2.500a9.500 9.500 0 1 1 0 19a9.500 9.500 0 1 1 0-19zM12 7a5 5 0 1 1 0 10a5 5 0 1 1 0-10zM12 11.500v1',
  wind: 'M3 9h11a3 3 0 1 0-3-3M3 13h15a3 3 0 1 1-3 3M3 17h7',
  search: 'M10.500 4a6.500 6.500 0 1 1 0 13a6.500 6.500 0 1 1 0-13zM15.500 15.500l5 5',
} as const;
export type IconName = keyof typeof ICONS;

/** What a leg is made with. Stroked at 1.75. */
export const MODE_SHAPES: Readonly<Record<string, string>> = {
  foot: 'M13 3a1.800 1.800 0 1 1 0 3.600a1.800 1.800 0 1 1 0-3.600zM12.500 9.500l-1.500 5l3 3v4M11 14.500l-2.500 6.500M12.500 9.500l-3.500 2v3M12.500 9.500l2 3l3 1',
  motorcycle:
    'M6 12.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 1 1 0-7zM18 12.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 1 1 0-7zM6 16l4-6h5l3 6M13 7h3l1.500 4',
  car: 'M4 16.500v-3.500l2-5.500h12l2 5.500v3.500zM7 16.500v2.500M17 16.500v2.500M4.500 12.500h15',
  truck:
    'M2.500 7h11v9h-11zM13.500 10h4l3.500 3v3h-7.500zM7 16.500a1.800 1.800 0 1 1 0 3.600a1.800 1.800 0 1 1 0-3.600zM17 16.500a1.800 1.800 0 1 1 0 3.600a1.800 1.800 0 1 1 0-3.600z',
  ferry:
    'M3 13.500l2 5h14l2-5zM6 13.500v-4h12v4M9.500 9.500v-4h5v4M3 21.500c2 0 2-1 4.500-1s2.500 1 4.500 1s2.500-1 4.500-1s2.500 1 4.500 1',
  boat: 'M3 14h18l-3 6h-12zM11 14v-10l7 7h-7',
  air: 'M4 4.500h16M12 4.500v4M5 13.500a7 5 0 0 1 14 0a4 4 0 0 1-4 3.500h-6a4 4 0 0 1-4-3.500zM7 20.500h10',
  wait: ICONS.clock,
};
/** The colour token of a mode: vehicles on roads share one. */
export const modeColour = (mode: string): string => {
  if (mode === 'car' || mode === 'motorcycle' || mode === 'truck') return 'road';
  return mode in MODE_SHAPES ? mode : 'wait';
};
