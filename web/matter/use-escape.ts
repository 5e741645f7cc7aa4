import { useEffect, useRef } from 'react';

/** Esc in a field or a form belongs to that field or form. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.tagName === 'INPUT' || target.closest('form, dialog') !== null);

/** While `open`, Esc folds this away and nothing behind it: it is heard before the page's own keys. */
export const useEscape = (open: boolean, fold: () => void): void => {
  const latest = useRef(fold);
  latest.current = fold;
  useEffect(() => {
    if (!open) return;
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || isElsewhere(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      latest.current();
    };
    globalThis.addEventListener('keydown', pressed, { capture: true });
    return () => globalThis.removeEventListener('keydown', pressed, { capture: true });
  }, [open]);
};
