import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import type { Text } from '#core/base/text.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { useSession } from '../session/session.tsx';
import { useSay } from '../text/say.ts';
import { Icon } from '../ui/icon.tsx';
import { FIRST } from './first-steps-words.ts';
import { missingIn } from './missing.ts';

/** Accounts and forces are made outside this page: it looks again this often while one is missing. */
const LOOK_MS = 4_000;
const PASSWORD_MIN = 10;

const ACCOUNT = `QUNDAO_NEW_PASSWORD='…' npm run qundao -- account create wang --roles dispatcher --zh 王调度 --en Wang`;
const FORCES = 'npm run qundao -- import forces forces.json --on-duty';
const PLACE = 'npm start -- --empty --place <dir>';

/** Tells the administrator of a new site what to do next, until there are people and forces. */
export const FirstSteps = (): ReactNode => {
  const { session } = useSession();
  return session.roles.includes('admin') ? <Steps account={session.account} /> : null;
};

const Steps = (props: { readonly account: string }): ReactNode => {
  const say = useSay();
  const people = useQuery({
    queryKey: KEYS.people,
    queryFn: async () => (await calls.people()).names,
    refetchInterval: LOOK_MS,
  }).data;
  const forces = useQuery({
    queryKey: KEYS.forces,
    queryFn: async () => (await calls.forces()).forces,
    refetchInterval: (query) => ((query.state.data ?? []).length === 0 ? LOOK_MS : false),
  }).data;
  if (people === undefined || forces === undefined) return null;
  const missing = missingIn(Object.keys(people), forces.length, props.account);
  if (!missing.accounts && !missing.forces) return null;
  return (
    <aside className="first-steps" aria-label={say(FIRST.title)}>
      <h2>{say(FIRST.title)}</h2>
      <p className="muted">{say(FIRST.lead)}</p>
      <ol>
        <Step name={FIRST.forces} why={say(FIRST.forcesWhy)} command={FORCES} done={!missing.forces} />
        <Step
          name={FIRST.accounts}
          why={say(FIRST.accountsWhy, { n: PASSWORD_MIN })}
          command={ACCOUNT}
          done={!missing.accounts}
        />
        <Step name={FIRST.place} why={say(FIRST.placeWhy)} command={PLACE} done={false} />
      </ol>
      <h3>{say(FIRST.screen)}</h3>
      <ul>
        <li>{say(FIRST.screenCalls)}</li>
        <li>{say(FIRST.screenField, { path: '/field/', public: '/public/' })}</li>
        <li>{say(FIRST.screenErase)}</li>
      </ul>
    </aside>
  );
};

const Step = (props: {
  readonly name: Text;
  readonly why: string;
  readonly command: string;
  readonly done: boolean;
}): ReactNode => {
  const say = useSay();
  return (
    <li>
      <p>
        <b>{say(props.name)}</b>
        {props.done && (
          <span className="first-done">
            <Icon name="check" size={13} /> {say(FIRST.done)}
          </span>
        )}
      </p>
      {!props.done && (
        <>
          <p className="muted">{props.why}</p>
          <code>
            {props.command.split(' ').map((word, index) => (
              <Fragment key={index}>
                <span>{word}</span>{' '}
              </Fragment>
            ))}
          </code>
        </>
      )}
    </li>
  );
};
