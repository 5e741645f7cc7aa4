import type { ReactNode } from 'react';
import type { Text } from '#core/base/text.ts';
import { filesOf } from '../matter/files.ts';
import { isPosition, textOf } from '../matter/values.ts';
import { coordinates } from '../text/format.ts';
import { M } from '../text/matter-words.ts';
import { useSay } from '../text/say.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Pictures } from './pictures.ts';
import type { AskProps } from './report.tsx';
import { P } from './words.ts';

interface Props extends AskProps {
  readonly pictures: Pictures;
  /** Goes back to where that fact is asked for. */
  readonly onChange: (name: string) => void;
}

/** All that will be sent, as it stands; every line leads back to where it was asked. */
export const Check = ({ fields, facts, pictures, onChange }: Props): ReactNode => {
  const say = useSay();
  const { story, photos, sort, where, place } = fields;
  const chosen = sort === undefined ? undefined : sort.fact.choices?.[textOf(facts[sort.name])];
  const at = where === undefined ? undefined : facts[where.name];
  const words = place === undefined ? '' : textOf(facts[place.name]).trim();
  const files = photos === undefined ? [] : filesOf(facts[photos.name]);
  const line = (name: string | undefined, title: Text, value: ReactNode, empty: boolean): ReactNode =>
    name !== undefined && (
      <Line title={title} empty={empty} name={name} onChange={onChange}>
        {value}
      </Line>
    );
  return (
    <section className="check" aria-label={say(P.checkTitle)}>
      <h2>{say(P.checkTitle)}</h2>
      <dl>
        {line(story?.name, P.what, story !== undefined && textOf(facts[story.name]), false)}
        {line(photos?.name, M.photo, <Photos files={files} pictures={pictures} />, files.length === 0)}
        {line(sort?.name, P.sort, say(chosen ?? P.noSort), chosen === undefined)}
        {line(
          words === '' ? where?.name : place?.name,
          P.where,
          <>
            {words !== '' && <span>{words}</span>}
            {isPosition(at) && (
              <span className="figures">
                <Icon name="check" size={14} /> {say(P.onMap)} {coordinates(at)}
              </span>
            )}
          </>,
          false,
        )}
      </dl>
    </section>
  );
};

const Line = (props: {
  readonly title: Text;
  readonly name: string;
  readonly empty: boolean;
  readonly onChange: (name: string) => void;
  readonly children: ReactNode;
}): ReactNode => {
  const say = useSay();
  return (
    <div data-check={props.name}>
      <dt className="muted">{say(props.title)}</dt>
      <dd className={props.empty ? 'muted' : undefined}>{props.children}</dd>
      <Button
        tone="quiet"
        aria-label={say(P.changeThis, { name: props.title })}
        onClick={() => props.onChange(props.name)}
      >
        {say(props.empty ? P.addThis : P.change)}
      </Button>
    </div>
  );
};

const Photos = (props: { readonly files: readonly string[]; readonly pictures: Pictures }): ReactNode => {
  const say = useSay();
  const { going, lost, urlOf } = props.pictures;
  return (
    <>
      {props.files.length > 0 && (
        <span className="photos">
          {props.files.map((file) => (
            <span key={file} className="file">
              {urlOf(file) === undefined ? (
                <Icon name="photo" size={24} />
              ) : (
                <img src={urlOf(file)} alt={say(M.photo)} />
              )}
            </span>
          ))}
        </span>
      )}
      {going > 0 && <span role="status">{say(P.photosGoing)}</span>}
      {going === 0 && lost > 0 && (
        <span className="refusal" role="alert">
          {say(P.photosLost, { n: lost })}
        </span>
      )}
      {props.files.length === 0 && going === 0 && lost === 0 && say(P.noPhoto)}
    </>
  );
};
