import { remembered } from './remembered.ts';

export const muted = remembered<boolean>('qundao.muted', (stored) => stored === 'true');

/** Two notes for what is urgent, one for the rest; higher means more urgent. */
const NOTES: Readonly<Record<string, readonly number[]>> = {
  '1': [988, 1319],
  '2': [784, 988],
  '3': [659],
  '4': [523],
};
const NOTE_S = 0.16;
let context: AudioContext | null = null;

export const ring = (urgency: string | null): void => {
  if (muted.get()) return;
  context ??= new AudioContext();
  const audio = context;
  // A page nobody has touched yet may not sound; the browser lets it after the first key or click.
  if (audio.state === 'suspended') void audio.resume();
  (NOTES[urgency ?? '3'] ?? [659]).forEach((hertz, index) => {
    const start = audio.currentTime + index * NOTE_S;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.12, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + NOTE_S);
  });
};
