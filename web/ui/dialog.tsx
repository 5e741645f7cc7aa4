import { type ReactNode, useEffect, useRef } from 'react';

/** A modal in the browser's own top layer: focus stays inside, Esc closes, what is behind keeps its state. */
export const Dialog = (props: {
  readonly title: string;
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
  readonly wide?: boolean;
}): ReactNode => {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    // The browser gives the caret to the first field; a form may name a better one.
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => dialog?.close();
  }, []);
  const { onClose } = props;
  return (
    <dialog
      ref={ref}
      className={props.wide === true ? 'dialog dialog-wide' : 'dialog'}
      aria-label={props.title}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 className="dialog-title">{props.title}</h2>
      {props.children}
    </dialog>
  );
};
