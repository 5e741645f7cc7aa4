import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOY } from '../../../test/contracts/toy.ts';
import { diagram, partDiagram } from './diagram.ts';

test('the diagram shows every state, every way between them and what leads along it', () => {
  assert.equal(
    diagram(TOY, 'en'),
    [
      'stateDiagram-v2',
      '  state "Fresh" as fresh',
      '  state "Work" as work',
      '  state "Judged" as judged',
      '  state "Closed" as closed',
      '  [*] --> fresh: Raise',
      '  fresh --> work: Assign',
      '  work --> judged: Judge',
      '  judged --> work: Again',
      '  judged --> closed: Close / ⏰ Total',
      '  fresh --> closed: Drop',
      '  closed --> fresh: Reopen',
      '  work --> closed: ⏰ Total',
      '  closed --> [*]',
    ].join('\n'),
  );
  assert.match(diagram(TOY, 'zh'), /judged --> closed: 中Close \/ ⏰中Total/);
});

test('the diagram of a part shows how it begins, moves and ends', () => {
  assert.equal(
    partDiagram(TOY, 'help', 'en'),
    [
      'stateDiagram-v2',
      '  state "Asked" as asked',
      '  state "Late" as late',
      '  state "Coming" as coming',
      '  state "Left" as left',
      '  [*] --> asked: Raise',
      '  [*] --> asked: Ask',
      '  asked --> coming: Come',
      '  asked --> left: Leave',
      '  late --> left: Leave',
      '  coming --> left: Leave',
      '  asked --> late: ⏰ Reply',
      '  left --> [*]',
    ].join('\n'),
  );
  assert.throws(() => partDiagram(TOY, 'crew', 'en'), /toy has no part crew/);
});

test('what Mermaid reads as its own is left out of the words', () => {
  const kind = { ...TOY, raise: { ...TOY.raise, name: { zh: '甲', en: 'Take "in": #1; now' } } };
  assert.match(diagram(kind, 'en'), /\[\*\] --> fresh: Take in 1 now$/m);
});
