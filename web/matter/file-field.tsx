import { type ReactNode, useId, useState } from 'react';
import { useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Icon } from '../ui/icon.tsx';
import { useHelps } from './context.tsx';
import { type Change, filesOf, withFile, withoutFile } from './files.ts';

const TYPES = 'image/jpeg,image/png,image/webp';
const SIZE_MAX = 8 * 1024 * 1024;

/** Pictures chosen on this machine, by the id the server gave them. */
const previews = new Map<string, string>();

interface Props {
  readonly value: unknown;
  /** Takes a change, not a result: of two uploads the one that ends later must not undo the other. */
  readonly onChange: (change: Change<readonly string[]>) => void;
  readonly label?: string;
  /** What the button says where the field's own name is not beside it. */
  readonly words?: string;
}

/** Uploads at once, so that filing the form does not wait for it; shows what was chosen. */
export const FileField = (props: Props): ReactNode => {
  const say = useSay();
  const helps = useHelps();
  const input = useId();
  const [busy, setBusy] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [tooBig, setTooBig] = useState(false);
  const add = async (chosen: readonly File[]): Promise<void> => {
    setError(null);
    setTooBig(chosen.some((file) => file.size > SIZE_MAX));
    const fine = chosen.filter((file) => file.size <= SIZE_MAX);
    setBusy((count) => count + fine.length);
    for (const file of fine) {
      try {
        const stored = await helps.upload(file);
        previews.set(stored.file, URL.createObjectURL(file));
        props.onChange(withFile(stored.file));
      } catch (refused) {
        setError(refused);
      }
      setBusy((count) => count - 1);
    }
  };
  return (
    <div className="files">
      {filesOf(props.value).map((file) => (
        <Preview key={file} file={file} onRemove={() => props.onChange(withoutFile(file))} />
      ))}
      <label className="file-add" htmlFor={input}>
        <Icon name="photo" size={18} />
        <span>{busy > 0 ? say(M.uploading) : (props.words ?? say(M.addPhoto))}</span>
      </label>
      <input
        id={input}
        className="unseen"
        type="file"
        accept={TYPES}
        multiple
        aria-labelledby={props.label}
        onChange={(event) => {
          void add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      {tooBig && <p className="refusal">{say(M.photoTooBig)}</p>}
      <Refusal error={error} />
    </div>
  );
};

const Preview = (props: { readonly file: string; readonly onRemove: () => void }): ReactNode => {
  const say = useSay();
  const url = previews.get(props.file);
  return (
    <span className="file">
      {url === undefined ? <Icon name="photo" size={24} /> : <img src={url} alt={say(M.photo)} />}
      <button type="button" aria-label={say(M.removePhoto)} title={say(M.removePhoto)} onClick={props.onRemove}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
};
