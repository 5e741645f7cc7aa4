import { type ReactNode, useEffect } from 'react';
import { FileField } from '../matter/file-field.tsx';
import { Field } from '../matter/fields.tsx';
import { textOf } from '../matter/values.ts';
import { useSay } from '../text/say.ts';
import { fetchMap } from './ask-where.tsx';
import type { AskProps } from './report.tsx';
import { P } from './words.ts';

export const AskWhat = ({ fields, facts, set }: AskProps): ReactNode => {
  const say = useSay();
  const { story, sort, photos } = fields;
  const begun = story !== undefined && textOf(facts[story.name]) !== '';
  useEffect(() => {
    if (begun) fetchMap().catch(() => undefined);
  }, [begun]);
  return (
    <>
      {story !== undefined && (
        <textarea
          className="input"
          rows={4}
          data-fact={story.name}
          aria-label={say(P.what)}
          placeholder={say(P.whatExample)}
          maxLength={4000}
          value={textOf(facts[story.name])}
          onChange={(event) => set(story.name, () => event.target.value)}
        />
      )}
      {photos !== undefined && (
        <div data-fact={photos.name}>
          <FileField value={facts[photos.name]} onChange={(change) => set(photos.name, change)} />
        </div>
      )}
      {sort !== undefined && (
        <div className="question-sort">
          <Field
            name={sort.name}
            fact={{ ...sort.fact, name: P.sort }}
            required={false}
            value={facts[sort.name]}
            onChange={(change) => set(sort.name, change)}
          />
        </div>
      )}
    </>
  );
};
