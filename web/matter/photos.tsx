import { type ReactNode, useState } from 'react';
import { fileUrl } from '../api/calls.ts';
import { useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { W } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Thumbnails; one opens large above the page. */
export const Photos = (props: { readonly files: readonly string[]; readonly matter: string }): ReactNode => {
  const say = useSay();
  const [large, setLarge] = useState<string | null>(null);
  return (
    <span className="photos">
      {props.files.map((file) => (
        <button key={file} type="button" className="photo" onClick={() => setLarge(file)}>
          <img src={fileUrl(file, props.matter, true)} alt={say(M.photo)} loading="lazy" />
        </button>
      ))}
      {large !== null && (
        <Dialog title={say(M.photo)} wide onClose={() => setLarge(null)}>
          <img className="photo-large" src={fileUrl(large, props.matter)} alt={say(M.photo)} />
          <div className="actions">
            <Button tone="plain" onClick={() => setLarge(null)}>
              {say(W.close)}
            </Button>
          </div>
        </Dialog>
      )}
    </span>
  );
};
