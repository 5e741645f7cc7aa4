/** What of a pressed key decides whether it confirms a form. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  /** True while an input method puts characters together. */
  readonly isComposing: boolean;
  readonly target: { readonly role: string | null };
}

/** Fields in which Enter would otherwise choose or toggle; one-line fields confirm by the browser's own rule. */
const CHOOSING: readonly (string | null)[] = ['radio', 'checkbox'];

/**
 * Whether a key confirms the form by our doing: Ctrl+Enter everywhere, Enter among choices. In a multi-line field Enter is a
 * new line, on a button it is the button's.
 */
export const confirms = ({ key, ctrlKey, isComposing, target }: Press): boolean =>
  key === 'Enter' && !isComposing && (ctrlKey || CHOOSING.includes(target.role));
