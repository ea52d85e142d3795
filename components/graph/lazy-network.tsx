'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ComponentProps, type RefCallback, useEffect } from 'react';
import { later } from '@/components/ui/later';
import { loadCytoscape } from './load-cytoscape';
import { networkQuery } from './network-query';
import type { NetworkSection } from './network-section';
import './graph.css';

const Network = later(
  () => import('./network-section').then((loaded) => loaded.NetworkSection),
  (watch: RefCallback<HTMLElement>) => (
    <section className="sec" id="network" aria-labelledby="network-title" ref={watch}>
      <header>
        <h2 id="network-title">Network</h2>
      </header>
      <p className="net-note net-wait" aria-busy="true">
        Grouping the accounts by what they share…
      </p>
    </section>
  ),
);

/** The network: what it draws is asked for with the page, and so is the library; its tools come when it is in view. */
export function LazyNetwork(props: ComponentProps<typeof NetworkSection>) {
  const client = useQueryClient();
  const { id } = props.cluster;
  useEffect(() => {
    void client.prefetchQuery(networkQuery(id, null));
    loadCytoscape().catch(() => {
      // It is asked for again when the network is drawn, which then says what failed.
    });
  }, [client, id]);
  return <Network {...props} />;
}
