import type { ReactNode } from 'react';
import type { Text } from '#core/base/text.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { useRemembered } from '../ui/remembered.ts';
import { elder, readAloud } from './elder.ts';
import { P } from './words.ts';

/** Said wherever someone may begin, and when nothing can be reported here. */
export const Emergency = (): ReactNode => {
  const say = useSay();
  return (
    <p className="emergency">
      {say(P.emergency)}
      <a href="tel:110">110</a>
    </p>
  );
};

/** One question a screen, one large button. */
export const Question = (props: {
  readonly step: number;
  readonly title: Text;
  readonly hint?: Text;
  readonly go: Text;
  readonly busy?: boolean;
  readonly onGo: () => void;
  readonly onBack?: () => void;
  /** What keeps it from going on; stands at the buttons, where the eye is. */
  readonly gap: string | null;
  readonly error: unknown;
  readonly children: ReactNode;
}): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const [large] = useRemembered(elder);
  return (
    <form
      className="question"
      onSubmit={(event) => {
        event.preventDefault();
        props.onGo();
      }}
    >
      {props.step === 1 && <Emergency />}
      <p className="question-step muted">
        {[1, 2, 3].map((dot) => (
          <i key={dot} data-on={dot <= props.step} />
        ))}
        <span className="figures">{say(P.stepOf, { n: props.step })}</span>
        {props.step > 1 && <a href="tel:110">{say(P.emergencyCall)}</a>}
      </p>
      <h1 tabIndex={-1}>
        {say(props.title)}
        {large && (
          <Button
            tone="quiet"
            onClick={() => readAloud(`${say(props.title)} ${props.hint === undefined ? '' : say(props.hint)}`, lang)}
          >
            {say(P.aloud)}
          </Button>
        )}
      </h1>
      {props.hint !== undefined && <p className="muted question-hint">{say(props.hint)}</p>}
      <div className="question-body">{props.children}</div>
      <footer className="question-foot">
        {props.gap !== null && (
          <p className="refusal" role="alert">
            {props.gap}
          </p>
        )}
        <Refusal error={props.error} />
        {props.onBack !== undefined && (
          <Button className="large" icon="back" onClick={props.onBack}>
            {say(P.back)}
          </Button>
        )}
        <Button className="large large-go" tone="primary" type="submit" busy={props.busy === true}>
          {say(props.go)}
        </Button>
      </footer>
    </form>
  );
};
