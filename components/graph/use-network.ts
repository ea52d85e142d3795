'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useReducer, useState } from 'react';
import { findPath } from './find-path';
import { networkQuery } from './network-query';
import { FIRST_VIEW, type NetworkView, stepView, togglePicked } from './network-view';
import { findNodes, neighboursOf, withoutKinds } from './read-network';

/** A cluster's network and what the reader has done to its picture. Data flows one way: the server groups and places. */
export function useNetwork(clusterId: number) {
  const [history, step] = useReducer(stepView, FIRST_VIEW);
  const view = history.now;
  const change = (part: Partial<NetworkView>) => step({ change: part });
  const query = useQuery({ ...networkQuery(clusterId, view.expand), placeholderData: keepPreviousData });
  const graph = query.data;
  const [selected, setSelected] = useState<string | null>(null);
  const [words, setWords] = useState('');

  const hidden = useMemo(() => new Set(view.hidden), [view.hidden]);
  const drawn = useMemo(() => graph && withoutKinds(graph, hidden), [graph, hidden]);
  const node = drawn?.nodes.find((each) => each.id === selected) ?? null;
  const found = useMemo(() => (graph && words.trim() ? findNodes(graph, words) : null), [graph, words]);
  const [from, to] = view.picked;
  const path = useMemo(
    () => (drawn && view.path && from && to ? findPath(drawn, from, to) : null),
    [drawn, view.path, from, to],
  );
  const lit = useMemo(() => {
    if (found && found.length > 0) return new Set(found.map((each) => each.id));
    if (path) return new Set([...path.nodes, ...path.edges]);
    if (!graph || !node || !view.focused) return null;
    return new Set([
      node.id,
      ...neighboursOf(graph, node.id).flatMap((each) => [each.node.id, each.edge.id]),
    ]);
  }, [graph, node, view.focused, found, path]);

  const select = (id: string | null) => {
    setSelected(id);
    if (id === null && view.focused) change({ focused: false });
  };
  return {
    ...query,
    graph,
    drawn,
    view,
    hidden,
    node,
    found,
    path,
    lit,
    words,
    setWords,
    select,
    change,
    undo: history.before.length > 0 ? () => step({ undo: true }) : null,
    open: (id: string) => {
      const target = graph?.nodes.find((each) => each.id === id);
      if (target?.type === 'group' && target.expandable) change({ expand: id });
    },
    toggleKind: (kind: string) =>
      change({
        hidden: hidden.has(kind) ? view.hidden.filter((each) => each !== kind) : [...view.hidden, kind],
      }),
    pick: (ids: string[], by: 'one' | 'loop') => {
      const [first] = ids;
      if (by === 'one' && first) {
        change({ picked: togglePicked(view.picked, first, node?.id ?? null) });
        setSelected(first);
      } else if (ids.length > 0) change({ picked: [...new Set([...view.picked, ...ids])] });
    },
    /** Takes back the innermost: the words, the way, the picks, the focus, the choice; null when there is none. */
    escape: words
      ? () => setWords('')
      : view.path
        ? () => change({ path: false })
        : view.picked.length > 0
          ? () => change({ picked: [] })
          : view.focused
            ? () => change({ focused: false })
            : node
              ? () => select(null)
              : null,
  };
}

export type Network = ReturnType<typeof useNetwork>;
