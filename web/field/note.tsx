import { type ReactNode, useState } from 'react';
import { FileField } from '../matter/file-field.tsx';
import { M } from '../text/matter-words.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useOutbox } from './outbox.tsx';
import { F } from './words.ts';

/**
 * Words and pictures for the room; words wait on the phone while there is no link. What it was opened for stands first: a
 * dialog gives the caret to its first field.
 */
export const NoteDialog = (props: {
  readonly matter: string;
  readonly photo?: boolean;
  readonly onClose: () => void;
}): ReactNode => {
  const say = useSay();
  const { take } = useOutbox();
  const [words, setWords] = useState('');
  const [files, setFiles] = useState<readonly string[]>([]);
  const said = words.trim();
  const send = (): void => {
    if (said === '' && files.length === 0) return;
    const facts = { ...(said === '' ? {} : { said }), ...(files.length === 0 ? {} : { files }) };
    take({
      matter: props.matter,
      step: said === '' ? 'attach' : 'say',
      subject: null,
      facts,
      name: props.photo === true ? F.photo : F.note,
    });
    props.onClose();
  };
  const photos = <FileField value={files} onChange={setFiles} words={say(M.addPhoto)} />;
  return (
    <Dialog title={say(props.photo === true ? F.photo : F.note)} onClose={props.onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {props.photo === true && photos}
        <textarea
          className="input"
          rows={4}
          aria-label={say(F.noted)}
          placeholder={say(F.noted)}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {props.photo !== true && photos}
        <div className="actions">
          <Button tone="primary" type="submit" disabled={said === '' && files.length === 0}>
            {say(M.send)}
          </Button>
          <Button tone="quiet" onClick={props.onClose}>
            {say(W.cancel)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
