import { useSyncExternalStore } from 'react';
import { remembered } from '../ui/remembered.ts';
import { properties, type ThemeName, TOKENS, type Tokens } from './tokens.ts';

export type ThemeChoice = ThemeName | 'system';

export const themeChoice = remembered<ThemeChoice>('qundao.theme', (stored) =>
  stored === 'dark' || stored === 'light' ? stored : 'system',
);

const light = globalThis.matchMedia('(prefers-color-scheme: light)');

export const themeNow = (): ThemeName => {
  const choice = themeChoice.get();
  if (choice !== 'system') return choice;
  return light.matches ? 'light' : 'dark';
};

const apply = (): void => {
  const name = themeNow();
  const root = document.documentElement;
  root.dataset['theme'] = name;
  root.style.colorScheme = name;
  for (const [property, value] of Object.entries(properties(TOKENS[name]))) root.style.setProperty(property, value);
};

/** Puts the tokens on the page and keeps them true to the choice. Called once by each face before it draws. */
export const startTheme = (): void => {
  apply();
  themeChoice.subscribe(apply);
  light.addEventListener('change', apply);
};

const subscribe = (listener: () => void): (() => void) => {
  const stop = themeChoice.subscribe(listener);
  light.addEventListener('change', listener);
  return () => {
    stop();
    light.removeEventListener('change', listener);
  };
};

export const useTheme = (): { readonly name: ThemeName; readonly tokens: Tokens } => {
  const name = useSyncExternalStore(subscribe, themeNow);
  return { name, tokens: TOKENS[name] };
};

export const toggleTheme = (): void => themeChoice.set(themeNow() === 'dark' ? 'light' : 'dark');
