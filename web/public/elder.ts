import { remembered } from '../ui/remembered.ts';

export const elder = remembered<boolean>('qundao.elder', (stored) => stored === 'true');

const apply = (): void => {
  document.documentElement.dataset['elder'] = String(elder.get());
};
/** Larger letters and fewer words, for whoever wants them. */
export const startElder = (): void => {
  apply();
  elder.subscribe(apply);
};

/** Says it with the device's own voice; silent where it has none. */
export const readAloud = (words: string, language: 'zh' | 'en'): void => {
  if (!('speechSynthesis' in globalThis)) return;
  speechSynthesis.cancel();
  const speech = new SpeechSynthesisUtterance(words);
  speech.lang = language === 'zh' ? 'zh-CN' : 'en-GB';
  speech.rate = 0.9;
  speechSynthesis.speak(speech);
};
