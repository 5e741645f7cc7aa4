import { z } from 'zod';
import type { FastifyReply } from 'fastify';
import { isMatterId } from '#core/base/ids.ts';
import type { Answered } from '#app/command.ts';
import { STEPS_MAX } from '#core/matter/values.ts';
import { stepsDoneSchema, takeStepsSchema } from '#wire/api.ts';
import type { StepsDone } from '#wire/api.ts';
import { CodedError, ERRORS, problemOf } from '#wire/errors.ts';
import { actorOf, keyOf } from './context.ts';
import type { App, Served } from './context.ts';

const ABOUT = `Takes up to ${STEPS_MAX} steps on one matter in the order given; what is taken becomes durable together, or nothing does.
Each step is decided on what those before it made of the matter. One that is refused changes nothing and stops none of the others.
200 when at least one was taken: \`answers\` says of each what came of it. When none was taken, the status and the error are those of
the first one's refusal, with \`answers\` beside them. An idempotency key covers the whole request: sent again with the same steps,
those that were taken get the same answer and are not taken twice, and those that were refused are tried again.`;

/** `POST /api/matters/:id/steps`: a desk that sends three forces at once, a phone that arrives and reports. */
export const stepsRoute = (app: App, served: Served): void => {
  app.post(
    '/api/matters/:id/steps',
    {
      schema: {
        tags: ['matters'],
        summary: 'Take several steps the kind declares, durable together',
        description: ABOUT,
        params: z.object({ id: z.string().max(40) }),
        body: takeStepsSchema,
        response: { 200: stepsDoneSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!isMatterId(id)) throw new CodedError('matter-unknown');
      const steps = request.body.steps.map(({ step, subject, facts }) => ({ step, subject: subject ?? null, facts }));
      const answers = await served.site.commands.steps(id, steps, actorOf(request), keyOf(request));
      return sendAnswers(reply, answers);
    },
  );
};

const sendAnswers = (reply: FastifyReply, answers: readonly Answered[]): FastifyReply => {
  const body: StepsDone = { answers: answers.map((one) => answerOf(one, reply.request.id)) };
  const refused = body.answers.map((one) => one.refused);
  const [first] = answers;
  if (first === undefined || first.ok || refused.includes(null)) return reply.send(body);
  return reply.status(ERRORS[first.error.code].status).send({ ...refused[0], ...body });
};

const answerOf = (answer: Answered, request: string): StepsDone['answers'][number] => {
  if (answer.ok) return { done: answer.value as never, refused: null };
  const { code, words, details } = answer.error;
  return { done: null, refused: problemOf(code, { ...(words === undefined ? {} : { words }), details, request }) };
};
