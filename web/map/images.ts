import { STALE_AFTER_S } from '#world/forces/force.ts';
import { forceShape, MATTER_SHAPE } from '../ui/shapes.ts';
import type { StateName, Tokens, UrgencyName } from '../theme/tokens.ts';

/** Icons are drawn twice as large as shown, for sharp edges. */
export const RATIO = 2;
const SHEET = 24;
const MARGIN = 4;
const SIDE = (SHEET + MARGIN * 2) * RATIO;
const SMALL: ReadonlySet<string> = new Set(['motorcycle', 'officer']);

export const isStale = (time_ms: number, now_ms: number): boolean => now_ms - time_ms > STALE_AFTER_S * 1000;

/** Names under which the map asks for a picture. */
export const forceImage = (kind: string, state: string, stale: boolean): string =>
  `force|${kind}|${state}|${stale ? 'old' : 'live'}`;
export const matterImage = (urgency: string | null): string => `matter|${urgency ?? '-'}`;
export const noseImage = (state: string): string => `nose|${state}`;

/** Draws the picture of that name, or null when the name is not one of ours. */
export const drawImage = (name: string, tokens: Tokens): ImageData | null => {
  const [sort, a = '', b = '', c = ''] = name.split('|');
  if (sort === 'force') return drawForce(tokens, a, tokens.state[b as StateName] ?? tokens.muted, c === 'old');
  if (sort === 'matter') return drawMatter(tokens, a);
  if (sort === 'closed') return drawClosed(tokens, a !== 'now');
  if (sort === 'hatch') return drawHatch(tokens);
  if (sort === 'nose') return drawNose(tokens, tokens.state[a as StateName] ?? tokens.muted);
  return null;
};

const sheet = (scale = 1): CanvasRenderingContext2D => {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser cannot draw on a canvas');
  context.scale(RATIO, RATIO);
  context.translate(MARGIN + SHEET / 2, MARGIN + SHEET / 2);
  context.scale(scale, scale);
  context.translate(-SHEET / 2, -SHEET / 2);
  context.lineJoin = 'round';
  return context;
};
const done = (context: CanvasRenderingContext2D): ImageData => context.getImageData(0, 0, SIDE, SIDE);

const drawForce = (tokens: Tokens, kind: string, colour: string, stale: boolean): ImageData => {
  const context = sheet(SMALL.has(kind) ? 0.62 : 0.78);
  const path = new Path2D(forceShape(kind));
  context.strokeStyle = tokens.map.sea;
  context.lineWidth = 5;
  context.stroke(path);
  context.fillStyle = stale ? tokens.map.sea : colour;
  context.fill(path, 'evenodd');
  context.strokeStyle = colour;
  context.lineWidth = 2;
  if (stale) hatch(context, path, colour);
  context.stroke(path);
  return done(context);
};

/** An old position is hatched: the shape is still told, and that it may be wrong. */
const hatch = (context: CanvasRenderingContext2D, path: Path2D, colour: string): void => {
  context.save();
  context.clip(path, 'evenodd');
  context.strokeStyle = colour;
  context.lineWidth = 1.6;
  for (let x = -SHEET; x < SHEET * 2; x += 5) {
    context.beginPath();
    context.moveTo(x, SHEET);
    context.lineTo(x + SHEET, 0);
    context.stroke();
  }
  context.restore();
};

const drawMatter = (tokens: Tokens, urgency: string): ImageData => {
  const context = sheet(1.12);
  const path = new Path2D(MATTER_SHAPE);
  context.strokeStyle = tokens.map.sea;
  context.lineWidth = 3;
  context.stroke(path);
  context.fillStyle = tokens.urgency[urgency as UrgencyName] ?? tokens.muted;
  context.fill(path);
  context.fillStyle = tokens.background;
  context.font = '700 11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(urgency === '-' ? '•' : urgency, SHEET / 2, 10.4);
  return done(context);
};

/** No entry: a disc with a bar. Faint where it does not hold now: the ring only. */
const drawClosed = (tokens: Tokens, faint: boolean): ImageData => {
  const context = sheet(0.84);
  const danger = tokens.state.unavailable;
  const disc = new Path2D('M12 2a10 10 0 1 1 0 20a10 10 0 1 1 0-20z');
  context.strokeStyle = tokens.map.sea;
  context.lineWidth = 5;
  context.stroke(disc);
  context.fillStyle = faint ? tokens.map.sea : danger;
  context.fill(disc);
  context.strokeStyle = danger;
  context.lineWidth = 2.5;
  context.stroke(disc);
  context.fillStyle = faint ? danger : tokens.surface;
  context.fill(new Path2D('M6 10h12v4h-12z'));
  return done(context);
};

/** A tile of slanted bars that fits its neighbours on all sides. */
const drawHatch = (tokens: Tokens): ImageData => {
  const canvas = document.createElement('canvas');
  canvas.width = SHEET;
  canvas.height = SHEET;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser cannot draw on a canvas');
  context.strokeStyle = tokens.state.unavailable;
  context.lineWidth = 4;
  for (const x of [-SHEET, 0, SHEET]) {
    context.beginPath();
    context.moveTo(x - 4, SHEET + 4);
    context.lineTo(x + SHEET + 4, -4);
    context.stroke();
  }
  return context.getImageData(0, 0, SHEET, SHEET);
};

const drawNose = (tokens: Tokens, colour: string): ImageData => {
  const context = sheet();
  const path = new Path2D('M12 -2.500l4.500 6.500h-9z');
  context.fillStyle = colour;
  context.strokeStyle = tokens.map.sea;
  context.lineWidth = 1.5;
  context.stroke(path);
  context.fill(path);
  return done(context);
};
