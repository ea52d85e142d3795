'use client';

import { Dialog } from '@/components/ui/dialog';

const SECTIONS: { title: string; keys: [string, string][] }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['⌘K', 'search and go'],
      ['/', 'filter'],
      ['?', 'these keys'],
      ['esc', 'close the innermost'],
    ],
  },
  {
    title: 'Queue',
    keys: [
      ['j k', 'next, previous'],
      ['enter', 'open the cluster'],
      ['space', 'preview on and off'],
      ['x', 'select; ⇧ x from the last one to here'],
      ['r', 'apply what changed'],
    ],
  },
  {
    title: 'A cluster, in the queue or open',
    keys: [
      ['c', 'claim'],
      ['f', 'confirm…'],
      ['d', 'dismiss…, all that are selected'],
      ['p', 'propose an action…, for all that are selected'],
    ],
  },
  {
    title: 'A cluster’s page',
    keys: [['m', 'comment']],
  },
  {
    title: 'The network',
    keys: [
      ['← → ↑ ↓', 'walk from shape to shape'],
      ['enter', 'expand a group'],
      ['space', 'pick, also shift-click'],
      ['l', 'pick by drawing a loop'],
      ['b', 'path between two picked'],
      ['n', 'focus on the neighbours'],
      ['z', 'undo'],
      ['+ - 0', 'zoom, all'],
    ],
  },
  {
    title: 'A review',
    keys: [
      ['b', 'belongs'],
      ['d', 'does not belong'],
      ['u', 'cannot tell'],
      ['1 2 3 4', 'why, and on to the next'],
      ['j k', 'next, previous'],
      ['t', 'take it up'],
    ],
  },
  {
    title: 'The audit',
    keys: [
      ['j k', 'next, previous'],
      ['enter', 'open the entry or its batches'],
      ['r', 'show what is new'],
    ],
  },
  {
    title: 'A proposal',
    keys: [
      ['a', 'approve, asked once more'],
      ['space', 'pause…'],
    ],
  },
];

/** What each key does. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Keys" wide>
      <div className="help">
        {SECTIONS.map((section) => (
          <section key={section.title}>
            <h3 className="label">{section.title}</h3>
            <dl>
              {section.keys.map(([keys, words]) => (
                <div key={keys}>
                  <dt>
                    {keys.split(' ').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
