/** What of a pressed key decides whether it confirms a form. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  /** True while an input method puts characters together. */
  readonly isComposing: boolean;
  readonly target: { readonly role: string | null; readonly checked: boolean };
}

/**
 * Whether a key confirms the form by our doing: Ctrl+Enter everywhere, Enter among choices. A box that is not ticked is ticked
 * by it first. In a line the browser confirms, in a multi-line field Enter is a new line, on a button it is the button's.
 */
export const confirms = ({ key, ctrlKey, isComposing, target }: Press): boolean => {
  if (key !== 'Enter' || isComposing) return false;
  return ctrlKey || target.role === 'radio' || (target.role === 'checkbox' && target.checked);
};
